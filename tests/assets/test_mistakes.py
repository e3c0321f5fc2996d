"""Mistakes are put right from their beginning, and no later word is lost over it."""

from datetime import timedelta

import pytest

from assets.actions import (
    assign_asset,
    change_status,
    correct_asset,
    dispose_asset,
    find_again,
    merge_assets,
    return_asset,
    unmerge_assets,
)
from assets.models import Asset, Assignment, Status
from assets.resolve import resolve
from core import days, verify
from core.access import SYSTEM
from core.problems import Refused
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
    correct_asset(asset, by=ana, reason="Two students of one name", holder=jamal,
                  at=start + 2 * DAY)  # fmt: skip
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


def test_what_had_left_before_its_merge_has_left_after_the_undoing(
    ana: User, lincoln: School
) -> None:
    gone, winner = make_asset(school=lincoln), make_asset(school=lincoln)
    change_status(gone, to=Status.SURPLUS, by=ana)
    change_status(gone, to=Status.AWAITING_DISPOSAL, by=ana)
    dispose_asset(gone, by=ana, method="recycled", disposed_on=days.today())
    merge_assets(gone, into=winner, by=ana, reason="Twice")
    unmerge_assets(gone, by=ana, reason="Not the same")
    gone.refresh_from_db()
    assert (gone.status, gone.place) == (Status.DISPOSED, "closed")
    assert gone.disposals.filter(reopened_at=None).count() == 1
    assert verify.verify().findings == []


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
