"""Rows that were merged and should not have been: undone, all is as it stood."""

from datetime import timedelta

import pytest
import time_machine

from assets.actions import correct_asset, merge_assets, unmerge_assets, void_asset
from assets.codes.resolve import resolve
from assets.models import Asset, AssetSpan, Status
from assets.models.status import GONE
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.models import School, User
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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
