"""B7: eight desks scan at once; each looks up codes on the scan page."""

from django.test import Client

from assets.models import Asset
from benchmarks.crowd import at_once, timed
from benchmarks.figure import Figure, percentile
from people.models import User

DESKS, EACH, GOAL_MS = 8, 40, 150


def run() -> list[Figure]:
    """The 95th per cent of scan to row, in milliseconds."""
    tags = list(Asset.objects.order_by("pk").values_list("tag", flat=True)[: DESKS * EACH * 3 : 3])
    user = User.objects.get(email="dora@demo.example")
    clients = [Client() for _i in range(DESKS)]
    for client in clients:
        client.force_login(user)

    def desk(number: int) -> list[float]:
        client = clients[number]
        client.post("/scan/", {"mode": "verify"}, headers={"HX-Request": "true"})

        def scan(code: str) -> None:
            page = client.post("/scan/", {"code": code}, headers={"HX-Request": "true"})
            if page.status_code != 200 or code not in page.content.decode():
                raise RuntimeError(f"scanning {code} answered {page.status_code}")

        return [timed(lambda c=code: scan(c)) for code in tags[number::DESKS][:EACH]]  # type: ignore[misc]

    at_once(desk, DESKS)  # warm
    _wall, taken = at_once(desk, DESKS)
    p95 = percentile(taken, 0.95) * 1000
    middle = percentile(taken, 0.5) * 1000
    return [
        Figure(
            "B7",
            "scan to row, 8 desks at once, 95 %",
            f"{p95:.0f} ms (median {middle:.0f})",
            "none",
            "-",
            f"under {GOAL_MS} ms",
            p95 < GOAL_MS,
        )
    ]
