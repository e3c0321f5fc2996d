"""Who edits a thing and leaves its home room alone leaves it the home room that it has."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.models import Entry
from people.actions import change_room
from people.models import Room, School, User
from tests.factories import make_asset
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
AWAY = "as it stands (a room of another school)"


@pytest.fixture
def asset(lincoln: School, room: Room) -> Asset:
    return make_asset(school=lincoln, home_room=room, description="By the window")


def opened(client: Client, asset: Asset) -> tuple[dict[str, Any], str]:
    page = client.get(f"/assets/{asset.pk}/edit/").content.decode()
    return fields(page), unescape(page)


def saved(client: Client, asset: Asset, typed: dict[str, Any]) -> Asset:
    answer = client.post(f"/assets/{asset.pk}/edit/", typed)
    assert answer.status_code == 302, answer.content
    return Asset.objects.get(pk=asset.pk)


def told(asset: Asset) -> set[str]:
    """What the last entry says that it changed."""
    entry = Entry.objects.of(asset).order_by("-pk").first()
    assert entry is not None
    return set(entry.changes)


def out_of_use(room: Room) -> None:
    change_room(Room.objects.get(pk=room.pk), by=SYSTEM, active=False)


def test_a_room_that_is_out_of_use_stays_its_home(
    asset: Asset, room: Room, library: Room, ana: User, client_of: Of, api_of: Of
) -> None:
    out_of_use(room)
    client = client_of(ana)
    typed, page = opened(client, asset)
    assert f"Lincoln Middle School · {room} (out of use)" in page
    after = saved(client, asset, typed | {"description": "By the door"})
    assert (after.home_room, after.description) == (room, "By the door")
    assert told(asset) == {"description"}

    api, url = api_of(ana), f"/api/v1/assets/{asset.pk}"
    etag = api.get(url)["ETag"]
    answer = api.patch(url, {"use": "Math"}, "application/json", headers={"if-match": etag})
    assert answer.status_code == 200
    assert Asset.objects.get(pk=asset.pk).home_room == room
    assert told(asset) == {"use"}

    typed, _page = opened(client, asset)
    assert saved(client, asset, typed | {"home_room": library.pk}).home_room == library
    typed, page = opened(client, asset)
    assert "out of use" not in page, "nobody chooses it any more"
    again = client.post(f"/assets/{asset.pk}/edit/", typed | {"home_room": room.pk})
    assert "Select a valid choice" in again.content.decode()
    kept = client.post(f"/assets/{asset.pk}/edit/", typed | {"home_room": "kept"})
    assert "Select a valid choice" in kept.content.decode()
    assert saved(client, asset, typed | {"home_room": ""}).home_room is None


def test_a_room_that_went_out_of_use_meanwhile_stays_its_home(
    asset: Asset, room: Room, ana: User, client_of: Of
) -> None:
    client = client_of(ana)
    typed, _page = opened(client, asset)
    assert typed["home_room"] == str(room.pk)
    out_of_use(room)
    assert saved(client, asset, typed | {"description": ""}).home_room == room
    assert told(asset) == {"description"}


def test_tom_leaves_a_room_of_another_school_alone_and_learns_nothing_of_it(
    asset: Asset, washington: School, tom: User, ana: User, client_of: Of
) -> None:
    there = washington.rooms.get(code="102")
    change_room(there, by=SYSTEM, building="Annex", name="Robotics")
    typed, _page = opened(client_of(ana), asset)
    saved(client_of(ana), asset, typed | {"home_room": there.pk})

    client = client_of(tom)
    typed, page = opened(client, asset)
    assert AWAY in page
    assert not any(word in page for word in ("Annex", "Robotics", "Washington"))
    assert typed["home_room"] == "kept"
    after = saved(client, asset, typed | {"description": "By the door"})
    assert (after.home_room, after.description) == (there, "By the door")
    assert told(asset) == {"description"}

    # It goes to another one of theirs while Tom has the form open.
    typed, _page = opened(client, asset)
    other, _page = opened(client_of(ana), asset)
    saved(client_of(ana), asset, other | {"home_room": washington.rooms.get(code="101").pk})
    answer = client.post(f"/assets/{asset.pk}/edit/", typed | {"home_room": ""})
    page = answer.content.decode()
    assert f"Here stands now: {AWAY}" in page
    assert "Washington" not in page
    assert saved(client, asset, fields(page)).home_room is None, "he means it"
