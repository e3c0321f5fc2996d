"""Who left the roster, or is a merged row, comes to answer for no room, at whatever door; who
answered before they left goes on until somebody says otherwise."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from people.actions import change_person, change_room, create_room, merge_people
from people.models import Person, Room, School, User
from tests.factories import make_student
from tests.people.test_two_editors import fields
from tests.refusing import meanwhile, page_says, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
GONE = ("person-inactive", "no longer on the roster: name somebody who is")


@pytest.fixture(params=["left", "merged"])
def gone(request: pytest.FixtureRequest, lincoln: School) -> Person:
    person = make_student(school=lincoln)
    if request.param == "left":
        change_person(person, by=SYSTEM, active=False)
    else:
        stays = make_student(school=lincoln, first="Stays")
        merge_people(person, into=stays, by=SYSTEM, reason="The same")
    return Person.objects.get(pk=person.pk)


def test_tom_is_told_by_rest(
    gone: Person, tom: User, lincoln: School, room: Room, api_of: Of
) -> None:
    api, url = api_of(tom), f"rooms/{room.pk}"
    seen = {"If-Match": api.get(f"/api/v1/{url}")["ETag"]}
    said: Any = {"custodian": gone.pk}
    rest_says(api, url, said, *GONE, method="PATCH", pointer="/custodian", **seen)
    new = said | {"school": lincoln.pk, "code": "NEW"}
    rest_says(api, "rooms", new, *GONE, pointer="/custodian")
    assert Room.objects.get(pk=room.pk).custodian_id != gone.pk


def test_tom_is_told_on_the_page(
    lincoln: School, tom: User, room: Room, maria: Person, client_of: Of
) -> None:
    change_person(maria, by=SYSTEM, active=False)
    client = client_of(tom)
    for url in (f"/rooms/{room.pk}/edit/", f"/schools/{lincoln.pk}/rooms/new/"):
        typed = fields(client.get(url).content.decode())
        page_says(client, url, typed | {"code": "9", "custodian": maria.local_id}, *GONE)


def test_who_answered_before_they_left_goes_on_by_rest(
    room: Room, maria: Person, tom: User, api_of: Of
) -> None:
    change_room(room, by=SYSTEM, custodian=maria)
    change_person(maria, by=SYSTEM, active=False)
    api, url = api_of(tom), f"/api/v1/rooms/{room.pk}"
    seen, body = {"If-Match": api.get(url)["ETag"]}, {"custodian": maria.pk, "name": "Lab"}
    answer = api.patch(url, body, "application/json", headers=seen)
    assert answer.status_code == 200, answer.content
    assert Room.objects.get(pk=room.pk).custodian == maria


def refused(act: Callable[[], object]) -> list[str]:
    try:
        act()
    except Refused as error:
        return [p.code for p in error.problems]
    return []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["change", "create"])
def test_who_leaves_this_moment_answers_for_nothing(
    door: str, lincoln: School, room: Room, maria: Person
) -> None:
    with meanwhile(lambda: change_person(maria, by=SYSTEM, active=False)):
        codes = refused(
            lambda: (
                change_room(room, by=SYSTEM, custodian=maria)
                if door == "change"
                else create_room(lincoln, "NEW", by=SYSTEM, custodian=maria)
            )
        )
    assert codes == ["person-inactive"]
    assert not Room.objects.filter(custodian=maria).exists()
