"""What a form hides to know what it showed tells nobody a value that they may not know."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from core.access import SYSTEM
from funding.actions import paying_of
from people.actions import change_room
from people.models import Room, School, User
from tests.factories import make_asset, make_purchase
from tests.forms import Browser
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[[User], Browser]


def seen(client: Browser, path: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(fields(client.get(path).content.decode())["seen"])
    return told


def plain(value: Any) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()


def test_the_room_of_another_school_is_not_found_by_trying(
    lincoln: School, washington: School, library: Room, tom: User, client_of: Of, settings: Any
) -> None:
    there, client = washington.rooms.get(code="102"), client_of(tom)
    away, twin = (make_asset(school=lincoln, home_room=there) for _n in range(2))
    path = f"/assets/{away.pk}/edit/"
    told = seen(client, path)
    assert not plain(there.pk).startswith(told["home_room"])
    assert told == seen(client, path), "it is the same while nothing changed"
    other = seen(client, f"/assets/{twin.pk}/edit/")
    assert other["home_room"] != told["home_room"], "two items of one room are not known by it"
    empty = [value for name, value in told.items() if name != "home_room"]
    assert len(set(empty)) == len(empty), "nor are two empty fields"

    settings.SECRET_KEY = "another key of fifty letters and more, of another district"
    assert not set(seen(client_of(tom), path).values()) & set(told.values()), (
        "nobody else computes it"
    )


def test_who_pays_for_a_unit_is_not_found_by_trying(lincoln: School, settings: Any) -> None:
    _purchase, [one, two, _three] = make_purchase()
    told = paying_of(one)
    assert told != paying_of(two)
    assert not plain(f"{one.cost}: []").startswith(told)
    settings.SECRET_KEY = "another key of fifty letters and more, of another district"
    assert told != paying_of(one)


def test_a_form_of_another_row_is_told_that_it_is_one(
    lincoln: School, room: Room, library: Room, ana: User, client_of: Of
) -> None:
    client, path = client_of(ana), f"/rooms/{room.pk}/edit/"
    change_room(room, by=SYSTEM, name="Lab")
    typed = fields(client.get(f"/rooms/{library.pk}/edit/").content.decode())
    page = client.post(path, typed).content.decode()
    assert "Somebody changed this since you opened it" in page
    assert Room.objects.get(pk=room.pk).name == "Lab"
