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
    change_school,
    create_room,
    save_people,
)
from people.actions.roster import PersonDraft
from people.models import Person, School, User
from tests.factories import make_student
from tests.integrations.conftest import look_at, outcomes, why

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
