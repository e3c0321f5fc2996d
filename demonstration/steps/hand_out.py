"""August: devices to students. June: back again."""

import random
from datetime import date, timedelta

from assets.actions import assign_assets, move_assets, return_assets
from assets.models import Asset, Status
from demonstration.plan.days import at
from demonstration.plan.lots import Lot, lots
from demonstration.steps.receive import by_warehouse
from demonstration.world import CHUNK, World, chunks
from people.models import Person

ONE_TO_ONE = ("Chromebook", "Tablet")


def from_the_warehouse(world: World, lot: Lot) -> None:
    """What waited in the warehouse goes to its schools' technology rooms."""
    if not by_warehouse(world, lot):
        return
    dora = world.user("dora")
    groups: dict[int, list[Asset]] = {}
    for asset in world.assets_of(lot.po):
        if asset.home_room_id:
            groups.setdefault(asset.home_room_id, []).append(asset)
    rooms = {r.pk: r for r in world.rooms.values()}
    for room, assets in groups.items():
        for part in chunks(assets):
            move_assets(part, to=rooms[room], by=dora, at=at(world.year.day(8, 12), 10))


def to_staff(world: World, lot: Lot) -> None:
    """Each member of staff gets a laptop at the school where it waits."""
    if lot.where != "staff":
        return
    dora, pairs = world.user("dora"), []
    assets = world.assets_of(lot.po)
    for school in world.schools.values():
        here = [a for a in assets if a.school_id == school.pk]
        staff = Person.objects.filter(school=school, kind=Person.Kind.STAFF).order_by("pk")
        pairs += list(zip(here, staff, strict=False))
    assign_assets(pairs, by=dora, at=at(lot.received + timedelta(days=9), 15))


def ready(school_id: int, categories: tuple[str, ...]) -> list[Asset]:
    """What can be handed out of a school's technology room."""
    rows = Asset.objects.filter(
        school=school_id,
        status=Status.IN_STOCK,
        holder=None,
        home_room__code="TECH",
        room__code="TECH",
        product__category__name__in=categories,
    )
    return list(rows.order_by("-acquired_on", "tag_key"))


def to_students(world: World, school: str, day: date, key: str) -> None:
    """Devices, then hotspots, to students of one school who have none (one each: ECF)."""
    rng = world.rng(f"{key}:{school}")
    who = world.user("tom") if school == "LIN" else world.user("dora")
    students = world.students(school)
    for categories, share in ((ONE_TO_ONE, 0.97), (("Hotspot",), 0.3)):
        pairs = _pairs(world, school, students, categories, share, rng)
        for i in range(0, len(pairs), CHUNK):
            assign_assets(pairs[i : i + CHUNK], by=who, at=at(day, 9 + i // CHUNK))


def _pairs(
    world: World,
    school: str,
    students: list[Person],
    categories: tuple[str, ...],
    share: float,
    rng: random.Random,
) -> list[tuple[Asset, Person]]:
    out = Asset.objects.filter(product__category__name__in=categories)
    held = set(out.filter(holder__in=students).values_list("holder_id", flat=True))
    wanting = [s for s in students if s.pk not in held and rng.random() < share]
    return list(zip(ready(world.schools[school].pk, categories), wanting, strict=False))


def collect(world: World, school: str) -> None:
    """June: most devices come back, some stay over the summer, some are late."""
    rng = world.rng(f"collect:{school}")
    who = world.user("tom") if school == "LIN" else world.user("dora")
    room = world.rooms[(school, "TECH")]
    out = Asset.objects.filter(
        school=world.schools[school],
        status=Status.IN_USE,
        home_room=room,
        holder__kind=Person.Kind.STUDENT,
    ).order_by("tag_key")
    back = [a for a in out if rng.random() < 0.86]
    for condition, low, high in (("good", 0.0, 0.72), ("fair", 0.72, 0.93), ("broken", 0.93, 1.0)):
        part = back[int(len(back) * low) : int(len(back) * high)]
        for some in chunks(part):
            return_assets(
                some, by=who, room=room, condition=condition, at=at(world.year.day(6, 9), 11)
            )


def first_loans(world: World) -> None:
    """The connectivity fund's devices went out as soon as they came, and came back in June."""
    for lot in lots(world.year):
        if lot.shares[:1] != (("ECF", 100),):
            continue
        for code in lot.schools:
            school = world.schools[code]
            assets = [a for a in world.assets_of(lot.po) if a.school_id == school.pk and a.room_id]
            out = list(zip(assets, world.students(code), strict=False))
            for i in range(0, len(out), CHUNK):
                assign_assets(
                    out[i : i + CHUNK], by=world.user("dora"), at=at(date(2021, 12, 1), 13)
                )
            for some in chunks(a for a, _s in out):
                return_assets(
                    some,
                    by=world.user("dora"),
                    room=world.rooms[(code, "TECH")],
                    at=at(date(2022, 6, 8), 14),
                )
