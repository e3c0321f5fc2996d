"""Dora enters a school, a room or a person that cannot be so, and is told why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from people.actions import (
    PersonDraft,
    create_room,
    create_school,
    erase_person,
    merge_people,
    save_people,
)
from people.actions.roster import add_person
from people.models import Person, Room, School, User
from tests.factories import make_student
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_a_school_of_a_code_that_is_there(
    ana: User, lincoln: School, washington: School, client_of: Of, api_of: Of
) -> None:
    said = "a school with this code already: give another"
    asked = {"code": "lin", "name": "Lincoln High"}
    page_says(client_of(ana), "/schools/new/", asked, "school-code-taken", said)
    page_says(client_of(ana), f"/schools/{washington.pk}/edit/", asked, "school-code-taken", said)
    rest_says(api_of(ana), "schools", asked, "school-code-taken", said, pointer="/code")


@pytest.mark.parametrize(
    ("code", "name", "expected"), [(" ", "X", "code-missing"), ("X", " ", "name-missing")]
)
def test_a_school_without_a_code_or_name(code: str, name: str, expected: str, ana: User) -> None:
    with refusal(expected), pytest.raises(Refused, match="Give the school a"):
        create_school(code, name, by=ana)


def test_a_room_that_the_school_has(
    tom: User, lincoln: School, library: Room, client_of: Of, api_of: Of
) -> None:
    said = "Lincoln Middle School has the room main lib already: give another"
    asked = {"building": "main", "code": "lib"}
    client, api = client_of(tom), api_of(tom)
    page_says(client, f"/schools/{lincoln.pk}/rooms/new/", asked, "room-code-taken", said)
    other = lincoln.rooms.get(code="101")
    page_says(client, f"/rooms/{other.pk}/edit/", asked, "room-code-taken", said)
    body = asked | {"school": lincoln.pk}
    rest_says(api, "rooms", body, "room-code-taken", said, pointer="/code")
    tag = api.get(f"/api/v1/rooms/{other.pk}")["ETag"]
    path = f"rooms/{other.pk}"
    rest_says(api, path, asked, "room-code-taken", said, method="PATCH", **{"If-Match": tag})


def test_a_room_without_a_number(tom: User, lincoln: School) -> None:
    with refusal("room-missing"), pytest.raises(Refused, match="Give the room a number"):
        create_room(lincoln, " ", by=tom)


def test_an_id_that_somebody_has(
    ana: User, lincoln: School, maria: Person, jamal: Person, client_of: Of, api_of: Of
) -> None:
    said = "Somebody has this id already: give another"
    asked: dict[str, Any] = {
        "kind": "student",
        "local_id": maria.local_id.lower(),
        "school": lincoln.pk,
    }
    page_says(client_of(ana), "/people/new/", asked, "local-id-taken", said)
    page_says(client_of(ana), f"/people/{jamal.pk}/edit/", asked, "local-id-taken", said)
    rest_says(api_of(ana), "people", asked, "local-id-taken", said, pointer="/local_id")


def test_nobody_is_entered_without_an_id(ana: User, lincoln: School, maria: Person) -> None:
    erase_person(maria, by=ana, reason="Asked for")
    draft = PersonDraft(local_id=" ", school=lincoln)
    with refusal("local-id-missing"), pytest.raises(Refused, match="Each person needs a local id"):
        save_people([draft], by=ana)
    with refusal("local-id-missing"), pytest.raises(Refused, match="Each person needs a local id"):
        add_person(draft, by=ana)


def test_a_roster_that_names_somebody_twice_changes_nobody(
    rob: User, lincoln: School, maria: Person, api_of: Of
) -> None:
    row = {"school": lincoln.pk, "kind": "student"}
    ids = ("S-77", "S-78", "s-77")
    body = {"people": [row | {"local_id": local_id} for local_id in ids]}
    said = "This id stands here twice: send each person once"
    rest_says(
        api_of(rob), "people/bulk", body, "local-id-twice", said, pointer="/people/0/local_id"
    )
    assert not Person.objects.filter(local_id__iexact="S-77").exists()


def test_nobody_is_merged_into_somebody_who_is_somebody_else(
    ana: User, lincoln: School, maria: Person, jamal: Person, client_of: Of, api_of: Of
) -> None:
    said = "Choose another person, who is not merged into somebody"
    twin = merge_people(make_student(school=lincoln), into=maria, by=SYSTEM, reason="Twice")
    gone = Person.objects.get(merged_into=twin)
    for into in (jamal, gone):
        body = {"into": into.pk, "reason": "The same"}
        rest_says(api_of(ana), f"people/{jamal.pk}/merge", body, "merge-target", said)
    typed = {"into": jamal.local_id, "reason": "The same"}
    page_says(client_of(ana), f"/people/{jamal.pk}/merge/", typed, "merge-target", said)
