"""R1 of rows that were merged into what never was, or that exist after all."""

import pytest

from assets.actions import reinstate_assets, unmerge_assets, void_asset
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from tests.reports.merged import PAST, Make, fresh, is_with, is_with_none, merged, told

pytestmark = pytest.mark.django_db


# What never was


def test_what_was_merged_into_a_void_thing_never_was_either(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, middle, winner = thing("L", paid), thing("M"), thing("W")
    merged(loser, middle)
    merged(middle, winner)
    before = days.now()
    void_asset(fresh(winner), by=SYSTEM, reason="Never was")
    is_with_none(arp, "1000.00")
    assert told(arp, PAST[2], before) == (["L"], "1000.00", "0"), "as it was known"
    reinstate_assets([fresh(winner)], by=SYSTEM, reason="It was")
    is_with(arp, "1000.00", "L", "W")
    assert verify.verify().findings == []


def test_what_is_reinstated_has_the_days_of_what_was_merged_into_it(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    void_asset(fresh(winner), by=SYSTEM, reason="Never was")
    meanwhile = thing("C", paid)
    is_with(arp, "1000.00", "C")
    void_asset(fresh(meanwhile), by=SYSTEM, reason="Oops")
    reinstate_assets([fresh(winner)], by=SYSTEM, reason="It was")
    is_with(arp, "1000.00", "L", "W")
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "L")
    assert verify.verify().findings == []


def test_what_is_reinstated_leaves_money_where_it_is_by_now(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    void_asset(fresh(winner), by=SYSTEM, reason="Never was")
    thing("C", paid)
    reinstate_assets([fresh(winner)], by=SYSTEM, reason="It was")
    is_with(arp, "1000.00", "C")
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "C")
    assert verify.verify().findings == []


def test_what_is_unmerged_from_a_void_thing_stands_as_before_on_each_day(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, middle, winner = thing("L", paid), thing("M"), thing("W")
    merged(loser, middle)
    stood = [
        (s.valid_from, s.status, s.room_id, s.sets)
        for s in middle.spans.known().filter(valid_to=None)
    ]
    merged(middle, winner)
    void_asset(fresh(winner), by=SYSTEM, reason="Never was")
    unmerge_assets(middle, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "L", "M")
    assert [
        (s.valid_from, s.status, s.room_id, s.sets)
        for s in middle.spans.known().filter(valid_to=None)
    ] == stood
    unmerge_assets(loser, by=SYSTEM, reason="Three")
    is_with(arp, "1000.00", "L")
    assert verify.verify().findings == []
