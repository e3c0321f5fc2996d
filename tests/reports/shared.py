"""A thing that two awards pay for, and what R1 says of it in the report of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction

from assets.actions import assign_asset, move_asset, verify_assets
from assets.models import Asset
from core.access import SYSTEM
from core.journal.writing import changed, record, save_changes
from core.models import District
from core.time import days
from funding.actions import change_award, create_program, create_vendor, set_capitalization_level
from funding.models import Award, Purchase, Unit
from funding.seed import seed_reference
from people.actions import change_room
from people.actions.district import set_setting
from people.models import Person, Room, School
from reports.dataset import Dataset
from reports.property_record.build import build
from tests.factories import made, make_asset, make_product, make_purchase

DAY = date(2022, 3, 1)


@dataclass(frozen=True)
class Shared:
    """ARP pays 70 % of each of three, and local money the rest; only ARP's line makes them
    equipment. One is out to somebody, one in a room, one nobody tagged."""

    arp: Award
    local: Award
    assigned: Asset
    in_room: Asset
    purchase: Purchase
    untagged: Unit
    #: A day that somebody asked for: what day it is elsewhere is another question.
    as_of: date
    known_at: datetime

    def said(self) -> list[dict[str, Any]]:
        """What R1 of each award says as known then."""
        return [told(self._built(award, self.known_at)) for award in (self.arp, self.local)]

    def says(self) -> list[dict[str, Any]]:
        """What R1 of each award, of the same day, says now."""
        return [told(self._built(award, days.now())) for award in (self.arp, self.local)]

    def _built(self, award: Award, known_at: datetime) -> Dataset:
        row = Award.objects.get(pk=award.pk)
        return build(row, as_of=self.as_of, known_at=known_at, by=SYSTEM)

    def again(self) -> "Shared":
        """The same, as it is known now."""
        return replace(self, known_at=days.now())

    @contextmanager
    def later(self) -> Iterator[None]:
        """Some minutes later; what is done inside is as if it never was."""
        with time_machine.travel(self.known_at + timedelta(minutes=5)):
            point = transaction.savepoint()
            try:
                yield
            finally:
                transaction.savepoint_rollback(point)


def moved_to(zone: str) -> None:
    """The district lives in another zone since, as an older release let it."""
    district = District.objects.get()
    changes = changed(district, time_zone=zone)
    save_changes(district, changes)
    record("district.changed", district, by=SYSTEM, changes=changes)


def told(dataset: Dataset) -> dict[str, Any]:
    """What a report says, without the head of the journal and when it was asked."""
    return {
        "rows": dataset.rows,
        "groups": dataset.groups,
        "scope": dataset.scope,
        "district": dataset.district,
        "versions": dataset.versions,
        "totals": dataset.totals,
        "extra": dataset.extra,
        "findings": dataset.findings,
        "people": [(one.key, one.person) for one in dataset.people],
    }


@pytest.fixture
def shared(arp: Award, local: Award, lincoln: School, washington: School, room: Room) -> Shared:
    """It, and what may take the place of what is there."""
    seed_reference()
    change_award(arp, by=SYSTEM, ug_version="pre2024", amount=Decimal(12600))
    create_program(by=SYSTEM, code="OTHER", name="Other money", family="state")
    create_vendor(by=SYSTEM, name="CDW")
    dell = create_vendor(by=SYSTEM, name="Dell")
    moss, reed = [
        made(Person.objects.create(kind="staff", local_id=local_id, last_name=name, school=lincoln))
        for local_id, name in (("E1", "Moss"), ("E2", "Reed"))
    ]
    change_room(room, by=SYSTEM, custodian=reed)
    set_capitalization_level(Decimal(20000), by=SYSTEM, starts_on=date(2020, 7, 1))
    set_capitalization_level(Decimal(99), by=SYSTEM, starts_on=date(2020, 7, 1), asset_class="X")
    set_setting("example", 1, by=SYSTEM, starts_on=DAY)
    product = make_product(make="SMART", model="RX275", category="Interactive panel")
    make_product(make="Dell", model="3100", category="Laptop")
    purchase, units = make_purchase(
        quantity=3,
        amount="18000.00",
        shares=[(arp, "70"), (local, "30")],
        at=days.start_of_day(DAY),
        received_on=DAY,
    )
    one, two = [
        make_asset(
            school=lincoln,
            room=room,
            unit=unit,
            product=product,
            acquired_on=DAY,
            description="By the door",
            use="Math",
        )
        for unit in units[:2]
    ]
    # At night: another day in another time zone.
    night = days.start_of_day(days.today() - timedelta(days=1)) + timedelta(minutes=30)
    verify_assets([one, two], by=SYSTEM, condition="good", at=night)
    assign_asset(one, to=moss, by=SYSTEM)
    move_asset(one, to=room, by=SYSTEM)  # over the summer
    changes = changed(purchase, vendor=dell)
    save_changes(purchase, changes)
    record("purchase.changed", purchase, by=SYSTEM, changes=changes)
    return Shared(arp, local, one, two, purchase, units[2], days.today(), days.now())
