"""Nobody and nothing new goes to a school that is out of use, by whatever door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from people.actions import (
    add_membership,
    change_person,
    change_room,
    change_school,
    create_room,
    save_people,
)
from people.actions.roster import PersonDraft
from people.models import Person, Room, School, User
from tests.factories import make_student
from tests.forms import sent
from tests.integrations.conftest import bring, look_at, outcomes, undo, why
from tests.refusing import page_says, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
SAID = "Washington Elementary is no longer in use."


@pytest.fixture
def closed(washington: School) -> School:
    change_school(washington, by=SYSTEM, active=False)
    return School.objects.get(pk=washington.pk)


@pytest.fixture
def there(washington: School) -> Person:
    """Somebody who was there before it closed."""
    return make_student(school=washington, first="Bea", last="Reed")


def test_no_act_brings_somebody_or_something_there(
    there: Person, closed: School, maria: Person, tom: User, ana: User
) -> None:
    acts: dict[str, Callable[[], Any]] = {
        "somebody new": lambda: save_people([PersonDraft(local_id="N1", school=closed)], by=ana),
        "somebody moved": lambda: change_person(maria, by=ana, school=closed),
        "moved by a roster": lambda: save_people(
            [PersonDraft(local_id=maria.local_id, school=closed)], by=ana
        ),
        "a room": lambda: create_room(closed, "9", by=ana),
        "a role": lambda: add_membership(tom, by=ana, role="viewer", school=closed),
    }
    for name, act in acts.items():
        with pytest.raises(Refused) as error:
            act()
        assert [str(p.message) for p in error.value.problems] == [SAID], name
    assert save_people([PersonDraft(local_id=there.local_id, school=closed, grade="5")], by=ana)
    change_person(there, by=ana, title="Who was there stays")


def test_a_list_of_people_is_told_so_in_its_preview(there: Person, closed: School) -> None:
    head = "Student ID,First name,Last name,School,Grade\n"
    new = look_at(head + f"N1,New,Kid,{closed.code},4\n", kind="people")
    assert (outcomes(new), why(new)) == ({"refused": 1}, SAID)
    stays = look_at(head + f"{there.local_id},Bea,Reed,{closed.code},9\n", kind="people")
    assert outcomes(stays) == {"update": 1}


@pytest.fixture
def left(there: Person) -> Person:
    """Somebody who left while it was open."""
    return change_person(there, by=SYSTEM, active=False)


@pytest.fixture
def shut(washington: School) -> Room:
    """A room that was put out of use while the school was open."""
    return change_room(create_room(washington, "7", by=SYSTEM), by=SYSTEM, active=False)


def test_who_left_does_not_come_back_there(
    left: Person, closed: School, lincoln: School, ana: User, api_of: Of
) -> None:
    back: dict[str, Any] = {"method": "PATCH", "pointer": "/active", "if_match": "*"}
    rest_says(api_of(ana), f"people/{left.pk}", {"active": True}, "school-inactive", SAID, **back)
    with pytest.raises(Refused, match="no longer in use"):
        save_people([PersonDraft(local_id=left.local_id, school=closed, active=True)], by=ana)
    row = f"Student ID,First name,Last name,School,Status\n{left.local_id},Bea,Reed,{{}},Active\n"
    seen = look_at(row.format(closed.code), kind="people")
    assert (outcomes(seen), why(seen)) == ({"refused": 1}, SAID)
    change_person(left, by=ana, active=False, title="Who left may be written of")
    assert change_person(left, by=ana, active=True, school=lincoln).active


def test_the_undo_of_a_list_brings_nobody_back_there(there: Person, ana: User) -> None:
    gone = f"Student ID,School,Status\n{there.local_id},{there.school.code},Inactive\n"
    session = bring(gone, kind="people", by=ana)
    change_school(there.school, by=ana, active=False)
    assert SAID in why(undo(session, by=ana))
    there.refresh_from_db()
    assert not there.active


def test_a_room_out_of_use_does_not_come_back_there(
    shut: Room, closed: School, ana: User, client_of: Of, api_of: Of
) -> None:
    back: dict[str, Any] = {"method": "PATCH", "pointer": "/active", "if_match": "*"}
    rest_says(api_of(ana), f"rooms/{shut.pk}", {"active": True}, "school-inactive", SAID, **back)
    address, client = f"/rooms/{shut.pk}/edit/", client_of(ana)
    form = sent(client.get(address).content.decode(), address, "use") | {"code": "7", "use": "in"}
    page_says(client, address, form, "school-inactive", SAID)
    change_room(shut, by=ana, name="Facts of it may change")
    change_school(closed, by=ana, active=True)
    assert change_room(shut, by=ana, active=True).active


def test_a_list_of_places_opens_a_room_with_its_school_alone(shut: Room, closed: School) -> None:
    file = f"School code,Room\n{closed.code},7\n"
    bring(file, kind="places", settle="reopen=keep")
    shut.refresh_from_db()
    assert not shut.active
    bring(file, kind="places", settle="reopen=open")
    shut.refresh_from_db()
    assert shut.active and School.objects.get(pk=closed.pk).active


def test_a_list_moves_nobody_who_is_here_there(closed: School, maria: Person) -> None:
    head = "Student ID,First name,Last name,School\n"
    row = f"{maria.local_id},{maria.first_name},{maria.last_name},{closed.code}\n"
    seen = look_at(head + row, kind="people", settle="person=same")
    assert (outcomes(seen), why(seen)) == ({"refused": 1}, SAID)


def test_no_form_offers_it_and_the_list_of_schools_says_so(
    there: Person, closed: School, ana: User, client_of: Of
) -> None:
    client = client_of(ana)
    option = f'<option value="{closed.pk}">'
    for address in ("/people/new/", "/users/invite/", "/assets/new/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert option not in page.content.decode(), address
    assert (
        f'value="{closed.pk}" selected' in client.get(f"/people/{there.pk}/edit/").content.decode()
    )
    assert "out of use" in client.get("/schools/").content.decode()
