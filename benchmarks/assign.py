"""B9: hand-outs at eight connections, with permission, rules, span and entry."""

from functools import partial

from assets.actions import assign_asset
from assets.models import Asset, Status
from benchmarks import floor
from benchmarks.crowd import at_once, timed
from benchmarks.figure import Figure
from core import journal
from core.models.entry import Via
from people.models import Person, User

CROWD, EACH = 8, 125


def run() -> list[Figure]:
    """Hand-outs a second beside lock, event and update by the plain ORM."""
    free = Asset.objects.filter(status=Status.IN_STOCK, holder=None).order_by("pk")
    assets = list(free[: CROWD * EACH])
    people = list(Person.objects.filter(kind="student").order_by("pk")[: CROWD * EACH])

    def ours(number: int) -> list[float]:
        # Each hand-out asks who it is and what they may anew, as each request does.
        taken = []
        for i in range(EACH):
            index = number * EACH + i
            with journal.working(Via.PAGE):
                by = User.objects.get(email="dora@demo.example")
                hand_out = partial(assign_asset, assets[index], to=people[index], by=by)
                taken.append(timed(hand_out))
        return taken

    def plain(number: int) -> list[float]:
        base = number * EACH + 1
        return [timed(lambda n=base + i: floor.assign(n, n)) for i in range(EACH)]  # type: ignore[misc]

    at_once(plain, CROWD)  # warm
    plain_wall, _times = at_once(plain, CROWD)
    wall, _times = at_once(ours, CROWD)
    mine, base = CROWD * EACH / wall, CROWD * EACH / plain_wall
    ratio = mine / base
    return [
        Figure("B9", "assign, 8 connections", f"{mine:,.0f} a second", f"{base:,.0f} a second",
               f"{ratio:.2f}x", "at least 0.3x", ratio >= 0.3)
    ]  # fmt: skip
