"""A school that was recorded wrongly is corrected: the rooms of the wrong one go with it."""

from datetime import timedelta

import pytest

from assets.actions import assign_asset, correct_asset, move_asset
from assets.models import Asset
from core.journal import verify
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def there(washington: School) -> Room:
    return washington.rooms.get(code="101")


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def test_a_corrected_school_leaves_the_rooms_of_the_wrong_one_from_the_same_instant(
    ana: User, lincoln: School, washington: School, library: Room, maria: Person
) -> None:
    start = days.now() - 20 * DAY
    asset = make_asset(school=lincoln, at=start)
    move_asset(asset, to=library, by=ana, at=start + 5 * DAY)
    assign_asset(fresh(asset), to=maria, by=ana, at=start + 8 * DAY)
    move_asset(fresh(asset), to=library, by=ana, at=start + 10 * DAY)
    believed = days.now()
    correct_asset(fresh(asset), by=ana, reason="Another school", school=washington)
    after = fresh(asset)
    assert (after.school, after.room, after.holder) == (washington, None, maria)
    assert (after.place, after.person) == ("person", maria), "it is with who has it"
    then = start + 10 * DAY  # the last word on where it was
    now, before = asset.spans.as_of(then).get(), asset.spans.as_of(then - HOUR).get()
    assert (now.school, now.room, now.person) == (washington, None, maria)
    assert (before.school, before.person) == (lincoln, maria)
    assert asset.spans.as_of(start + 6 * DAY).get().room == library
    assert asset.spans.as_of(then, believed).get().room == library
    assert verify.verify().findings == []


def test_from_a_day_on_until_somebody_moved_it(
    ana: User, lincoln: School, washington: School, room: Room, library: Room
) -> None:
    start = days.now() - 20 * DAY
    asset = make_asset(school=lincoln, room=room, at=start)
    move_asset(asset, to=library, by=ana, at=start + 8 * DAY)
    correct_asset(
        fresh(asset), by=ana, reason="Another school", school=washington, at=start + 4 * DAY
    )
    told = [(s.school, s.room) for d in (2, 5, 9) for s in asset.spans.as_of(start + d * DAY)]
    assert told == [(lincoln, room), (washington, None), (lincoln, library)], "the later word"
    other = make_asset(school=lincoln, room=room, at=start)
    correct_asset(other, by=ana, reason="Another school", school=washington)
    then = other.spans.as_of(start + HOUR).get()
    assert (then.school, then.place, then.room) == (washington, "unplaced", None)
    assert (fresh(other).place, fresh(other).room) == ("unplaced", None)
    assert verify.verify().findings == []


def test_a_room_that_is_given_wins_and_one_of_the_school_stays(
    ana: User, lincoln: School, washington: School, there: Room
) -> None:
    asset = make_asset(school=lincoln)
    correct_asset(asset, by=ana, reason="Misread", school=washington, room=there)
    assert (fresh(asset).school, fresh(asset).room) == (washington, there)
    correct_asset(fresh(asset), by=ana, reason="Misread", school=washington, tag="NEW-1")
    assert fresh(asset).room == there, "nothing was said of its school"
