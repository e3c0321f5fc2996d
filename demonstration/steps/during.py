"""Between August and June: moves, repairs, the winter count, what went missing."""

from datetime import timedelta

from assets.actions import (
    assign_assets,
    change_status,
    find_again,
    move_assets,
    return_assets,
    verify_assets,
)
from assets.models import Asset, Status
from assets.models.status import GONE
from demonstration.plan.days import at
from demonstration.world import World, chunks
from people.models import Person


def moves(world: World, school: str) -> None:
    """A few things change rooms in the fall."""
    rng, who = world.rng(f"moves:{school}"), world.user("dora")
    rooms = world.classrooms(school)
    things = list(Asset.objects.filter(room__in=rooms, status=Status.IN_STOCK).order_by("tag_key"))
    picked = rng.sample(things, min(24, len(things)))
    for i in range(0, len(picked), 6):
        day = world.year.day(9, 15) + timedelta(days=rng.randrange(60))
        move_assets(picked[i : i + 6], to=rng.choice(rooms), by=who, at=at(day, 14))


def repairs(world: World, school: str) -> None:
    """Broken devices come in, are repaired and go back to whoever had them."""
    rng, room = world.rng(f"repairs:{school}"), world.rooms[(school, "TECH")]
    who = world.user("tom") if school == "LIN" else world.user("dora")
    out = list(
        Asset.objects.filter(
            school=world.schools[school],
            status=Status.IN_USE,
            holder__kind=Person.Kind.STUDENT,
            product__category__name="Chromebook",
        )
        .select_related("holder")
        .order_by("tag_key")
    )
    picked = rng.sample(out, min(18, len(out)))
    for i in range(0, len(picked), 6):
        part = picked[i : i + 6]
        holders = {a.pk: a.holder for a in part}
        day = world.year.day(10, 1) + timedelta(days=rng.randrange(45))
        back = return_assets(part, by=who, room=room, condition="broken", at=at(day, 8))
        for asset in back:
            change_status(asset, to=Status.IN_REPAIR, by=who, at=at(day, 8, 30), reason="Screen")
        done = day + timedelta(days=rng.randrange(4, 25))
        for asset in back:
            change_status(asset, to=Status.IN_STOCK, by=who, at=at(done, 15), reason="Repaired")
        pairs = [(a, holders[a.pk]) for a in back]
        assign_assets([(a, p) for a, p in pairs if p], by=who, at=at(done, 15, 30))


def still_at_the_bench(world: World) -> None:
    """This fall's repairs that are not done yet."""
    rng = world.rng("bench")
    broken = list(
        Asset.objects.filter(status=Status.IN_STOCK, condition="broken").order_by("tag_key")
    )
    for asset in rng.sample(broken, min(14, len(broken))):
        change_status(
            asset,
            to=Status.IN_REPAIR,
            by=world.user("dora"),
            at=at(world.year.day(8, 28, 1), 10),
            reason="Does not charge",
        )


def count(world: World, school: str) -> None:
    """The winter count: room by room, then what is out; one in fourteen is not seen. A condition
    that was noted more than a year ago is noted again."""
    rng = world.rng(f"count:{school}")
    day = world.year.day(1, 20)
    here = Asset.objects.filter(school=world.schools[school]).exclude(status__in=GONE)
    here = here.exclude(acquired_on__gt=day)  # what came in spring was not there to be counted
    rooms: dict[tuple[int | None, str | None], list[Asset]] = {}
    for asset in here.order_by("tag_key"):
        if rng.random() < 0.93:
            old = asset.condition_on and asset.condition_on < day - timedelta(days=365)
            worn = asset.condition == "good" and rng.random() < 0.2
            now = "fair" if worn else asset.condition
            rooms.setdefault((asset.room_id, now if old else None), []).append(asset)
    by_id = {r.pk: r for r in world.rooms.values()}
    who = world.user("tom") if school == "LIN" else world.user("dora")
    for (room, noted), assets in rooms.items():
        for part in chunks(assets):
            verify_assets(
                part,
                by=who,
                room=by_id[room] if room else None,
                condition=noted,
                at=at(day, 13, rng.randrange(59)),
                method="count",
            )


def gone_missing(world: World) -> None:
    """What the count did not find: still missing, or found again."""
    rng, dora = world.rng("missing"), world.user("dora")
    things = list(
        Asset.objects.filter(status__in=[Status.IN_USE, Status.IN_STOCK])
        .exclude(last_verified_on=world.year.day(1, 20))
        .exclude(acquired_on__gt=world.year.day(1, 20))
        .exclude(product__category__name__in=["Vehicle", "Kitchen equipment", "Server"])
        .order_by("tag_key")
    )
    picked = rng.sample(things, min(30, len(things)))
    for i, asset in enumerate(picked):
        change_status(
            asset,
            to=Status.MISSING,
            by=dora,
            at=at(world.year.day(2, 3), 10),
            reason="Not found in the winter count",
        )
        if i % 4 == 0:
            find_again(asset, by=dora, at=at(world.year.day(3, 10), 12))
