"""What is told late of a thing that is several rows is told of all of them, or of the one that had
its money."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from assets.actions import (
    assign_asset,
    change_status,
    correct_asset,
    dispose_asset,
    move_asset,
    return_asset,
    unmerge_assets,
    verify_asset,
)
from assets.models import Asset
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.actions import ShareDraft, UnitDraft, record_units
from funding.models import Award, Unit
from people.models import Person, Room, School, User
from reports.property_record.build import build
from reports.property_record.columns import Row
from tests.api.test_strict import Api, post
from tests.factories import make_student
from tests.reports.merged import (
    CAME,
    Make,
    at,
    bought,
    fresh,
    is_with,
    known_days,
    merged,
    refused,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(lincoln: School) -> Person:
    return make_student(school=lincoln)


@pytest.fixture
def undated(arp: Award, paid: Unit) -> Unit:
    """What nobody dated the receipt of."""
    draft = UnitDraft(
        paid.line, Decimal("500.00"), CAME, CAME, [ShareDraft(arp, percent=Decimal(100))]
    )
    [unit] = record_units([draft], by=SYSTEM)
    return unit


def seen_once(asset: Asset, _kim: Person) -> None:
    verify_asset(asset, by=SYSTEM, at=at(date(2024, 9, 1)))


def lent_once(asset: Asset, kim: Person) -> None:
    assign_asset(asset, to=kim, by=SYSTEM, at=at(date(2024, 9, 1)))
    return_asset(fresh(asset), by=SYSTEM, at=at(date(2024, 10, 1)))


@pytest.mark.parametrize("befell", [seen_once, lent_once])
@pytest.mark.parametrize("into", [True, False])
def test_another_acquired_day_is_refused_for_what_any_row_tells(
    arp: Award,
    undated: Unit,
    thing: Make,
    kim: Person,
    befell: Callable[[Asset, Person], None],
    into: bool,
) -> None:
    asset = thing("L", undated)
    befell(asset, kim)
    if into:
        winner = thing("W", None, None)
        merged(fresh(asset), winner)
        asset = winner
    day = date(2025, 1, 1)
    alone = refused(
        lambda: correct_asset(fresh(asset), by=SYSTEM, reason="Invoice", acquired_on=day)
    )
    assert alone in {"seen-before-acquired", "loaned-before-acquired"}
    assert told(arp, date(2024, 12, 31))[:2] == (["L"], "1500.00")


def test_who_had_the_other_row_then_had_the_thing(thing: Make, kim: Person) -> None:
    loser, winner = thing("L"), thing("W")
    lent_once(loser, kim)
    merged(fresh(loser), winner)
    again = at(date(2024, 9, 15))
    act = partial(assign_asset, fresh(winner), to=kim, by=SYSTEM, at=again)
    assert refused(act) == "overlaps"


PAST_ACTS: dict[str, Callable[[Asset, datetime, Room, Person], object]] = {
    "moved": lambda a, t, room, _kim: move_asset(a, to=room, by=SYSTEM, at=t),
    "assigned": lambda a, t, _room, kim: assign_asset(a, to=kim, by=SYSTEM, at=t),
    "status": lambda a, t, _room, _kim: change_status(a, to="surplus", by=SYSTEM, at=t),
    "seen": lambda a, t, _room, _kim: verify_asset(a, by=SYSTEM, condition="broken", at=t),
    "room": lambda a, t, room, _kim: correct_asset(a, by=SYSTEM, reason="It", room=room, at=t),
    "disposed": lambda a, t, _room, _kim: dispose_asset(
        a, by=SYSTEM, method="sold", disposed_on=days.local_date(t)
    ),
}


@pytest.mark.parametrize("name", PAST_ACTS)
def test_what_is_told_of_a_day_before_the_money_came_is_told_of_the_row_that_had_it(
    arp: Award, paid: Unit, thing: Make, kim: Person, lincoln: School, name: str
) -> None:
    room = lincoln.rooms.get(code="LIB")

    def act(asset: Asset, when: datetime) -> None:
        PAST_ACTS[name](asset, when, room, kim)

    loser, winner = thing("L", paid), thing("W")
    for asset in (loser, winner) if name == "disposed" else ():
        change_status(asset, to="surplus", by=SYSTEM, at=at(date(2025, 1, 7)))
        change_status(fresh(asset), to="awaiting_disposal", by=SYSTEM, at=at(date(2025, 1, 8)))
    merged(fresh(loser), fresh(winner))
    before = known_days()
    when = at(date(2025, 6, 1))
    with pytest.raises(Refused) as no, transaction.atomic():
        act(fresh(winner), when)
    [problem] = no.value.problems
    assert problem.code == "before-merge"
    assert "undo the merge" in problem.message
    assert known_days() == before
    unmerge_assets(fresh(loser), by=SYSTEM, reason="It was L")
    act(fresh(loser), when)
    is_with(arp, "1000.00", "L")
    if name != "disposed":
        again, other = thing("M", bought(arp, "7.00")), thing("V")
        merged(again, other)
        act(fresh(other), days.now())


def test_a_room_that_was_wrong_before_a_merge_is_corrected_from_then_on(
    arp: Award, paid: Unit, thing: Make, lincoln: School
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    room = lincoln.rooms.get(code="LIB")
    act = partial(correct_asset, fresh(winner), by=SYSTEM, reason="It was", room=room)
    assert refused(act) == "before-merge"
    act(at=days.now())
    assert fresh(winner).room == room
    is_with(arp, "1000.00", "L", "W")


def test_a_thing_that_had_its_money_itself_is_told_of_its_past_days(
    arp: Award, paid: Unit, thing: Make, lincoln: School
) -> None:
    winner = thing("W", paid)
    merged(thing("L"), winner)
    move_asset(fresh(winner), to=lincoln.rooms.get(code="LIB"), by=SYSTEM, at=at(date(2025, 6, 1)))
    is_with(arp, "1000.00", "W")
    day = build(arp, as_of=date(2025, 6, 30), known_at=days.now(), by=SYSTEM)
    [row] = day.rows
    assert isinstance(row, Row)
    assert "LIB" in f"{row}" or "Library" in f"{row}"


def test_a_program_is_told_why_a_past_day_is_refused(
    paid: Unit, thing: Make, rob: User, api_of: Api
) -> None:
    loser, winner = thing("L", paid), thing("W")
    merged(loser, winner)
    told_late = {"status": "surplus", "at": at(date(2025, 6, 1)).isoformat()}
    answer = post(api_of(rob), f"assets/{winner.pk}/status", told_late)
    assert answer.status_code == 409, answer.content
    assert "before-merge" in answer.content.decode()
