"""B4: the list page of fifty, first and deepest, signed in."""

from django.test import Client, override_settings

from assets.models import Asset
from benchmarks.figure import Figure, median_ms
from core.db.paging import encode
from people.models import User


def run() -> list[Figure]:
    """Pages of the list beside fifty rows through the plainest template."""
    client = Client()
    client.force_login(User.objects.get(email="ana@demo.example"))
    at = Asset.objects.order_by("-tag_order", "-id").values_list("tag_order", "id")[60]
    deepest = f"/assets/?after={encode(at)}"
    for url in ("/assets/", deepest):
        if client.get(url).status_code != 200:
            raise RuntimeError(f"{url} does not answer 200")
    first, deep = median_ms(lambda: client.get("/assets/")), median_ms(lambda: client.get(deepest))
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.floor"):
        bare = Client()
        base = median_ms(lambda: bare.get("/list/"))
    ratio, slope = first / base, deep / first
    return [
        Figure(
            "B4",
            "list page of 50, first",
            f"{first:.1f} ms",
            f"{base:.1f} ms",
            f"{ratio:.1f}x",
            "at most 8x",
            ratio <= 8,
        ),
        Figure(
            "B4",
            "list page of 50, deepest",
            f"{deep:.1f} ms",
            f"{first:.1f} ms (the first)",
            f"{slope:.2f}x",
            "at most 1.5x",
            slope <= 1.5,
        ),
    ]
