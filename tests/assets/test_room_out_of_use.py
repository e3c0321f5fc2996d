"""A room was put out of use while things stand in it: whoever goes there with a scanner sees them
and carries them away; nothing new is said to be there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.actions import verify_asset
from assets.models import Asset, Verification
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.models import Award
from people.actions import change_room
from people.models import Room, School, User
from reports.property_record.build import build
from tests import forms
from tests.api.test_strict import Api, post
from tests.factories import make_asset, make_purchase
from tests.refusing import rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User], Client]


@pytest.fixture
def closed(lincoln: School, room: Room) -> Room:
    make_asset(school=lincoln, room=room, tag="STANDS-1")
    return change_room(room, by=SYSTEM, active=False)


def scanned(client: Client, *codes: str, **more: Any) -> str:
    client.post("/scan/", {"clear": "1"} | more)
    for code in codes:
        forms.scanned(client, code)
    return client.get("/scan/").content.decode()


@pytest.mark.parametrize("code", ["101", "R:LIN:Main:101"])
def test_tom_takes_the_inventory_of_it_and_empties_it(
    closed: Room, library: Room, tom: User, client_of: Of, code: str
) -> None:
    page = scanned(client_of(tom), code, "STANDS-1", mode="verify")
    assert "STANDS-1 seen" in page
    assert "no longer in use" not in page
    seen = Verification.objects.get(asset__tag="STANDS-1")
    assert seen.room == closed
    assert days.local_date(seen.seen_at) == days.today()

    page = scanned(client_of(tom), "LIB", "STANDS-1", mode="move")
    assert "STANDS-1 is in" in page
    assert Asset.objects.get(tag="STANDS-1").room == library
    page = scanned(client_of(tom), code, mode="verify")
    assert "Nothing of your schools has this code" in page, "it is empty, and no room any more"


def test_by_page_and_rest_too(closed: Room, tom: User, client_of: Of, api_of: Api) -> None:
    asset = Asset.objects.get(tag="STANDS-1")
    answer = client_of(tom).post(f"/assets/{asset.pk}/verify/", {"confirmed": "1"})
    assert answer.status_code == 302, answer.content
    assert post(api_of(tom), f"assets/{asset.pk}/verify", {"room": closed.pk}).status_code == 200
    many = {"assets": [asset.pk], "room": closed.pk}
    assert post(api_of(tom), "assets/verify", many).status_code == 200
    assert Verification.objects.filter(asset=asset, room=closed).count() == 3


def test_what_the_register_has_elsewhere_is_not_brought_into_it(
    closed: Room, library: Room, lincoln: School, tom: User, client_of: Of, api_of: Api
) -> None:
    other = make_asset(school=lincoln, room=library, tag="ELSE-1")
    said, url = {"room": closed.pk}, f"assets/{other.pk}/verify"
    rest_says(api_of(tom), url, said, "room-inactive", "no longer in use")
    page = scanned(client_of(tom), "101", "ELSE-1", mode="verify")
    assert "no longer in use" in page
    assert "no longer in use" in scanned(client_of(tom), "101", "ELSE-1", mode="move")
    assert not Verification.objects.exists()
    with pytest.raises(Refused):
        verify_asset(other, by=SYSTEM, room=closed)


def test_a_room_in_use_with_that_code_goes_first(
    closed: Room, washington: School, tom: User, ana: User, client_of: Of
) -> None:
    """Ana sees the room 101 of two schools; only one of them is in use."""
    there = washington.rooms.get(code="101")
    asset = make_asset(school=washington, room=there, tag="WAS-1")
    assert "WAS-1 seen" in scanned(client_of(ana), "101", "WAS-1", mode="verify")
    assert Verification.objects.get(asset=asset).room == there


def test_r1_counts_what_was_seen_there(
    closed: Room, lincoln: School, tom: User, arp: Award
) -> None:
    at = days.start_of_day(date(2025, 8, 1))
    _purchase, [unit] = make_purchase(quantity=1, shares=[(arp, "100")], at=at)
    used = change_room(closed, by=SYSTEM, active=True)
    paid = make_asset(school=lincoln, room=used, unit=unit, tag="PAID-1", at=at)
    change_room(closed, by=SYSTEM, active=False)
    when = days.start_of_day(date(2025, 9, 1))
    verify_asset(paid, by=tom, room=closed, at=when)
    for day, seen in ((date(2025, 8, 31), None), (date(2025, 9, 2), date(2025, 9, 1))):
        [row] = build(arp, as_of=day, known_at=days.now(), by=SYSTEM).rows
        assert row.last_verified_on == seen  # type: ignore[attr-defined]
