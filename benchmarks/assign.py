"""B9: hand-outs at eight connections, with permission, rules, span and entry."""

from functools import partial
from statistics import median

from assets.actions import assign_asset
from assets.models import Asset, Status
from benchmarks import floor
from benchmarks.crowd import at_once, timed
from benchmarks.figure import Figure
from core.journal import writing as journal
from core.models.entry import Via
from people.models import Person, User

CROWD, EACH, WARM, TURNS = 8, 75, 10, 5


def run() -> list[Figure]:
    """Hand-outs a second beside lock, event and update by the plain ORM."""
    free = Asset.objects.filter(status=Status.IN_STOCK, holder=None).order_by("pk")
    count = TURNS * CROWD * EACH + WARM
    assets = list(free[:count])
    people = list(Person.objects.filter(kind="student").order_by("pk")[:count])

    def hand_out(index: int) -> None:
        # Each hand-out asks who it is and what they may anew, as each request does.
        with journal.working(Via.PAGE):
            by = User.objects.get(email="dora@demo.example")
            assign_asset(assets[index], to=people[index], by=by)

    for i in range(WARM):  # before the crowd is forked: a server's processes are warm
        hand_out(count - WARM + i)
        floor.assign(i + 1, i + 1)

    def ours(turn: int, number: int) -> list[float]:
        base = (turn * CROWD + number) * EACH
        return [timed(partial(hand_out, base + i)) for i in range(EACH)]

    def plain(number: int) -> list[float]:
        base = number * EACH + 1
        return [timed(lambda n=base + i: floor.assign(n, n)) for i in range(EACH)]  # type: ignore[misc]

    # In turns, and the median of each: what the machine does beside this strikes both alike.
    at_once(plain, CROWD)
    turns = [
        (at_once(plain, CROWD)[0], at_once(partial(ours, turn), CROWD)[0]) for turn in range(TURNS)
    ]
    base, mine = (CROWD * EACH / median(walls) for walls in zip(*turns, strict=True))
    ratio = mine / base
    return [
        Figure(
            "B9",
            "assign, 8 connections",
            f"{mine:,.0f} a second",
            f"{base:,.0f} a second",
            f"{ratio:.2f}x",
            "at least 0.3x",
            ratio >= 0.3,
        )
    ]
