"""A district whose award of one school pays at another, and how its addresses are read."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.journal import sealing
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_award,
    create_vendor,
    receive_units,
    record_purchase,
    share_line,
)
from funding.models import Award, Unit
from people.actions import add_membership
from people.models import School, User
from tests.cast import again, make_user
from tests.factories import make_asset
from tests.pairs.opening import opened
from tests.pairs.sides import MARKS, Held, give, make_side

Of = Callable[..., Client]
#: What only the overlapping things have: their codes, purchases, vendor, and who pays how much.
MORE = {
    "ALLTAG",
    "HALFTAG",
    "PO-ALL",
    "PO-HALF",
    "PO-THIRD",
    "Vexler3",
    "Wolfram3 award",
    "666.66",
    "333.33",
    "111.11",
    "444.44",
    "30.00%",
    "10.00%",
    "40.00%",
    "255.50",
}
WORDS = MORE | {word for mark in MARKS.values() for word in mark.values()}
DIRECTOR: Held = ("technology_director", "one")
AUDITOR: Held = ("auditor of the award", "two")
Read = dict[str, set[str]]


@dataclass
class World:
    """The sides; a thing at the second school that the first school's award pays for, too."""

    sides: dict[str, dict[str, Any]]
    unit: Unit
    thing: Asset

    @property
    def here(self) -> Award:
        """Pays for a thing at the first school."""
        return Award.objects.get(pk=self.sides["one"]["award"])

    @property
    def audited(self) -> Award:
        """Is the second side's."""
        return Award.objects.get(pk=self.sides["two"]["award"])

    def somebody(self, *held: Held) -> User:
        user = make_user("Pat", None)
        for kind, side in held:
            if kind.startswith("auditor"):
                give(user, (kind, side), self.sides)
            else:
                add_membership(user, role=kind, by=SYSTEM, school=self.sides[side]["rows"][0])
        return again(user)


def bought(
    po: str, amount: str, shares: list[tuple[Award, int]], school: School, tag: str
) -> Asset:
    """A thing at a school that some awards pay for."""
    vendor = create_vendor(f"Vexler3 for {po}", by=SYSTEM)
    lines = [LineDraft(f"Line of {po}", 1, Decimal(amount))]
    purchase = record_purchase(po, by=SYSTEM, vendor=vendor, lines=lines)
    line = purchase.lines.get()
    (unit,) = receive_units(line, 1, by=SYSTEM, received_on=days.today())
    drafts = [ShareDraft(award, percent=Decimal(part)) for award, part in shares]
    share_line(line, drafts, by=SYSTEM)
    return make_asset(school=school, room=school.rooms.get(), unit=unit, tag=tag)


@pytest.fixture
def world(district: Any) -> World:
    sides = {name: make_side(name) for name in MARKS}
    (one, here), (two, audited) = (side["rows"] for side in sides.values())
    third = create_award(by=SYSTEM, program=here.program, name="Wolfram3 award")
    bought("PO-THIRD", "99.00", [(third, 100)], one, "THIRDTAG")
    bought("PO-HALF", "511.00", [(audited, 50), (here, 50)], two, "HALFTAG")
    thing = bought("PO-ALL", "1111.10", [(audited, 60), (here, 30), (third, 10)], two, "ALLTAG")
    unit = thing.unit
    assert unit is not None
    sides["two"] |= {
        "asset": thing.pk,
        "unit": unit.pk,
        "purchase": unit.line.purchase_id,
        "tag": thing.tag,
        "serial": thing.serial,
    }
    sealing.seal_all()
    return World(sides, unit, thing)


def read(world: World, held: tuple[Held, ...], client_of: Of, api_of: Of) -> Read:
    """Per address the words that somebody reads there."""
    found: Read = defaultdict(set)
    with transaction.atomic():
        user = world.somebody(*held)
        for url, text in opened(user, client_of(user), api_of(user), world.sides, None):
            if url.startswith("refusal"):
                continue  # it says where the thing is that one of them shows
            # What one may choose of stands on every list, and a report has a number of its own.
            text = re.sub(r"<select.*?</select>", "", text, flags=re.DOTALL)
            found[re.sub(r"/reports/\d+/", "/reports/…/", url)] |= {w for w in WORDS if w in text}
        transaction.set_rollback(True)
    return found
