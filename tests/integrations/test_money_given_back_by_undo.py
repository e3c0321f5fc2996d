"""What is unmerged, and what an import brought that is undone, gives the money of its unit back."""

from datetime import date

import pytest
from django.db import transaction

from assets.actions import correct_asset, merge_assets, unmerge_assets, void_asset
from assets.models import Category
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.models import School
from tests.factories import make_asset
from tests.integrations.conftest import bring, undo
from tests.integrations.given_back import bought, clean, told

pytestmark = pytest.mark.django_db
ACQUIRED, RECEIVED = date(2024, 8, 1), date(2026, 3, 1)
EARLY, LATE = date(2025, 6, 30), date(2026, 4, 1)


def test_unmerged_its_money_is_as_old_as_it_was(local: Award, lincoln: School) -> None:
    _po, (unit,) = bought(local)
    loser = make_asset(school=lincoln, unit=unit, tag="L", acquired_on=ACQUIRED)
    winner = make_asset(school=lincoln, tag="W", acquired_on=ACQUIRED)
    merge_assets(loser, into=winner, by=SYSTEM, reason="One")
    correct_asset(winner, by=SYSTEM, reason="Misread", acquired_on=date(2022, 8, 1))
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    assert told(local, date(2023, 6, 30)) == ("0.00", "0", [])
    assert told(local, EARLY) == ("1000.00", "0", ["L"])
    clean()


def test_what_was_merged_into_what_never_was_gives_the_money_to_another(
    local: Award, lincoln: School
) -> None:
    _po, (unit,) = bought(local)
    loser = make_asset(school=lincoln, unit=unit, tag="L", acquired_on=ACQUIRED)
    winner = make_asset(school=lincoln, tag="W", acquired_on=date(2022, 8, 1))
    with pytest.raises(Refused, match="Correct the day"), transaction.atomic():
        merge_assets(loser, into=winner, by=SYSTEM, reason="One")
    correct_asset(winner, by=SYSTEM, reason="Misread", acquired_on=ACQUIRED)
    merge_assets(loser, into=winner, by=SYSTEM, reason="One")
    assert told(local, EARLY) == ("1000.00", "0", ["L"])
    void_asset(winner, by=SYSTEM, reason="Never was")
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("1000.00", "1", [])
    make_asset(school=lincoln, unit=unit, tag="C")
    assert told(local, EARLY) == ("0.00", "0", [])
    assert told(local, LATE) == ("1000.00", "0", ["C"])
    clean()


@pytest.mark.parametrize("shared", [True, False])
def test_undo_of_an_import_gives_a_unit_back_with_the_money_it_had(
    local: Award, lincoln: School, equipment: Category, *, shared: bool
) -> None:
    purchase, _units = bought(*([local] if shared else []))
    was = [told(local, day) for day in (ACQUIRED, EARLY, RECEIVED, LATE, days.today())]
    for award in (local.name, ""):
        session = bring(
            "Tag,Make,Model,Room,Cost,PO,Award 1,Acquired\n"
            f"X,Acer,C1,101,1000.00,{purchase.number},{award},2024-08-01\n"
        )
        if shared or award:
            assert told(local, EARLY) == ("1000.00", "0", ["X"])
        undo(session)
        is_ = [told(local, day) for day in (ACQUIRED, EARLY, RECEIVED, LATE, days.today())]
        assert is_ == was
        clean()


@pytest.mark.parametrize("shared", [True, False])
def test_undo_of_an_import_takes_the_unit_off_a_thing_that_was_there(
    local: Award, lincoln: School, equipment: Category, *, shared: bool
) -> None:
    purchase, _units = bought(*([local] if shared else []))
    make_asset(school=lincoln, tag="X", serial="SX", acquired_on=ACQUIRED)
    was = [told(local, day) for day in (ACQUIRED, EARLY, RECEIVED, LATE, days.today())]
    session = bring(f"Tag,Serial,Cost,PO,Award 1\nX,SX,1000.00,{purchase.number},{local.name}\n")
    assert told(local, EARLY) == ("1000.00", "0", ["X"])
    undo(session)
    assert [told(local, day) for day in (ACQUIRED, EARLY, RECEIVED, LATE, days.today())] == was
    clean()
