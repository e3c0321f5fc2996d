"""The real district beside the model: its rows by number, its clock, its words for a state."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assets.actions import ensure_products, register_asset
from assets.models import Asset, AssetSpan, Category
from core.access import SYSTEM
from core.models import District
from core.problems import Refused
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    UnitDraft,
    ask_units,
    create_award,
    create_program,
    decide,
    record_purchase,
    record_units,
)
from funding.models import Unit, UnitShare
from people.models import Person, Room, School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import made
from tests.machine.beginning import New
from tests.machine.timeline import QUARTERS, Codes, Values

FIRST = date(2025, 9, 1)  # no change to winter time within what a machine can reach
STATE = (
    "school_id",
    "status",
    "place",
    "room_id",
    "person_id",
    "holder_id",
    "home_room_id",
    "condition",
    "unit_id",
)
#: Units: cost in cents, line, the day of receipt, and whether somebody dated it.
UNITS = [
    (33334, 0, 2, True),
    (33333, 0, 2, True),
    (33333, 0, 2, True),
    (0, 1, 0, True),
    (50000, 2, 5, False),
]
INACTIVE = 2


def instant(time: int) -> datetime:
    """A time of the model as an instant."""
    return days.start_of_day(FIRST) + timedelta(days=1) * time / QUARTERS


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def maybe(number: int | None) -> date | None:
    return None if number is None else day(number)


def cents(amount: int) -> Decimal:
    return Decimal(amount) / 100


def codes_of(act: Callable[[], Any]) -> Codes:
    """What an act is refused with; nothing when it was done."""
    try:
        act()
    except Refused as refusal:
        return [p.code if str(p.message) else "silent" for p in refusal.problems]
    return []


@dataclass
class Rows:
    """Two schools, six rooms, three people of whom one has left, two awards of which one is
    federal, five units, and two who decide on money."""

    officers: list[User]
    rooms: list[Room]
    people: list[Person]
    awards: list[Any]
    units: list[Unit]
    product: Any
    assets: list[Asset] = field(default_factory=list)

    def school_of(self) -> dict[int, int]:
        schools = sorted({r.school_id for r in self.rooms})
        return {n: schools.index(r.school_id) for n, r in enumerate(self.rooms)}

    def plain(self, values: Any) -> Values:
        """A state of the database in the model's words."""
        rooms = {r.pk: n for n, r in enumerate(self.rooms)}
        people = {p.pk: n for n, p in enumerate(self.people)}
        units = {u.pk: n for n, u in enumerate(self.units)}
        school, status, place, room, person, holder, home, condition, unit = values
        schools = sorted({r.school_id for r in self.rooms})
        return {
            "school": schools.index(school),
            "status": status,
            "place": place,
            "room": rooms.get(room),
            "person": people.get(person),
            "holder": people.get(holder),
            "home": rooms.get(home),
            "condition": condition,
            "unit": units.get(unit),
        }

    def states(self, at: int, known: int | None) -> list[Values | None]:
        """What the register says of every thing, as of a time, as known now or then."""
        when = None if known is None else instant(known)
        rows = AssetSpan.objects.as_of(instant(at), when).values_list("asset_id", *STATE)
        found: dict[int, Values] = {}
        for pk, *values in rows:
            assert pk not in found, "an item has one state at a time"
            found[pk] = self.plain(values)
        return [found.get(a.pk) for a in self.assets]

    def paid(self, at: int, known: int | None) -> list[dict[int, int]]:
        """Which award pays how many cents of every unit."""
        when = None if known is None else instant(known)
        awards = {a.pk: n for n, a in enumerate(self.awards)}
        found: dict[int, dict[int, int]] = {u.pk: {} for u in self.units}
        for share in UnitShare.objects.as_of(instant(at), when):
            assert awards[share.award_id] not in found[share.unit_id], "an award stands there once"
            found[share.unit_id][awards[share.award_id]] = int(share.amount * 100)
        return [found[u.pk] for u in self.units]


def make_rows() -> Rows:
    """The district before anything happened."""
    made(
        District.objects.create(
            name="Riverbend Unified",
            uei="RVRBND123456",
            ben="16012345",
            public_address="http://testserver",
        )
    )
    schools = [made(School.objects.create(code=c, name=c)) for c in ("LIN", "WAS")]
    rooms = [
        made(Room.objects.create(school=s, building="Main", code=c)) for s in schools for c in "123"
    ]
    people = [
        made(
            Person.objects.create(
                kind=Person.Kind.STUDENT,
                local_id=f"S{n}",
                first_name="S",
                last_name=str(n),
                school=schools[0],
                active=n != INACTIVE,
            )
        )
        for n in range(3)
    ]
    awards = [
        create_award(by=SYSTEM, program=create_program(by=SYSTEM, code=f, name=f, family=f), name=f)
        for f in ("local", "ug")
    ]
    lines = [
        LineDraft("Things", 3, Decimal("1000.00")),
        LineDraft("Gifts", 1, Decimal(0)),
        LineDraft("What was there", 1, Decimal(500)),
    ]
    purchase = record_purchase("PO-1", by=SYSTEM, lines=lines, ordered_on=FIRST)
    rows = list(purchase.lines.order_by("number"))
    units = [
        unit
        for _cost, line, received, dated in UNITS
        for unit in record_units(
            [UnitDraft(rows[line], cents(_cost), day(received), None if dated else day(received))],
            by=SYSTEM,
        )
    ]
    category = made(Category.objects.create(name="Chromebook"))
    product = ensure_products([("Acer", "311", category)], by=SYSTEM)["acer", "311"]
    officers = [make_user(name, Role.ADMINISTRATOR) for name in ("Ana", "Fay")]
    return Rows(officers, rooms, people, awards, units, product)


def register_as(new: New, rows: Rows) -> Asset:
    """By the real action."""
    room = None if new.room is None else rows.rooms[new.room]
    left = new.status == "disposed"
    return register_asset(
        by=SYSTEM,
        tag=new.tag,
        serial=new.serial,
        product=rows.product,
        room=room,
        school=room.school if room else rows.rooms[0].school,
        status=new.status,
        legacy=new.legacy,
        at=None if new.at is None else instant(new.at),
        acquired_on=maybe(new.acquired),
        received_on=maybe(new.received),
        last_verified_on=maybe(new.seen),
        loaned_on=maybe(new.loaned),
        status_on=None if left else maybe(new.changed),
        disposed_on=maybe(new.changed) if left else None,
        holder=None if new.holder is None else rows.people[new.holder],
        unit=None if new.unit is None else Unit.objects.get(pk=rows.units[new.unit].pk),
    )


def approved(
    rows: Rows,
    units: Sequence[Unit],
    shares: Sequence[ShareDraft],
    reason: str,
    at: datetime | None,
) -> None:
    """One asks for other awards, another says yes."""
    asker, decider = rows.officers
    asked = ask_units(units, shares, by=asker, reason=reason, at=at)
    decide(asked, by=decider, approve=True)


@contextmanager
def clock(now: Callable[[], int]) -> Iterator[None]:
    """The register's clock shows the model's time."""
    with pytest.MonkeyPatch.context() as patch, days.remembering_zone():
        patch.setattr(days, "now", lambda: instant(now()))
        yield
