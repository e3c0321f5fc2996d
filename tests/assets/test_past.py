"""A past day shows what was true on it, and nothing that was learned of later days."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset, verify_asset
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
DAY = timedelta(days=1)


def test_a_room_shows_what_was_in_it_on_a_day(
    tom: User, lincoln: School, room: Room, maria: Person, client_of: Of
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, tag="100701", at=start, room=lincoln.rooms.get(code="LIB"))
    move_asset(asset, to=room, by=tom, at=start + 5 * DAY)
    assign_asset(asset, to=maria, by=tom, at=start + 20 * DAY)
    client = client_of(tom)

    def on(day: int) -> str:
        date = days.local_date(start + day * DAY).isoformat()
        return client.get(f"/rooms/{room.pk}/?on={date}").content.decode()

    assert "100701" not in client.get(f"/rooms/{room.pk}/").content.decode()
    assert "100701" not in on(3)
    assert "100701" in on(10)
    assert "In stock" in on(10), "as it stood then, not as it stands now"
    assert "100701" not in on(25)


def test_a_list_of_a_day_knows_no_later_sighting(tom: User, lincoln: School, client_of: Of) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, tag="100702", at=start)
    for after in (2, 20):
        verify_asset(asset, by=tom, at=start + after * DAY)
    day = days.local_date(start + 10 * DAY)
    seen, later = (f"{days.local_date(start + n * DAY):%m/%d/%Y}" for n in (2, 20))
    client = client_of(tom)
    for address in ("/assets/?columns=tag,verified&", f"/assets/{asset.pk}/?"):
        page = client.get(f"{address}as_of={day}").content.decode()
        assert seen in page
        assert later not in page


@pytest.mark.parametrize("day", ["9999-12-31", "0000-00-00", "2020-W01-1", "12/31/2020", "x"])
def test_what_is_no_past_day_is_refused_with_a_sentence(
    tom: User, lincoln: School, room: Room, maria: Person, client_of: Of, day: str
) -> None:
    asset = make_asset(school=lincoln, tag="100703")
    client = client_of(tom)
    for address in (
        "/assets/?as_of=",
        f"/assets/{asset.pk}/?as_of=",
        f"/rooms/{room.pk}/?on=",
        f"/people/{maria.pk}/?on=",
        "/activity/?on=",
    ):
        answer = client.get(address + day)
        assert answer.status_code == 400, address
        assert "day before it" in answer.content.decode() or "YYYY-MM-DD" in answer.content.decode()


def test_the_calendar_has_a_first_and_a_last_day(district: object) -> None:
    for day in (days.now().date().min, days.now().date().max):
        assert days.start_of_day(day) <= days.end_of_day(day)


@pytest.mark.parametrize("way", ["seen", "returned"])
def test_a_condition_told_late_of_an_earlier_day_leaves_the_day_of_the_later_word(
    tom: User, lincoln: School, maria: Person, way: str
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, tag="100704", at=start)
    assign_asset(asset, to=maria, by=tom, at=start + DAY)
    verify_asset(asset, by=tom, condition="good", at=start + 25 * DAY)
    late = start + 20 * DAY
    if way == "seen":
        verify_asset(asset, by=tom, condition="poor", at=late)
    else:
        return_asset(asset, by=tom, condition="poor", at=late)
    asset.refresh_from_db()
    noted = days.local_date(start + 25 * DAY)
    assert (asset.condition, asset.condition_on) == ("good", noted)
    assert asset.spans.as_of(start + 22 * DAY).get().condition == "poor"
    assert asset.spans.as_of(start + 26 * DAY).get().condition == "good"
    verify_asset(asset, by=tom, condition="fair")
    asset.refresh_from_db()
    assert (asset.condition, asset.condition_on) == ("fair", days.today())
