"""R1 of a past known-at prints what one could know then, whatever was changed since."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from assets.actions import change_category, change_product, correct_asset
from core.access import SYSTEM
from core.models import District
from core.time import days
from funding.actions import change_award, change_line, create_program, set_unit_cost
from funding.models import Award
from funding.seed import seed_reference
from people.actions import change_room, change_school
from people.actions.district import change_district
from people.models import Room, School
from reports.property_record.build import build
from tests.factories import make_asset, make_product, make_purchase
from tests.reports.shared import told

pytestmark = pytest.mark.django_db


def test_nothing_that_changed_since_shows(
    arp: Award, local: Award, lincoln: School, room: Room, district: District
) -> None:
    purchase, units = make_purchase(shares=[(arp, "70"), (local, "30")])
    product = make_product(make="Acer", model="Spin")
    things = [make_asset(school=lincoln, room=room, unit=unit, product=product) for unit in units]
    today = days.today()
    known_at = days.now()
    before = told(build(arp, as_of=today, known_at=known_at, by=SYSTEM))
    assert len(before["rows"]) == len(things)
    with time_machine.travel(known_at + timedelta(minutes=5)):
        change_award(
            arp,
            by=SYSTEM,
            name="ARP, renamed",
            fain="S425U999999",
            amount=Decimal(5),
            title_holder="State",
            equipment_threshold=Decimal(100),
        )
        change_award(local, by=SYSTEM, name="Other money")
        change_product(product, by=SYSTEM, model="Spin 512")
        change_category(product.category, by=SYSTEM, name="Portables", useful_life_months=12)
        change_school(lincoln, by=SYSTEM, name="Lincoln Academy")
        change_room(room, by=SYSTEM, code="999")
        change_district(by=SYSTEM, name="Another Unified")
        change_line(purchase.lines.get(), by=SYSTEM, invoice_number="INV-NEW")
        correct_asset(things[0], by=SYSTEM, reason="Misread", serial="OTHER", tag="X-1")
        set_unit_cost(units[1], Decimal("999.99"), by=SYSTEM, reason="Invoice")
        arp.refresh_from_db()
        later = told(build(arp, as_of=today, known_at=known_at, by=SYSTEM))
        now = told(build(arp, as_of=today, known_at=days.now(), by=SYSTEM))
    assert later == before
    for part in ("rows", "groups", "scope", "district", "extra"):
        assert now[part] != before[part], f"so that {part} of this test looks at something"


def test_another_awards_program_changed_since(
    arp: Award, local: Award, lincoln: School, room: Room
) -> None:
    """A thing that only ARP's line makes equipment, in the report of local money."""
    seed_reference()
    other = create_program(by=SYSTEM, code="OTHER", name="Other money", family="local")
    _purchase, units = make_purchase(
        quantity=1, amount="50000.00", shares=[(arp, "70"), (local, "30")]
    )
    make_asset(school=lincoln, room=room, unit=units[0])
    today, known_at = days.today(), days.now()
    before = build(local, as_of=today, known_at=known_at, by=SYSTEM)
    with time_machine.travel(known_at + timedelta(minutes=5)):
        change_award(arp, by=SYSTEM, program=other)
        later = build(local, as_of=today, known_at=known_at, by=SYSTEM)
        now = build(local, as_of=today, known_at=days.now(), by=SYSTEM)
    assert told(later) == told(before)
    assert later.sha256() == before.sha256()
    assert now.rows != before.rows
