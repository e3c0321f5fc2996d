"""B5: REST reads with a token beside a bare DRF view of the same size."""

from django.test import Client, override_settings

from assets.models import Asset
from benchmarks.figure import Figure, median_ms
from core.access import SYSTEM
from people.actions import create_token
from people.models import AccessToken, User
from people.roles import PERMISSIONS

GOAL = 4.0


def client_of_rob() -> Client:
    """A client with a token of the administrator, who measures."""
    rob = User.objects.get(email="rob@demo.example")
    allowed = [p for p in PERMISSIONS if rob.has_perm(p)]
    name = f"bench {AccessToken.objects.filter(user=rob).count() + 1}"  # of each figure that asks
    _token, text = create_token(rob, by=SYSTEM, name=name, scopes=allowed, days_valid=1)
    return Client(headers={"Authorization": f"Bearer {text}"})


def run() -> list[Figure]:
    """Retrieve, list of 50 and the largest page, each beside the bare view of as many."""
    client, pk = client_of_rob(), Asset.objects.order_by("pk").values_list("pk", flat=True)[100]
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.floor"):
        bare = Client()
        base = {
            "retrieve": median_ms(lambda: bare.get(f"/api/{pk}/")),
            "list of 50": median_ms(lambda: bare.get("/api/?limit=50")),
            "page of 200": median_ms(lambda: bare.get("/api/?limit=200")),
        }
    figures = []
    urls = {
        "retrieve": f"/api/v1/assets/{pk}",
        "list of 50": "/api/v1/assets?limit=50",
        "page of 200": "/api/v1/assets?limit=200",
    }
    for name, url in urls.items():
        if client.get(url).status_code != 200:
            raise RuntimeError(f"{url} does not answer 200")
        mine = median_ms(lambda u=url: client.get(u))  # type: ignore[misc]
        ratio = mine / base[name]
        figures.append(
            Figure(
                "B5",
                f"REST {name}",
                f"{mine:.1f} ms",
                f"{base[name]:.1f} ms",
                f"{ratio:.1f}x",
                f"at most {GOAL:.0f}x",
                ratio <= GOAL,
            )
        )
    return figures
