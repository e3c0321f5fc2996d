"""Whoever takes a thing into a school may do there what they do: Tom is technician at Lincoln and
only views Washington, so nothing of Lincoln becomes Washington's by him, at whatever door."""

import pytest

from assets.actions import (
    assign_asset,
    change_asset,
    hand_over_asset,
    merge_assets,
    return_asset,
    return_assets,
    unmerge_assets,
    verify_asset,
)
from assets.models import AssetSpan
from core.access import SYSTEM
from core.journal import verify
from core.problems import NotPermitted
from people.actions import add_membership
from people.models import Person, Room, School, User
from people.roles import Role
from tests.assets.target import ACTS, fresh, of_both, ready, seeing, state_of, there
from tests.cast import again, make_user
from tests.factories import make_asset

__all__ = ["of_both", "seeing", "there"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ACTS)
def test_who_only_views_a_school_takes_nothing_there(
    name: str, seeing: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    before = state_of(asset)
    with pytest.raises(NotPermitted, match="in the school that it would go to"):
        ACTS[name](asset, there, seeing)
    assert state_of(asset) == before


@pytest.mark.parametrize("name", ACTS)
def test_a_room_of_a_school_that_is_not_theirs_is_not_there(
    name: str, tom: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    before = state_of(asset)
    with pytest.raises((Room.DoesNotExist, School.DoesNotExist)):
        ACTS[name](asset, there, tom)
    assert state_of(asset) == before


@pytest.mark.parametrize("name", ACTS)
def test_who_works_at_both_schools_takes_it_there(
    name: str, of_both: User, lincoln: School, there: Room, maria: Person
) -> None:
    asset = ready(name, lincoln, maria)
    ACTS[name](asset, there, of_both)
    after = fresh(asset)
    if name == "home room":
        assert (after.home_room, after.school) == (there, lincoln)
    else:
        assert after.school == there.school
        assert name == "correct a school" or after.room == there
    assert verify.verify().findings == []


def test_a_sighting_names_no_room_that_is_not_theirs(
    tom: User, lincoln: School, there: Room
) -> None:
    asset = make_asset(school=lincoln)
    with pytest.raises(Room.DoesNotExist):
        verify_asset(asset, room=there, by=tom)
    assert not asset.verifications.exists()


def test_a_home_room_elsewhere_takes_no_check_in_of_who_may_not_check_in_there(
    seeing: User, ana: User, lincoln: School, there: Room, room: Room, maria: Person
) -> None:
    asset, other, stays = (make_asset(school=lincoln) for _ in range(3))
    for one in (asset, other):
        change_asset(one, home_room=there, by=ana)
    change_asset(stays, home_room=room, by=ana)
    for one in (asset, other, stays):
        assign_asset(fresh(one), to=maria, by=SYSTEM)
    for things in ([asset], [stays, other]):
        with pytest.raises(NotPermitted, match="Choose another room"):
            return_assets([fresh(x) for x in things], by=seeing)
    assert {fresh(x).holder for x in (asset, other, stays)} == {maria}
    return_asset(fresh(asset), room=room, by=seeing)
    return_asset(fresh(stays), by=seeing)
    assert [(fresh(x).school, fresh(x).room) for x in (asset, stays)] == [(lincoln, room)] * 2
    return_asset(fresh(other), by=ana)
    assert (fresh(other).room, fresh(other).school) == (there, there.school), "it is theirs again"
    assert verify.verify().findings == []


def test_from_hand_to_hand_it_stays_of_its_school(
    seeing: User, ana: User, lincoln: School, there: Room, maria: Person, jamal: Person
) -> None:
    asset = make_asset(school=lincoln)
    change_asset(asset, home_room=there, by=ana)
    assign_asset(fresh(asset), to=maria, by=seeing)
    for by, to in ((seeing, jamal), (ana, maria)):
        hand_over_asset(fresh(asset), to=to, by=by)
        assert (fresh(asset).holder, fresh(asset).school) == (to, lincoln)
    schools = AssetSpan.objects.filter(asset=asset).values_list("school", flat=True)
    assert set(schools) == {lincoln.pk}


def test_both_schools_of_a_merge_are_asked(
    lincoln: School, washington: School, district: object
) -> None:
    dan = make_user("Dan", Role.TECHNOLOGY_DIRECTOR, lincoln)
    add_membership(dan, by=SYSTEM, role=Role.VIEWER, school=washington)
    dan = again(dan)
    here, away, second = (make_asset(school=s) for s in (lincoln, washington, lincoln))
    for loser, winner in ((here, away), (away, here)):
        with pytest.raises(NotPermitted):
            merge_assets(loser, into=winner, by=dan, reason="One item")
        assert fresh(loser).merged_into is None
    merge_assets(second, into=here, by=dan, reason="One item")
    assert fresh(second).merged_into == here
    merge_assets(fresh(here), into=away, by=SYSTEM, reason="One item")
    with pytest.raises(NotPermitted):
        unmerge_assets(fresh(here), by=dan, reason="Two items")
