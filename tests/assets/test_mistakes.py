"""Mistakes are put right from their beginning, and no later word is lost over it."""

from datetime import timedelta

import pytest

from assets.actions import assign_asset, change_status, correct_asset, find_again, return_asset
from assets.codes.resolve import resolve
from assets.models import Asset, Assignment, Status
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from people.models import Person, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_wrong_student_is_corrected_from_the_hand_out_on(
    ana: User, lincoln: School, maria: Person, jamal: Person
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, at=start)
    assign_asset(asset, to=maria, by=ana, at=start + 5 * DAY)
    believed = days.now()
    correct_asset(
        asset, by=ana, reason="Two students of one name", holder=jamal, at=start + 2 * DAY
    )
    then = start + 6 * DAY
    assert asset.spans.as_of(start + 4 * DAY).get().holder is None, "nobody had it before"
    assert (asset.spans.as_of(then).get().holder, asset.spans.as_of(then).get().person) == (
        jamal,
        jamal,
    )
    assert asset.spans.as_of(then, believed).get().holder == maria
    assert Asset.objects.get(pk=asset.pk).holder == jamal
    assert Assignment.objects.get(asset=asset, closed_at=None).opened_at == start + 5 * DAY
    assert verify.verify().findings == []


def test_a_hand_out_before_a_return_to_stock_is_refused(
    tom: User, lincoln: School, maria: Person
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, at=start)
    change_status(asset, to=Status.IN_REPAIR, by=tom, at=start + 5 * DAY)
    change_status(asset, to=Status.IN_STOCK, by=tom, at=start + 9 * DAY)
    with pytest.raises(Refused) as refusal:
        assign_asset(asset, to=maria, by=tom, at=start + 2 * DAY)
    assert refusal.value.problems[0].code == "contradicted"
    assign_asset(asset, to=maria, by=tom, at=start + 9 * DAY)
    assert verify.verify().findings == []


def test_nothing_is_found_before_it_went_missing(tom: User, lincoln: School) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, at=start)
    change_status(asset, to=Status.MISSING, by=tom, at=start + 5 * DAY)
    with pytest.raises(Refused) as refusal:
        find_again(asset, by=tom, at=start + 4 * DAY)
    assert refusal.value.problems[0].code == "before-it-was-missing"
    assert find_again(asset, by=tom, at=start + 5 * DAY).status == Status.IN_STOCK


def test_nothing_happens_before_the_thing_was_there(tom: User, lincoln: School) -> None:
    asset = make_asset(school=lincoln, at=days.now() - 3 * DAY)
    with pytest.raises(Refused) as refusal:
        change_status(asset, to=Status.IN_REPAIR, by=tom, at=days.now() - 4 * DAY)
    assert refusal.value.problems[0].code == "before-it-was-there"


def test_a_corrected_tag_can_be_corrected_back_and_both_lead_to_it(
    ana: User, lincoln: School
) -> None:
    asset = make_asset(school=lincoln, tag="100001")
    for tag in ("100002", "100001", "100003"):
        correct_asset(asset, by=ana, reason="Misread", tag=tag)
    for tag in ("100001", "100002", "100003"):
        assert resolve(tag, ana).asset == asset


@pytest.mark.parametrize("way", ["correct", "check in"])
def test_no_word_for_an_earlier_day_puts_it_in_a_room_of_a_school_that_it_is_not_at(
    ana: User, lincoln: School, washington: School, maria: Person, way: str
) -> None:
    start = days.now() - 90 * DAY
    asset = make_asset(school=lincoln, at=start)
    room = lincoln.rooms.get(code="LIB")
    assign_asset(asset, to=maria, by=ana, at=start + 10 * DAY)
    correct_asset(asset, by=ana, reason="The other", school=washington, at=start + 50 * DAY)
    if way == "correct":
        correct_asset(asset, by=ana, reason="There", room=room, at=start + 30 * DAY)
    else:
        return_asset(asset, by=ana, room=room, at=start + 30 * DAY)
    asset.refresh_from_db()
    assert (asset.school, asset.room) == (washington, None)
    then = asset.spans.as_of(start + 40 * DAY).get()
    assert (then.school, then.room) == (lincoln, room)
    later = asset.spans.as_of(start + 60 * DAY).get()
    assert (later.school, later.room) == (washington, None)
    assert later.person_id == later.holder_id == (maria.pk if way == "correct" else None)


def test_facts_of_one_morning_keep_their_order_through_late_news(
    tom: User, lincoln: School, maria: Person
) -> None:
    start = days.start_of_day(days.today() - 20 * DAY)
    asset = make_asset(school=lincoln, at=start)
    morning = start + 10 * DAY
    assign_asset(asset, to=maria, by=SYSTEM, at=morning)
    return_asset(asset, by=tom, condition="broken", at=morning)
    change_status(asset, to=Status.IN_REPAIR, by=tom, at=morning - 3 * DAY)
    change_status(asset, to=Status.MISSING, by=tom, at=morning - 5 * DAY)
    found = asset.spans.as_of(morning).get()
    assert (found.status, found.holder, found.condition) == (Status.IN_STOCK, None, "broken")
    assert asset.spans.as_of(morning - DAY).get().status == Status.IN_REPAIR
    assert asset.spans.as_of(morning - 4 * DAY).get().status == Status.MISSING
