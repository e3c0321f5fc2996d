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

CROWD, EACH, WARM = 8, 125, 10


def run() -> list[Figure]:
    """Hand-outs a second beside lock, event and update by the plain ORM."""
    free = Asset.objects.filter(status=Status.IN_STOCK, holder=None).order_by("pk")
    count = CROWD * EACH + WARM
    assets = list(free[:count])
    people = list(Person.objects.filter(kind="student").order_by("pk")[:count])

    def hand_out(index: int) -> None:
        # Each hand-out asks who it is and what they may anew, as each request does.
        with journal.working(Via.PAGE):
            by = User.objects.get(email="dora@demo.example")
            assign_asset(assets[index], to=people[index], by=by)

    def ours(number: int) -> list[float]:
        return [timed(partial(hand_out, number * EACH + i)) for i in range(EACH)]

    def plain(number: int) -> list[float]:
        base = number * EACH + 1
        return [timed(lambda n=base + i: floor.assign(n, n)) for i in range(EACH)]  # type: ignore[misc]

    for i in range(WARM):  # before the crowd is forked: a server's processes are warm
        hand_out(CROWD * EACH + i)
        floor.assign(i + 1, i + 1)
    at_once(plain, CROWD)
    plain_wall, _times = at_once(plain, CROWD)
    wall, _times = at_once(ours, CROWD)
    mine, base = CROWD * EACH / wall, CROWD * EACH / plain_wall
    ratio = mine / base
    return [
        Figure("B9", "assign, 8 connections", f"{mine:,.0f} a second", f"{base:,.0f} a second",
               f"{ratio:.2f}x", "at least 0.3x", ratio >= 0.3)
    ]  # fmt: skip
