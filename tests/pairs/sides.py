"""Two schools and two awards that have nothing in common, each with words that stand nowhere
else."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from assets.actions import assign_asset, move_asset, verify_asset
from assets.models import Asset
from core.access import SYSTEM
from core.actions.attachments import attach_file
from core.models import Attachment
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_award,
    create_program,
    create_vendor,
    grant_award_access,
    receive_units,
    record_purchase,
    share_line,
)
from people.models import Membership, Person, Room, School, User
from tests.factories import made, make_asset, make_product

#: Per side the words, each by what somebody must hold to read it.
MARKS = {
    "one": {
        "tag": "MARK1TAG",
        "serial": "MARK1SER",
        "school": "Quimby1 School",
        "room": "Q1ROOM",
        "student": "Zebulon1",
        "staff": "Xanthe1",
        "award": "Wolfram1 award",
        "amount": "611,117.01",
        "cost": "98,765.41",
        "po": "PO-MARK1",
        "file": "mark1-photo.png",
        "note": "Mark1 was wet",
        "vendor": "Vexler1 Inc",
    },
    "two": {
        "tag": "MARK2TAG",
        "serial": "MARK2SER",
        "school": "Quimby2 School",
        "room": "Q2ROOM",
        "student": "Zebulon2",
        "staff": "Xanthe2",
        "award": "Wolfram2 award",
        "amount": "622,227.02",
        "cost": "87,654.32",
        "po": "PO-MARK2",
        "file": "mark2-photo.png",
        "note": "Mark2 was wet",
        "vendor": "Vexler2 Inc",
    },
}
THING = {"tag", "serial", "school", "room", "file", "note"}
PLACE = THING | {"student", "staff", "po", "vendor"}
#: What each kind of membership shows of its side.
KINDS: dict[str, set[str]] = {
    "technician": PLACE,
    "viewer": PLACE,
    "principal": PLACE,
    "finance": PLACE | {"cost", "award"},
    "technology_director": PLACE | {"cost", "award"},
    "auditor of the award": THING | {"cost", "award", "amount", "po", "vendor"},
    "auditor by name": THING | {"cost", "award", "amount", "po", "vendor", "student"},
}
Held = tuple[str, str]
#: Membership kinds at the first side, and at the second; every pair of different ones. The sides
#: are made alike: two kinds at the second are as two at the first.
HELD: list[Held] = [(kind, side) for side in MARKS for kind in KINDS]
PAIRS: list[tuple[Held, Held]] = [pair for pair in combinations(HELD, 2) if pair[0][1] == "one"]
ALONE: list[tuple[Held]] = [(held,) for held in HELD if held[1] == "one"]


def make_side(name: str) -> dict[str, Any]:
    """A school with a room, a student who holds a thing, and the award that paid for it."""
    mark = MARKS[name]
    school = made(School.objects.create(code=name.upper(), name=mark["school"]))
    ids = {"staff": "E", "student": "S"}
    staff, student = (
        made(
            Person.objects.create(
                kind=kind,
                local_id=f"{ids[kind]}-{name}",
                first_name=mark[kind],
                last_name="Doe",
                school=school,
            )
        )
        for kind in ("staff", "student")
    )
    room = made(
        Room.objects.create(school=school, building="Main", code=mark["room"], custodian=staff)
    )
    program = create_program(by=SYSTEM, code=name, name=f"Program {name}", family="ug")
    award = create_award(
        by=SYSTEM,
        program=program,
        name=mark["award"],
        fain=f"FAIN-{name}",
        amount=Decimal(mark["amount"].replace(",", "")),
        issued_on=date(2023, 1, 1),
    )
    cost = Decimal(mark["cost"].replace(",", ""))
    vendor = create_vendor(mark["vendor"], by=SYSTEM)
    purchase = record_purchase(
        mark["po"],
        by=SYSTEM,
        vendor=vendor,
        ordered_on=date(2025, 6, 1),
        lines=[LineDraft(f"Line of {name}", 1, cost)],
    )
    line = purchase.lines.get()
    unit = receive_units(line, 1, by=SYSTEM, received_on=date(2025, 7, 1))[0]
    at = days.now() - timedelta(days=30)
    share_line(line, [ShareDraft(award, percent=Decimal(100))], by=SYSTEM, at=at)
    asset = make_asset(
        school=school,
        tag=mark["tag"],
        serial=mark["serial"],
        room=room,
        unit=unit,
        at=at,
        product=make_product(),
        description=mark["note"],
    )
    _live(asset, student, room)
    held = _attach(asset, mark["file"])
    return {
        "asset": asset.pk,
        "school": school.pk,
        "room": room.pk,
        "person": student.pk,
        "staff": staff.pk,
        "award": award.pk,
        "purchase": purchase.pk,
        "unit": unit.pk,
        "attachment": held.pk,
        "tag": mark["tag"],
        "serial": mark["serial"],
        "product": asset.product_id,
        "name": name,
        "rows": (school, award),
    }


def _live(asset: Asset, student: Person, room: Room) -> None:
    move_asset(asset, to=room, by=SYSTEM)
    assign_asset(asset, to=student, by=SYSTEM)
    verify_asset(asset, by=SYSTEM, room=room)


def _attach(asset: Asset, name: str) -> Attachment:
    data = b"\x89PNG\r\n\x1a\n" + name.encode()
    return attach_file(asset, by=SYSTEM, data=data, name=name, kind="photo")


def give(user: User, held: Held, sides: dict[str, dict[str, Any]]) -> None:
    """A membership of a kind at a side."""
    kind, side = held
    school, award = sides[side]["rows"]
    if kind.startswith("auditor"):
        grant_award_access(award, to=user, by=SYSTEM, pseudonyms="by name" not in kind)
    else:
        Membership.objects.create(user=user, role=kind, school=school, starts_on=date(2020, 1, 1))


def expected(*held: Held) -> set[str]:
    """The words that somebody with these memberships reads somewhere, and no others."""
    return {MARKS[side][what] for kind, side in held for what in KINDS[kind]}
