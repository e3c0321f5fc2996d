"""R1 of rows that were merged: on every day an award's money is with one thing, or said to be with
none."""

from datetime import date, timedelta

import pytest
import time_machine

from assets.actions import change_asset, correct_asset, unmerge_assets
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import create_award
from funding.models import Award, Unit
from tests.reports.merged import (
    CAME,
    PAST,
    Make,
    bought,
    every_day,
    fresh,
    is_with,
    is_with_none,
    merged,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(arp: Award) -> Award:
    return create_award(by=SYSTEM, program=arp.program, name="Another")


@pytest.fixture
def second(other: Award) -> Unit:
    return bought(other, "3000.00")


# The money, put right


def test_other_money_after_an_unmerge_bought_it_from_the_beginning(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    change_asset(fresh(loser), by=SYSTEM, unit=second)
    is_with(other, "3000.00", "L")
    is_with_none(arp, "1000.00")
    assert verify.verify().findings == []


def test_other_money_after_a_merge_stands_where_the_old_stood(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    is_with(arp, "1000.00", "L", "W")
    before = days.now()
    change_asset(fresh(winner), by=SYSTEM, unit=second)
    is_with(other, "3000.00", "L", "W")
    is_with_none(arp, "1000.00")
    late = thing("D", paid)
    is_with(other, "3000.00", "L", "W")
    is_with(arp, "1000.00", "D")
    assert told(arp, PAST[2], before) == (["L"], "1000.00", "0"), "as it was known"
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(other, "3000.00", "W")
    is_with(arp, "1000.00", late.tag)
    assert verify.verify().findings == []


def test_what_is_free_comes_back_with_an_unmerge_and_the_other_money_stays(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    change_asset(fresh(winner), by=SYSTEM, unit=second)
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "L")
    is_with(other, "3000.00", "W")
    assert verify.verify().findings == []


def test_no_money_and_then_other_money_after_a_merge(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    change_asset(fresh(winner), by=SYSTEM, unit=None)
    is_with_none(arp, "1000.00")
    change_asset(fresh(winner), by=SYSTEM, unit=second)
    is_with(other, "3000.00", "L", "W")
    assert verify.verify().findings == []


def test_other_money_is_told_along_a_chain_of_merges(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    loser, middle, last = thing("L", paid), thing("M"), thing("W")
    merged(loser, middle)
    merged(middle, last)
    change_asset(fresh(last), by=SYSTEM, unit=second)
    is_with(other, "3000.00", "L", "W")
    unmerge_assets(middle, by=SYSTEM, reason="Two")
    unmerge_assets(loser, by=SYSTEM, reason="Three")
    is_with(arp, "1000.00", "L")
    is_with(other, "3000.00", "W")
    assert verify.verify().findings == []


# The day, put right


@pytest.mark.parametrize("days_told", [[date(2022, 8, 1)], [date(2022, 8, 1), date(2024, 3, 1)]])
def test_the_acquired_day_of_what_stays_moves_the_thing_and_its_money(
    arp: Award, paid: Unit, thing: Make, days_told: list[date]
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    before = days.now()
    for day in days_told:
        correct_asset(fresh(winner), by=SYSTEM, reason="Invoice", acquired_on=day)
        is_with(arp, "1000.00", "L", "W", since=day)
    assert told(arp, CAME, before) == (["L"], "1000.00", "0"), "as it was known"
    assert told(arp, date(2023, 6, 30), before) == ([], "0.00", "0")
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "L")
    assert verify.verify().findings == []


def test_a_merge_of_an_earlier_day_is_told_on_each_side_of_it(
    arp: Award, other: Award, paid: Unit, second: Unit, thing: Make
) -> None:
    day = date(2025, 3, 1)
    with time_machine.travel(days.start_of_day(CAME) + timedelta(hours=9)):
        loser, winner = thing("L", paid), thing("W")
    with time_machine.travel(days.start_of_day(day) + timedelta(hours=9)):
        merged(loser, winner)
    change_asset(fresh(winner), by=SYSTEM, unit=second)
    for when in every_day(day - timedelta(days=1), day):
        tags = [] if when < CAME else ["W" if when >= day else "L"]
        assert told(other, when)[0] == tags, when
        assert told(arp, when)[0] == []
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(other, "3000.00", "W")
    is_with(arp, "1000.00", "L")
    assert verify.verify().findings == []
