"""A room is changed on its page whoever answers for it: who is left alone is not looked up."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset
from core.access import SYSTEM
from core.models import Entry
from people.actions import change_person, change_room
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_student
from tests.people.test_two_editors import fields
from tests.refusing import page_says

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


@pytest.fixture
def answered(room: Room, maria: Person) -> Room:
    return change_room(room, by=SYSTEM, custodian=maria)


def opened(client: Client, room: Room) -> tuple[dict[str, Any], str]:
    page = client.get(f"/rooms/{room.pk}/edit/").content.decode()
    return fields(page), unescape(page)


def renamed(client: Client, room: Room, typed: dict[str, Any]) -> Room:
    answer = client.post(f"/rooms/{room.pk}/edit/", typed | {"name": "Robotics"})
    assert answer.status_code == 302, answer.content
    entry = Entry.objects.of(room).order_by("-pk").first()
    assert entry is not None
    assert set(entry.changes) == {"name"}
    return Room.objects.get(pk=room.pk)


def test_who_left_answers_for_it_until_somebody_says_otherwise(
    answered: Room, maria: Person, jamal: Person, ana: User, client_of: Of, api_of: Of
) -> None:
    change_person(maria, by=SYSTEM, active=False)
    client, url = client_of(ana), f"/rooms/{answered.pk}/edit/"
    typed, _page = opened(client, answered)
    assert typed["custodian"] == maria.local_id
    assert renamed(client, answered, typed).custodian == maria

    typed, _page = opened(client, answered)
    assert client.post(url, typed | {"custodian": jamal.local_id}).status_code == 302
    typed, _page = opened(client, answered)
    page_says(
        client, url, typed | {"custodian": maria.local_id}, "person-inactive", "no longer on the"
    )
    page_says(client, url, typed | {"custodian": "S-NOBODY"}, "unknown-person", "has the id")
    assert client.post(url, typed | {"custodian": ""}).status_code == 302
    assert Room.objects.get(pk=answered.pk).custodian is None

    back = change_person(Person.objects.get(pk=maria.pk), by=SYSTEM, active=True)
    change_room(answered, by=SYSTEM, custodian=maria)
    change_person(back, by=SYSTEM, active=False)
    api, rest = api_of(ana), f"/api/v1/rooms/{answered.pk}"
    etag = {"if-match": api.get(rest)["ETag"]}
    answer = api.patch(rest, {"name": "Lab"}, "application/json", headers=etag)
    assert answer.status_code == 200
    assert Room.objects.get(pk=answered.pk).custodian == maria


def test_tom_neither_sees_the_id_nor_a_link_of_whom_he_may_not_open(
    answered: Room, maria: Person, washington: School, tom: User, ana: User, client_of: Of
) -> None:
    client, path = client_of(tom), f"/people/{maria.pk}/"
    assert path in client.get(f"/rooms/{answered.pk}/").content.decode()
    change_person(maria, by=SYSTEM, school=washington)
    assert client.get(path).status_code == 404
    page = client.get(f"/rooms/{answered.pk}/").content.decode()
    assert path not in page
    assert "Maria Lopez" in page, "the room is his, with who answers for it"
    typed, page = opened(client, answered)
    assert maria.local_id not in page
    assert typed["custodian"] == "Maria Lopez"
    assert renamed(client, answered, typed).custodian == maria
    page_says(
        client,
        f"/rooms/{answered.pk}/edit/",
        opened(client, answered)[0] | {"custodian": maria.local_id},
        "unknown-person",
        "Nobody of your schools",
    )
    assert path in client_of(ana).get(f"/rooms/{answered.pk}/").content.decode()


def test_a_thing_links_to_its_holder_only_where_that_leads_somewhere(
    lincoln: School, washington: School, tom: User, ana: User, client_of: Of
) -> None:
    ruth = make_student(school=lincoln, first="Ruth", last="Diaz")
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=ruth, by=SYSTEM)
    url, path = f"/assets/{asset.pk}/", f"/people/{ruth.pk}/"
    assert path in client_of(tom).get(url).content.decode()
    change_person(ruth, by=SYSTEM, school=washington)
    page = client_of(tom).get(url).content.decode()
    assert path not in page
    assert client_of(tom).get(path).status_code == 404
    assert path in client_of(ana).get(url).content.decode()
