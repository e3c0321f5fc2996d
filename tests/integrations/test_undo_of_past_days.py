"""What an import told of earlier days was never so once it is undone: each day is as it was."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from assets.actions import assign_asset, return_asset
from assets.models import Asset, AssetSpan, Category
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit, UnitShare
from integrations.models import ImportSession
from people.models import Person, Room, School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_product, make_purchase
from tests.integrations.conftest import bring, undo

pytestmark = pytest.mark.django_db

BEFORE, IMPORTED, UNDONE = (datetime(2026, 3, day, 15, tzinfo=UTC) for day in (2, 3, 4))
SINCE = date(2025, 9, 1)
HEAD, THING = "Tag,Make,Model,Category,School", "Acer,Zed 1,Equipment,LIN"


@pytest.fixture
def laptop(equipment: Category, lincoln: School, arp: Award, room: Room, maria: Person) -> Asset:
    """In its room since September but for a week of November, when Maria had it; ARP paid."""
    with time_machine.travel(BEFORE):
        product = make_product(make="HP", model="IZ1", category="Equipment")
        began = days.start_of_day(SINCE)
        _purchase, units = make_purchase(
            quantity=1, shares=[(arp, "100")], received_on=SINCE, at=began
        )
        asset = make_asset(
            school=lincoln,
            tag="AA1",
            serial="S1AAAA",
            product=product,
            unit=units[0],
            room=room,
            acquired_on=SINCE,
            at=began,
        )
        assign_asset(asset, to=maria, by=SYSTEM, at=days.start_of_day(date(2025, 11, 3)))
        return_asset(asset, by=SYSTEM, room=room, at=days.start_of_day(date(2025, 11, 10)))
    return asset


def told(asset: Asset, known: datetime | None = None) -> list[tuple[Any, ...]]:
    """What is known of each day of it."""
    spans = AssetSpan.objects.filter(asset=asset).known(known).in_order()
    fields = (*AssetSpan.fields, "valid_from", "valid_to", "listed_on", "sets")
    return [tuple(getattr(span, f) for f in fields) for span in spans]


def printed(award: Award, day: date) -> list[str]:
    rows = build(award, as_of=day, known_at=days.now(), by=SYSTEM).rows
    return [str(row) for row in rows]


def brought_and_undone(text: str, asset: Asset, by: User, **options: Any) -> ImportSession:
    """A list that says something else of its days comes in, and is undone the day after."""
    was = told(asset)
    with time_machine.travel(IMPORTED):
        session = bring(text, by=by, **options)
    assert told(asset) != was, "the list told something"
    with time_machine.travel(UNDONE):
        session = undo(session, by=by)
    assert session.state == "undone"
    return session


@pytest.mark.parametrize(
    ("head", "cell", "options"),
    [
        ("Status,Status Date", "Missing,2025-12-10", {}),
        ("Status", "Surplus", {"list_of": "2025-12-01"}),
        ("Room", "102", {"list_of": "2025-12-01"}),
        ("Condition", "Broken", {"list_of": "2025-12-01"}),
        ("Assigned To,Loan Date", "{maria},2025-12-10", {}),
        ("Assigned To", "{maria}", {"list_of": "2025-12-01"}),
        ("Acquired", "2025-08-15", {}),
        ("School", "WAS", {}),
    ],
)
def test_each_day_is_as_it_was_before_the_list(
    laptop: Asset,
    arp: Award,
    ana: User,
    maria: Person,
    washington: School,
    head: str,
    cell: str,
    options: dict[str, Any],
) -> None:
    was, on = told(laptop), [date(2025, 10, 31), date(2025, 12, 31)]
    r1 = [printed(arp, day) for day in on]
    text = f"Asset Tag,{head}\nAA1,{cell.format(maria=maria.local_id)}\n"
    brought_and_undone(text, laptop, ana, **options)
    assert told(laptop) == was
    assert [printed(arp, day) for day in on] == r1
    laptop.refresh_from_db()
    assert {f: getattr(laptop, f) for f in AssetSpan.fields} == dict(
        zip(AssetSpan.fields, was[-1], strict=False)
    )
    assert verify.verify().findings == []


def test_what_the_list_said_stays_askable_as_known_until_its_undo(laptop: Asset, ana: User) -> None:
    brought_and_undone("Asset Tag,Status,Status Date\nAA1,Missing,2025-12-10\n", laptop, ana)
    statuses = [values[1] for values in told(laptop, datetime(2026, 3, 3, 18, tzinfo=UTC))]
    assert statuses[-1] == "missing"


def test_a_list_beneath_another_that_was_undone_goes_back_as_well(laptop: Asset, ana: User) -> None:
    was = told(laptop)
    with time_machine.travel(IMPORTED):
        first = bring("Asset Tag,Status,Status Date\nAA1,Missing,2025-12-10\n", by=ana)
        between = told(laptop)
        second = bring("Asset Tag,Condition\nAA1,Broken\n", by=ana, list_of="2025-12-20")
    with time_machine.travel(UNDONE):
        undo(second, by=ana)
        assert told(laptop) == between
        undo(first, by=ana)
    assert told(laptop) == was
    assert verify.verify().findings == []


def test_the_day_on_which_it_was_received_stands_again(
    equipment: Category, lincoln: School, room: Room, ana: User
) -> None:
    with time_machine.travel(BEFORE):
        bring(f"{HEAD},Received,Room\nBB1,{THING},2026-01-15,101\n", by=ana)
    asset = Asset.objects.get()
    was = told(asset)
    brought_and_undone(f"{HEAD},Acquired\nBB1,{THING},2025-08-01\n", asset, ana)
    assert told(asset) == was


def test_its_room_and_its_beginning_are_as_listed_again_after_another_school(
    equipment: Category, lincoln: School, washington: School, room: Room, ana: User
) -> None:
    with time_machine.travel(BEFORE):
        bring(f"{HEAD},Room\nBB1,{THING},101\n", by=ana)
    asset = Asset.objects.get()
    was = told(asset)
    elsewhere = THING.replace("LIN", "WAS")
    brought_and_undone(f"{HEAD},Acquired\nBB1,{elsewhere},2024-08-01\n", asset, ana)
    assert told(asset) == was


def test_its_money_begins_again_on_the_day_that_stood_in_for_its_receipt(
    equipment: Category, lincoln: School, arp: Award, ana: User
) -> None:
    with time_machine.travel(BEFORE):
        bring(f"{HEAD},PO,Cost,Award 1\nBB1,{THING},PO-1,300,{arp.name}\n", by=ana)
    asset = Asset.objects.get()
    was, unit = told(asset), Unit.objects.get()
    share = UnitShare.objects.standing().get()
    text = f"{HEAD},Acquired,Status,Status Date\nBB1,{THING},2024-08-01,Missing,2025-06-01\n"
    brought_and_undone(text, asset, ana)
    assert told(asset) == was
    again = Unit.objects.get()
    assert (again.received_on, again.listed_on) == (unit.received_on, unit.listed_on)
    paid = UnitShare.objects.standing().get()
    assert (paid.award_id, paid.amount, paid.valid_from) == (arp.pk, 300, share.valid_from)
    assert not UnitShare.objects.as_of(days.end_of_day(date(2025, 12, 31))).exists()
    assert verify.verify().findings == []


@pytest.mark.parametrize(
    ("head", "cells"),
    [("Cost,Award 1", "300.00,General fund"), ("PO", "PO-77"), ("Cost", "300.00")],
)
def test_a_list_that_brings_money_leaves_the_days_since_its_receipt(
    equipment: Category,
    lincoln: School,
    local: Award,
    room: Room,
    ana: User,
    head: str,
    cells: str,
) -> None:
    received = date(2026, 1, 15)
    with time_machine.travel(BEFORE):
        bring(f"{HEAD},Received,Room\nBB1,{THING},{received},101\n", by=ana)
    asset = Asset.objects.get()
    was = told(asset)
    with time_machine.travel(IMPORTED):
        session = bring(f"{HEAD},{head}\nBB1,{THING},{cells}\n", by=ana)
    assert days.local_date(told(asset)[0][10]) == received
    assert Unit.objects.get().received_on == received, "it was here since then"
    with time_machine.travel(UNDONE):
        undo(session, by=ana)
    assert told(asset) == was
