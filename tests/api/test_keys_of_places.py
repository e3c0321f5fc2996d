"""Where a thing of Lincoln comes from, goes to and is at home may be another school: the key to a
school or room is told to who may open it, on the page, by REST and in the feed alike."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset, move_asset
from assets.models import Asset
from core.access import SYSTEM
from people.models import Room, School, User
from tests.api.test_feed import feed
from tests.factories import make_asset

pytestmark = pytest.mark.django_db(transaction=True)
Api = Callable[[User], Client]
OF_PLACES = {"school", "room", "home_room"}


@pytest.fixture
def there(washington: School) -> Room:
    return washington.rooms.get(code="101")


@pytest.fixture
def thing(lincoln: School, room: Room, there: Room) -> Asset:
    """It went to Washington and came back, and is at home there."""
    thing = make_asset(school=lincoln, room=room)
    move_asset(thing, to=there, by=SYSTEM)
    move_asset(thing, to=room, by=SYSTEM)
    return change_asset(Asset.objects.get(pk=thing.pk), by=SYSTEM, home_room=there)


def keys(told: Any, name: str = "") -> set[tuple[str, int]]:
    """The keys of schools and rooms anywhere in an answer."""
    if isinstance(told, dict):
        return set().union(*(keys(v, k.removesuffix("_id")) for k, v in told.items()), set())
    if isinstance(told, list):
        return set().union(*(keys(v, name) for v in told), set())
    return {(name, told)} if isinstance(told, int) and name in OF_PLACES else set()


def test_tom_of_lincoln_is_told_no_key_of_washington(
    thing: Asset, tom: User, api_of: Api, lincoln: School, room: Room
) -> None:
    api = api_of(tom)
    mine = {("school", lincoln.pk), ("room", room.pk)}
    about = of_thing(feed(api), thing)
    assert [e["kind"] for e in about][1:] == ["asset.moved", "asset.moved", "asset.changed"]
    told = keys(about)
    assert mine <= told
    assert {pair for pair in told - mine if api.get(address(pair)).status_code != 200} == set()
    left, back = about[1:3]
    assert "room" not in left["changes"]
    assert (left["school"], left["tombstone"]) == (None, True)
    assert back["changes"]["room"] == [None, room.pk]
    assert back["changes"]["school"] == [None, lincoln.pk]
    one = api.get(f"/api/v1/assets/{thing.pk}").json()
    assert (one["school"], one["room"], one["home_room"]) == (lincoln.pk, room.pk, None)
    assert api.get("/api/v1/assets").json()["results"][0]["home_room"] is None


def test_ana_of_the_district_is_told_all_of_them(
    thing: Asset, ana: User, api_of: Api, washington: School, there: Room
) -> None:
    api = api_of(ana)
    told = keys(of_thing(feed(api), thing))
    assert {("school", washington.pk), ("room", there.pk), ("home_room", there.pk)} <= told
    assert api.get(f"/api/v1/assets/{thing.pk}").json()["home_room"] == there.pk


def of_thing(entries: list[dict[str, Any]], thing: Asset) -> list[dict[str, Any]]:
    who = ("assets.asset", thing.pk)
    return [e for e in entries if (e["subject_type"], e["subject_id"]) == who]


def address(pair: tuple[str, int]) -> str:
    name, key = pair
    return f"/api/v1/{'schools' if name == 'school' else 'rooms'}/{key}"
