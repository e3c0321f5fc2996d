"""The money of a unit is as old as the thing that hangs on it; what lets go of the unit gives it
back to the receipt, on each past day, and what an officer dated later stays."""

from datetime import date
from decimal import Decimal

import pytest

from assets.actions import change_asset, correct_asset, reinstate_assets, void_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.time import days
from funding.actions import ShareDraft, create_award, reclassify
from funding.models import Award, Unit
from people.models import School
from reports.property_record.build import build
from tests.factories import make_asset
from tests.integrations.conftest import bring
from tests.integrations.given_back import bought, clean, told

pytestmark = pytest.mark.django_db
ACQUIRED, RECEIVED = date(2024, 8, 1), date(2026, 3, 1)
EARLY, LATE = date(2025, 6, 30), date(2026, 4, 1)


def other_award(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Bond")


def reclassified(unit: Unit, to: Award, day: date) -> None:
    share = [ShareDraft(to, percent=Decimal(100))]
    reclassify([unit], share, by=SYSTEM, reason="Audit", at=days.start_of_day(day))


def test_void_gives_the_money_back_to_the_receipt(local: Award, lincoln: School) -> None:
    _po, units = bought(local, quantity=2)
    thing = make_asset(school=lincoln, unit=units[0], tag="X", acquired_on=ACQUIRED)
    assert told(local, EARLY) == ("1000.00", "0", ["X"])
    before = days.now()
    void_asset(thing, by=SYSTEM, reason="Never was")
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("2000.00", "2", [])
    then = build(local, as_of=EARLY, known_at=before, by=SYSTEM)
    assert [row[0] for row in then.rows] == ["X"]
    clean()
    make_asset(school=lincoln, unit=Unit.objects.get(pk=units[0].pk), tag="Z")
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("2000.00", "1", ["Z"])
    clean()


def test_a_freed_unit_is_as_old_as_the_next_thing(local: Award, lincoln: School) -> None:
    _po, (unit,) = bought(local)
    void_asset(
        make_asset(school=lincoln, unit=unit, acquired_on=ACQUIRED), by=SYSTEM, reason="Never was"
    )
    make_asset(school=lincoln, unit=unit, tag="Z", acquired_on=date(2025, 8, 1))
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, date(2025, 8, 1)) == ("1000.00", "0", ["Z"])
    clean()


def test_what_exists_after_all_has_its_money_on_each_day_again(
    local: Award, lincoln: School
) -> None:
    _po, (unit,) = bought(local)
    bond = other_award(local)
    thing = make_asset(school=lincoln, unit=unit, tag="X", acquired_on=ACQUIRED)
    reclassified(unit, bond, date(2025, 1, 1))
    for _again in range(2):
        void_asset(thing, by=SYSTEM, reason="Not found")
        assert [told(a, d)[0] for a in (local, bond) for d in (date(2024, 9, 1), EARLY, LATE)] == [
            *("0.00", "0.00", "0.00"),
            *("0.00", "0.00", "1000.00"),
        ]
        reinstate_assets([thing], by=SYSTEM, reason="Found")
        assert told(local, date(2024, 9, 1)) == ("1000.00", "0", ["X"])
        assert told(local, EARLY) == ("0.00", "0", [])
        assert told(bond, EARLY) == ("1000.00", "0", ["X"])
    clean()


def test_a_unit_that_another_had_meanwhile_comes_back_as_old_as_the_thing(
    local: Award, lincoln: School
) -> None:
    _po, (unit,) = bought(local)
    thing = make_asset(school=lincoln, unit=unit, tag="X", acquired_on=ACQUIRED)
    void_asset(thing, by=SYSTEM, reason="Never was")
    other = make_asset(school=lincoln, unit=unit)
    assert told(local, EARLY) == ("0.00", "0", [])
    void_asset(other, by=SYSTEM, reason="Never was")
    reinstate_assets([thing], by=SYSTEM, reason="Found")
    assert told(local, EARLY) == ("1000.00", "0", ["X"])
    clean()


def test_a_unit_taken_off_a_thing_is_as_old_as_its_receipt(local: Award, lincoln: School) -> None:
    _po, units = bought(local, quantity=2)
    thing = make_asset(school=lincoln, unit=units[0], tag="X", acquired_on=ACQUIRED)
    change_asset(thing, by=SYSTEM, unit=units[1])
    assert told(local, EARLY) == ("1000.00", "0", ["X"])
    change_asset(thing, by=SYSTEM, unit=None)
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("2000.00", "2", [])
    clean()


def test_money_of_an_earlier_day_than_the_thing_falls_away_and_comes_back(
    local: Award, lincoln: School, equipment: Category
) -> None:
    bond = other_award(local)
    bring(
        "Tag,Make,Model,Room,Cost,PO,Award 1,Acquired\n"
        f"X,Acer,C1,101,1000.00,PO-N,{local.name},2024-08-01\n"
    )
    thing = Asset.objects.get(tag="X")
    assert thing.unit is not None
    reclassified(thing.unit, bond, date(2025, 1, 1))
    correct_asset(thing, by=SYSTEM, reason="Misread", acquired_on=date(2025, 8, 1))
    for day, ledger in ((date(2024, 9, 1), "0.00"), (EARLY, "0.00"), (LATE, "1000.00")):
        assert told(local, day) == ("0.00", "0", [])
        assert told(bond, day)[0] == ledger
    clean()
    correct_asset(thing, by=SYSTEM, reason="It was right", acquired_on=ACQUIRED)
    assert told(local, date(2024, 9, 1)) == ("1000.00", "0", ["X"])
    assert told(bond, date(2024, 12, 31)) == ("0.00", "0", [])
    assert told(bond, date(2025, 1, 1)) == ("1000.00", "0", ["X"])
    clean()


def test_what_an_officer_dated_later_stays(local: Award, lincoln: School) -> None:
    _po, (unit,) = bought()
    reclassified(unit, local, LATE)
    thing = make_asset(school=lincoln, unit=unit, tag="X", acquired_on=ACQUIRED)
    assert told(local, date(2026, 3, 31)) == ("0.00", "0", [])
    void_asset(thing, by=SYSTEM, reason="Never was")
    assert told(local, date(2026, 3, 31)) == ("0.00", "0", [])
    assert told(local, LATE) == ("1000.00", "1", [])
    clean()


def test_a_receipt_that_nobody_dated_is_on_its_first_day_again(
    local: Award, lincoln: School, equipment: Category
) -> None:
    bring(
        f"Tag,Make,Model,Room,Cost,PO,Award 1\nN,Acer,C1,101,1000.00,PO-N,{local.name}\n",
        list_of="2026-03-01",
    )
    first = Asset.objects.get(tag="N")
    unit = first.unit
    assert unit is not None
    void_asset(first, by=SYSTEM, reason="Never was")
    assert told(local, EARLY) == ("0.00", "0", [])
    thing = make_asset(school=lincoln, unit=unit, tag="X", acquired_on=ACQUIRED)
    assert told(local, EARLY) == ("1000.00", "0", ["X"])
    void_asset(thing, by=SYSTEM, reason="Never was")
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("1000.00", "1", [])
    unit.refresh_from_db()
    assert unit.received_on == RECEIVED
    clean()
