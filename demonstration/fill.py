"""The demonstration's year and the week that is passing, as a list of steps: each one transaction,
each done once.

A step is done when its entry `demonstration.step` is there, so that a run that was killed goes
on where it stopped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from core.access import SYSTEM
from core.journal import sealing
from core.journal.writing import record
from core.models import District, Entry
from demonstration.actions.start import refuse_elsewhere
from demonstration.plan.lots import lots
from demonstration.plan.places import CENTER, SCHOOLS
from demonstration.steps import during, hand_out, leaving, money, receive, roster, week
from demonstration.world import World

KIND = "demonstration.step"


@dataclass(frozen=True)
class Step:
    key: str
    run: Callable[[], None]


def steps(world: World) -> Iterator[Step]:
    """Every step in the order of the story."""
    yield Step("books", lambda: money.open_books(world))
    yield Step("catalog", lambda: money.fill_catalog(world))
    for plan in SCHOOLS:
        yield Step(f"rooms:{plan.code}", partial(roster.add_rooms, plan))
        yield Step(
            f"people:{plan.code}",
            partial(roster.add_people, plan, world.rng(f"people:{plan.code}")),
        )
    everything = sorted(lots(world.year), key=lambda x: (x.received, x.po))
    schools = [p.code for p in SCHOOLS if p.code != CENTER]
    for lot in everything:
        yield Step(f"buy:{lot.po}", partial(money.buy, world, lot))
        for key, first in receive.parts(lot):
            yield Step(key, partial(receive.tag, world, lot, key, first))
        yield Step(f"staff:{lot.po}", partial(hand_out.to_staff, world, lot))
    yield Step("loans", lambda: hand_out.first_loans(world))
    for lot in everything:
        yield Step(f"truck:{lot.po}", partial(hand_out.from_the_warehouse, world, lot))

    def each(key: str, act: Callable[[str], None]) -> Iterator[Step]:
        for code in schools:
            yield Step(f"{key}:{code}", partial(act, code))

    year = world.year
    yield from each("august", lambda c: hand_out.to_students(world, c, year.day(8, 20), "august"))
    yield from each("moves", lambda c: during.moves(world, c))
    yield from each("repairs", lambda c: during.repairs(world, c))
    yield from each("count", lambda c: during.count(world, c))
    yield Step("missing", lambda: during.gone_missing(world))
    yield from each("june", lambda c: hand_out.collect(world, c))
    yield Step("surplus", lambda: leaving.surplus(world))
    yield from each(
        "next-august",
        lambda c: hand_out.to_students(world, c, year.day(8, 19, 1), "next-august"),
    )
    yield Step("bench", lambda: during.still_at_the_bench(world))
    yield Step("other-money", lambda: leaving.other_money(world))
    yield Step("broken-this-week", lambda: week.broken_devices(world))
    yield Step("rooms-this-week", lambda: week.rooms_looked_through(world))
    yield Step("late", lambda: leaving.learned_late(world))
    yield Step("mistakes", lambda: leaving.mistakes(world))


def done_steps() -> set[str]:
    """Keys of the steps that are done."""
    rows = Entry.objects.filter(kind=KIND).values_list("data", flat=True)
    return {data["step"] for data in rows}


def fill(progress: Callable[[int, int], None] | None = None) -> int:
    """Run what is left of the story; how many steps were run. `progress(done, total)` is called
    after each step, outside its transaction. Raises Refused in a real district."""
    refuse_elsewhere()
    district = District.objects.get()
    world = World()
    todo = list(steps(world))
    done = done_steps()
    ran = 0
    for number, step in enumerate(todo, 1):
        if step.key not in done:
            with transaction.atomic():
                step.run()
                record(KIND, district, by=SYSTEM, data={"step": step.key})
            ran += 1
        if progress is not None:
            progress(number, len(todo))
    sealing.seal_all()
    return ran
