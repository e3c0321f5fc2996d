"""What is merged is one thing whose days are in order and whose money stays where it was: nothing
that is told later, and no undo, moves a past day by itself."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from assets.actions import (
    assign_asset,
    change_asset,
    correct_asset,
    reinstate_assets,
    return_asset,
    unmerge_assets,
    verify_asset,
    void_asset,
)
from assets.models import Asset
from assets.register.acquired import paid_as_it_was_there, was_there_since
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from funding.actions import ShareDraft, ask_units, create_award, decide
from funding.models import Award, Unit
from people.models import Person, School, User
from tests.factories import make_student
from tests.reports.merged import CAME, Make, at, fresh, is_with, known_days, merged, refused, told

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2022, 8, 1), date(2025, 2, 1)


@pytest.fixture
def kim(lincoln: School) -> Person:
    return make_student(school=lincoln)


# Before a merge


def test_money_is_not_merged_into_a_thing_that_was_acquired_later(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W", None, LATE)
    assert refused(lambda: merged(loser, winner)) == "received-before-acquired"
    is_with(arp, "1000.00", "L")
    correct_asset(fresh(winner), by=SYSTEM, reason="Invoice", acquired_on=CAME)
    merged(loser, winner)
    is_with(arp, "1000.00", "L", "W")
    change_asset(fresh(winner), by=SYSTEM, unit=None, reason="Not it")
    change_asset(fresh(winner), by=SYSTEM, unit=paid, reason="It is")
    is_with(arp, "1000.00", "L", "W")


def test_two_days_on_which_one_thing_was_acquired_are_not_merged(
    arp: Award, paid: Unit, thing: Make
) -> None:
    loser, winner = thing("L", paid), thing("W", None, EARLY)
    with pytest.raises(Refused) as no, transaction.atomic():
        merged(loser, winner)
    [problem] = no.value.problems
    assert problem.code == "acquired-differs"
    assert "08/01/2024" in problem.message
    assert "08/01/2022" in problem.message
    correct_asset(fresh(loser), by=SYSTEM, reason="Invoice", acquired_on=EARLY)
    merged(loser, winner)
    is_with(arp, "1000.00", "L", "W", since=EARLY)
    unmerge_assets(loser, by=SYSTEM, reason="Two")
    is_with(arp, "1000.00", "L", since=EARLY)


def test_what_either_row_tells_of_earlier_days_stands_in_the_way(
    paid: Unit, thing: Make, kim: Person
) -> None:
    seen, lent = thing("S", None, EARLY), thing("H", None, EARLY)
    verify_asset(seen, by=SYSTEM, at=at(date(2023, 6, 1)))
    assign_asset(lent, to=kim, by=SYSTEM, at=at(date(2023, 6, 1)))
    return_asset(fresh(lent), by=SYSTEM, at=at(date(2023, 9, 1)))
    winner = thing("W", None, LATE)
    assert refused(lambda: merged(fresh(seen), winner)) == "seen-before-acquired"
    assert refused(lambda: merged(fresh(lent), winner)) == "loaned-before-acquired"
    assert refused(lambda: merged(thing("L", paid, None), fresh(seen))) == "seen-before-received"


def test_an_acquired_day_that_would_move_money_is_not_taken(
    arp: Award, paid: Unit, thing: Make
) -> None:
    winner = thing("W", paid, None)
    merged(thing("L", None, EARLY), winner)
    assert fresh(winner).acquired_on is None
    is_with(arp, "1000.00", "W")


# Right after a merge


@pytest.mark.parametrize("own", [(CAME, CAME), (CAME, None), (None, CAME), (None, None)])
@pytest.mark.parametrize("brings", [True, False])
def test_a_merge_leaves_nothing_to_settle(
    paid: Unit, thing: Make, own: tuple[date | None, date | None], brings: bool
) -> None:
    loser = thing("L", paid if brings else None, own[0])
    winner = thing("W", None if brings else paid, own[1])
    before = known_days()
    merged(loser, winner)
    then = known_days()
    assert {k: v for k, v in then.items() if "unit" in k} == {
        k: v for k, v in before.items() if "unit" in k
    }
    was_there_since(fresh(winner), by=SYSTEM)
    paid_as_it_was_there([fresh(winner)], by=SYSTEM)
    assert known_days() == then
    unmerge_assets(fresh(loser), by=SYSTEM, reason="Two")
    assert known_days() == before
    assert verify.verify().findings == []


# There and back


def void_and_back(asset: Asset, _other: Asset) -> None:
    void_asset(fresh(asset), by=SYSTEM, reason="Never was")
    reinstate_assets([fresh(asset)], by=SYSTEM, reason="It was")


def into_another_and_back(asset: Asset, other: Asset) -> None:
    merged(fresh(asset), other)
    unmerge_assets(fresh(asset), by=SYSTEM, reason="Two")


def another_into_it_and_back(asset: Asset, other: Asset) -> None:
    merged(other, asset)
    unmerge_assets(fresh(other), by=SYSTEM, reason="Two")


def unit_off_and_back(asset: Asset, _other: Asset) -> None:
    unit = fresh(asset).unit
    change_asset(fresh(asset), by=SYSTEM, unit=None, reason="Not it")
    change_asset(fresh(asset), by=SYSTEM, unit=unit, reason="It is")


def another_day_and_back(asset: Asset, _other: Asset) -> None:
    day = fresh(asset).acquired_on
    for other in (date(2023, 1, 5), day):
        correct_asset(fresh(asset), by=SYSTEM, reason="Invoice", acquired_on=other)


def void_and_merged_between(asset: Asset, other: Asset) -> None:
    merged(fresh(asset), other)
    void_and_back(other, asset)
    another_day_and_back(other, asset)
    unmerge_assets(fresh(asset), by=SYSTEM, reason="Two")


BACK = [
    void_and_back,
    into_another_and_back,
    another_into_it_and_back,
    unit_off_and_back,
    another_day_and_back,
    void_and_merged_between,
]


@pytest.mark.parametrize("first", BACK)
@pytest.mark.parametrize("second", BACK)
def test_acts_and_their_undo_leave_every_past_day_as_it_was(
    arp: Award,
    paid: Unit,
    thing: Make,
    fay: User,
    ana: User,
    first: Callable[[Asset, Asset], None],
    second: Callable[[Asset, Asset], None],
) -> None:
    other = create_award(by=SYSTEM, program=arp.program, name="Another")
    loser, winner = thing("L", paid, CAME, at=at(date(2025, 1, 2))), thing("W", None, None)
    alone = known_days()
    merged(loser, winner)
    blank, same = thing("Z", None, None), thing("Y", None, CAME)
    before = known_days()
    first(winner, blank)
    assert known_days() == before, "after the first"
    share = [ShareDraft(other, percent=Decimal(100))]
    asked = ask_units([paid], share, by=fay, reason="Audit", at=at(date(2025, 3, 1)))
    decide(asked, by=ana, approve=True)
    before = known_days()
    second(winner, same)
    assert known_days() == before, "after the second"
    assert told(other, date(2025, 6, 30))[:2] == (["L"], "1000.00")
    unmerge_assets(fresh(loser), by=SYSTEM, reason="Two")
    after = known_days()
    assert {k: after[k] for k in alone if "thing" in k} == {
        k: v for k, v in alone.items() if "thing" in k
    }
    assert verify.verify().findings == []
