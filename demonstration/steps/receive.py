"""Things are tagged and put where they belong; some rows lack what they should have."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from assets.actions import AssetDraft, register_assets, take_tags
from assets.models import Product, Status
from demonstration.plan.days import at
from demonstration.plan.lots import Lot
from demonstration.plan.places import CENTER
from demonstration.world import World
from funding.models import Unit
from people.models import Room

_USES = {
    "student": "1:1 learning, at school and at home",
    "staff": "Instruction and planning",
    "room": "Classroom instruction",
    "SPED": "As the student's plan requires",
    "LAB1": "Science and career courses",
    "MUS": "Band and orchestra",
    "KIT": "School meals",
    "MDF": "School network",
}


def by_warehouse(world: World, lot: Lot) -> bool:
    """What came in the told summer waits in the warehouse until August."""
    return lot.where == "student" and lot.received >= world.year.day(7, 1)


def room_for(world: World, lot: Lot, school: str, turn: int) -> Room:
    """Where a thing of a lot belongs at a school."""
    if lot.where == "room":
        rooms = world.classrooms(school)
        return rooms[turn % len(rooms)]
    code = "TECH" if lot.where in ("student", "staff") else lot.where
    if school == CENTER and code == "TECH":
        code = "SHOP"
    return world.rooms.get((school, code)) or world.rooms[(school, "LIB")]


#: Things that are tagged in one step: few enough that who signs in meanwhile hardly waits.
PART = 100


def parts(lot: Lot) -> Iterator[tuple[str, int]]:
    """The steps in which a lot is tagged: the key of each, and the place of its first thing."""
    for first in range(0, lot.quantity, PART):
        yield f"tag:{lot.po}" + (f":{first}" if first else ""), first


def tag(world: World, lot: Lot, key: str, first: int) -> None:
    """Register things of a lot as of two days after they came; what an older release tagged in one
    step stays as it is."""
    dora, rng = world.user("dora"), world.rng(key)
    product = Product.objects.get(make=lot.make, model=lot.model)
    rows = Unit.objects.filter(line__purchase__number=lot.po).select_related("asset")
    units = list(rows.order_by("number")[: lot.quantity])[first : first + PART]
    schools = [s for s, count in lot.schools.items() for _i in range(count)]
    if any(hasattr(unit, "asset") for unit in units):
        return
    tags = take_tags(len(units), by=dora)
    drafts = [
        _draft(world, lot, product, schools[i], i, t, unit, rng)
        for i, (t, unit) in enumerate(zip(tags, units, strict=True), start=first)
    ]
    register_assets(drafts, by=dora)


def _draft(
    world: World,
    lot: Lot,
    product: Product,
    school: str,
    i: int,
    tag_: str,
    unit: Unit,
    rng: random.Random,
) -> AssetDraft:
    home = room_for(world, lot, school, i)
    first = world.rooms[(CENTER, "WH-A")] if by_warehouse(world, lot) else home
    gap = rng.random()  # one flaw at most for each thing
    came = lot.received + timedelta(days=2)
    values = dict(_end(lot, i)) if lot.legacy else {}
    return AssetDraft(
        tag=tag_,
        product=product,
        school=first.school,
        serial="" if not lot.serials or gap < 0.012 else serial(lot, rng),
        room=None if 0.012 <= gap < 0.022 or "status" in values else first,
        home_room=home,
        condition="" if 0.022 <= gap < 0.04 else ("good" if lot.legacy else "new"),
        condition_on=None if 0.022 <= gap < 0.04 else came,
        acquired_on=lot.received,
        unit=unit,
        title_holder="" if lot.legacy or 0.04 <= gap < 0.055 else "District",
        use=_USES.get(lot.where, ""),
        last_verified_on=_last_seen(world, lot, rng, left="disposed_on" in values),
        legacy=lot.legacy,
        at=at(came),
        **values,  # type: ignore[arg-type]  # the draft says what it takes
    )


def _end(lot: Lot, i: int) -> Iterator[tuple[str, object]]:
    """What the old list says of things that had left before this register."""
    if lot.po == "IB-DESKTOPS" and i % 5 < 2:
        yield "status", Status.DISPOSED
        yield "disposed_on", date(2022, 6, 30)
        yield "disposal_method", "recycled" if i % 5 else "unknown"
    elif lot.po == "IB-PROJECTORS" and i % 23 == 7:
        yield "status", Status.STOLEN if i % 2 else Status.LOST


def _last_seen(world: World, lot: Lot, rng: random.Random, *, left: bool) -> date | None:
    """The count of two springs before the told year; what was not there then was not seen."""
    count = world.year.day(5, 20, -2)
    if lot.received < count and rng.random() < 0.9:
        return None if left else count
    return None


def serial(lot: Lot, rng: random.Random) -> str:
    """A serial number as this make prints it."""
    letters = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _i in range(8))
    return f"{lot.make[:2].upper()}{letters}"
