"""Place, room, person and school of a thing say one thing together, whatever is learned late."""

from datetime import timedelta

import pytest
from django.db.models import F

from assets.actions import assign_asset, correct_asset, move_asset, put_back_assets
from assets.mistakes.standing import Standing
from assets.models import Asset, AssetSpan
from core.journal import verify
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def back_in_its_room(ana: User, lincoln: School, room: Room) -> Asset:
    """Moved from one room of Lincoln to another twenty days ago, which was taken back just now."""
    asset = make_asset(school=lincoln, at=days.now() - 30 * DAY, room=room)
    stood = Standing.of(asset)
    move_asset(asset, to=lincoln.rooms.get(code="LIB"), by=ana, at=days.now() - 20 * DAY)
    put_back_assets([(asset, stood)], by=ana)
    return Asset.objects.get(pk=asset.pk)


def _whole(asset: Asset) -> None:
    """No span that holds for any time has a room of another school, and today's is the thing's."""
    known = AssetSpan.objects.known().filter(asset=asset).select_related("room")
    for span in known.exclude(valid_to=F("valid_from")):
        assert span.room is None or span.room.school_id == span.school_id, span
    now = AssetSpan.objects.as_of(days.now()).get(asset=asset)
    fresh = Asset.objects.get(pk=asset.pk)
    assert (fresh.school_id, fresh.room_id, fresh.place) == (now.school_id, now.room_id, now.place)
    assert verify.verify().findings == []


def test_a_move_that_is_learned_late_ends_whole_where_an_undo_told_another_room(
    back_in_its_room: Asset, ana: User, lincoln: School, washington: School, room: Room
) -> None:
    library = washington.rooms.get(code="LIB")
    at = days.now() - 10 * DAY
    move_asset(back_in_its_room, to=library, by=ana, at=at)
    asset = Asset.objects.get(pk=back_in_its_room.pk)
    assert (asset.school_id, asset.room_id) == (lincoln.pk, room.pk)
    then = AssetSpan.objects.as_of(at + DAY).get(asset=asset)
    assert (then.school_id, then.room_id) == (washington.pk, library.pk)
    _whole(asset)


def test_a_loan_that_is_learned_late_leaves_it_in_the_room_to_which_an_undo_took_it(
    back_in_its_room: Asset, ana: User, maria: Person, room: Room
) -> None:
    assign_asset(back_in_its_room, to=maria, by=ana, at=days.now() - 10 * DAY)
    asset = Asset.objects.get(pk=back_in_its_room.pk)
    assert (asset.place, asset.room_id, asset.person_id) == ("room", room.pk, None)
    _whole(asset)


def test_another_school_alone_can_be_said_after_an_undo(
    back_in_its_room: Asset, ana: User, washington: School
) -> None:
    correct_asset(back_in_its_room, by=ana, reason="Wrong school", school=washington)
    asset = Asset.objects.get(pk=back_in_its_room.pk)
    assert (asset.school_id, asset.room_id) == (washington.pk, None)
    _whole(asset)
