"""Mistakes are put right from their beginning, and no later word is lost over it."""

from datetime import timedelta

import pytest
import time_machine

from assets.actions import (
    assign_asset,
    change_status,
    correct_asset,
    find_again,
    merge_assets,
    return_asset,
    unmerge_assets,
    void_asset,
)
from assets.codes.resolve import resolve
from assets.models import Asset, AssetSpan, Assignment, Status
from assets.models.status import GONE
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.models import Person, School, User
from tests.factories import make_asset, make_purchase

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


def test_a_tag_leads_to_the_last_winner_of_a_chain_of_merges(ana: User, lincoln: School) -> None:
    first, second, third = (make_asset(school=lincoln, tag=f"M{n}") for n in range(3))
    merge_assets(first, into=second, by=ana, reason="Twice")
    merge_assets(second, into=third, by=ana, reason="Thrice")
    assert resolve("M0", ana).asset == third
    with pytest.raises(Refused) as refusal:
        unmerge_assets(first, by=ana, reason="Not the same")
    assert refusal.value.problems[0].code == "merged"
    with pytest.raises(Refused) as refusal:
        correct_asset(first, by=ana, reason="Misread", tag="M9")
    assert refusal.value.problems[0].code == "merged"


def test_a_winner_never_takes_a_tag_that_the_other_bore(ana: User, lincoln: School) -> None:
    loser, winner = make_asset(school=lincoln, tag="A-1"), make_asset(school=lincoln, tag="B-1")
    loser = correct_asset(loser, by=ana, reason="Misread", tag="A-2")
    winner = correct_asset(winner, by=ana, reason="Misread", tag="B-2")
    merge_assets(loser, into=winner, by=ana, reason="The same")
    for tag in ("A-1", "A-2"):
        with pytest.raises(Refused, match="a tag is never used twice"):
            correct_asset(winner, by=ana, reason="Misread", tag=tag)
    winner = correct_asset(winner, by=ana, reason="It was right", tag="B-1")
    unmerge_assets(loser, by=ana, reason="Two after all")
    leads = {tag: resolve(tag, ana).asset for tag in ("A-1", "A-2", "B-1", "B-2")}
    assert leads == {"A-1": loser, "A-2": loser, "B-1": winner, "B-2": winner}
    assert correct_asset(loser, by=ana, reason="It was right", tag="A-1").tag == "A-1"


@pytest.mark.parametrize("was", ["disposed", "missing", "lost", "stolen", "surplus", "in_repair"])
def test_after_the_undoing_of_a_merge_it_stands_as_it_stood_and_all_the_time(
    ana: User, lincoln: School, arp: Award, was: str
) -> None:
    start = days.now() - 30 * DAY
    _purchase, units = make_purchase(quantity=1, shares=[(arp, "100")])
    with time_machine.travel(start):
        loser = make_asset(school=lincoln, unit=units[0], legacy=True, status=was, at=start)
        # What is gone goes into no row that is here.
        here = was if was in GONE else Status.IN_STOCK
        winner = make_asset(school=lincoln, legacy=True, status=here, at=start)
    before = {f: getattr(loser, f) for f in AssetSpan.fields}
    with time_machine.travel(start + 10 * DAY):
        merge_assets(loser, into=winner, by=ana, reason="Twice")
    believed = start + 15 * DAY
    with time_machine.travel(start + 20 * DAY):
        unmerge_assets(loser, by=ana, reason="Not the same")
    loser.refresh_from_db()
    assert {f: getattr(loser, f) for f in AssetSpan.fields} == before
    for n in (5, 15, 25):
        at = start + n * DAY
        paid = {s.asset_id for s in AssetSpan.objects.as_of(at).filter(unit=units[0])}
        assert paid == {loser.pk}, (n, "they were two all the time")
    then = AssetSpan.objects.as_of(believed, believed).filter(unit=units[0])
    assert [s.asset_id for s in then] == [winner.pk], "as it was known then"
    assert loser.disposals.filter(reopened_at=None).count() == (was == "disposed")


def test_a_unit_that_a_merge_moved_comes_back_where_nothing_else_has_it(
    ana: User, lincoln: School, arp: Award
) -> None:
    _purchase, units = make_purchase(quantity=1, shares=[(arp, "100")])
    loser, winner = make_asset(school=lincoln, unit=units[0]), make_asset(school=lincoln)
    merge_assets(loser, into=winner, by=ana, reason="Twice")
    void_asset(Asset.objects.get(pk=winner.pk), by=ana, reason="That one never was")
    assert unmerge_assets(loser, by=ana, reason="This one was").unit_id == units[0].pk
    merge_assets(loser, into=(other := make_asset(school=lincoln)), by=ana, reason="Twice")
    void_asset(Asset.objects.get(pk=other.pk), by=ana, reason="That one never was")
    third = make_asset(school=lincoln, unit=units[0])
    assert unmerge_assets(loser, by=ana, reason="This one was").unit_id is None
    assert Asset.objects.get(pk=third.pk).unit_id == units[0].pk


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


def test_undoing_a_merge_waits_while_its_serial_is_somebody_elses(
    ana: User, lincoln: School
) -> None:
    loser, winner = make_asset(school=lincoln, serial="S1"), make_asset(school=lincoln, serial="S2")
    merge_assets(loser, into=winner, by=ana, reason="Twice")
    make_asset(school=lincoln, serial="S1")
    with pytest.raises(Refused) as refusal:
        unmerge_assets(loser, by=ana, reason="Not the same")
    assert refusal.value.problems[0].code == "serial-taken"
    winner.refresh_from_db()
    assert winner.serial == "S2"


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
