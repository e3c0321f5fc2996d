"""Two memberships whose sides overlap: the award of the one pays for things of which the other's
school has none, together with an award that pays at that school.

Each address, as somebody with both opens it, tells what it tells to one who holds the first, or to
one who holds the second. A school's membership shows an award as what pays there, and so not on
what another membership shows elsewhere.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
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
from funding.panels import on_home, with_spending
from people.actions import add_membership
from people.models import School, User
from reports.property_record import build
from tests.cast import again, make_user
from tests.factories import make_asset
from tests.pairs.places import opened
from tests.pairs.sides import MARKS, Held, give, make_side

pytestmark = pytest.mark.django_db
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


def test_each_address_tells_two_memberships_what_it_tells_to_one_of_them(
    world: World, client_of: Of, api_of: Of
) -> None:
    one, two, both = (
        read(world, held, client_of, api_of)
        for held in ((DIRECTOR,), (AUDITOR,), (DIRECTOR, AUDITOR))
    )
    wrong = [
        f"{url} tells {word}"
        for url, words in both.items()
        for word in sorted(words - one.get(url, set()) - two.get(url, set()))
    ]
    assert {"ALLTAG", "666.66"} <= set().union(*both.values()), "the audited award's part"
    assert not wrong, "\n".join(wrong)


def test_what_others_pay_at_the_other_school_stays_one_sum_without_a_name(
    world: World, client_of: Of, api_of: Of
) -> None:
    pat = world.somebody(DIRECTOR, AUDITOR)
    shares = api_of(pat).get(f"/api/v1/shares?unit={world.unit.pk}").json()["results"]
    assert [(row["award"], row["amount"]) for row in shares] == [(world.audited.pk, "666.66")]
    purchase = world.unit.line.purchase_id
    for url in (f"/assets/{world.thing.pk}/", f"/purchases/{purchase}/lines/1/units/"):
        page = client_of(pat).get(url).content.decode()
        assert "444.44" in page and "333.33" not in page, url
        assert "Wolfram1" not in page and "Wolfram3" not in page, url
    now = days.now()
    data = build.build(world.audited, as_of=days.today(), known_at=now, by=pat, asked_at=now)
    others = {row.tag: row.other for row in data.rows}
    assert others["ALLTAG"] == "other awards and funds 40.00%"


def test_the_first_school_s_award_counts_its_things_there_alone(
    world: World, client_of: Of
) -> None:
    pat = world.somebody(DIRECTOR, AUDITOR)
    told = {row.pk: row.things for row in with_spending(pat)}
    assert told[world.here.pk] == 1 and told[world.audited.pk] == 3
    rows = on_home(SimpleNamespace(user=pat), None)["awards"]  # type: ignore[arg-type]
    home = {row["award"].pk: row["things"] for row in rows}
    assert home == {world.here.pk: 1, world.audited.pk: 3}
    listed = client_of(pat).get(f"/assets/?award={world.here.pk}").content.decode()
    assert "MARK1TAG" in listed and "ALLTAG" not in listed and "HALFTAG" not in listed


def test_who_sees_them_all_reads_every_name(world: World, fay: User, client_of: Of) -> None:
    page = client_of(fay).get(f"/assets/{world.thing.pk}/").content.decode()
    for word in ("Wolfram1", "Wolfram2", "Wolfram3", "666.66", "333.33", "111.11"):
        assert word in page
    assert {row.pk: row.things for row in with_spending(fay)}[world.here.pk] == 3


def test_at_the_thing_s_own_school_everybody_who_pays_is_named(world: World, client_of: Of) -> None:
    """Also beside an award of one's own."""
    pat = world.somebody(("technology_director", "two"), ("auditor of the award", "one"))
    page = client_of(pat).get(f"/assets/{world.thing.pk}/").content.decode()
    for word in ("Wolfram1", "Wolfram2", "Wolfram3", "666.66", "333.33", "111.11"):
        assert word in page
