"""One student enrolled twice: Dora merges the rows, and takes it back where they were two."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset
from core.access import SYSTEM
from core.models import Entry, EntryWords
from people.lookup import person_of
from people.models import Person, School, User
from tests.factories import make_asset, make_student
from tests.forms import confirmed

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def twice(lincoln: School, maria: Person) -> Person:
    return make_student(school=lincoln, first="Mary", last="Lopes")


def test_what_would_be_recorded_is_shown_before_it_is(
    ana: User, maria: Person, twice: Person, client_of: Browser
) -> None:
    client, page = client_of(ana), f"/people/{twice.pk}/merge/"
    typed = {"into": maria.local_id, "reason": "Enrolled twice"}
    assert "What will be recorded" in client.post(page, typed).content.decode()
    assert not Entry.objects.filter(kind="person.merged").exists()
    confirmed(client, page, typed)
    assert person_of(twice.local_id, ana) == maria, "the old id leads to the row that stays"
    shown = client.get(f"/people/{twice.pk}/").content.decode()
    assert "Merged with" in shown and "Undo merge" in shown


def test_two_people_stand_alone_again(
    ana: User, maria: Person, twice: Person, client_of: Browser
) -> None:
    client = client_of(ana)
    merged = {"into": maria.name, "reason": "Enrolled twice"}
    confirmed(client, f"/people/{twice.pk}/merge/", merged)
    back = {"reason": "Sisters"}
    confirmed(client, f"/people/{twice.pk}/unmerge/", back)
    assert person_of(twice.local_id, ana) == twice
    assert Person.objects.get(pk=twice.pk).active
    told = Entry.objects.get(kind="person.unmerged")
    (said,) = EntryWords.objects.said([told.data])
    assert (said["reason"], told.changes["active"]) == ("Sisters", [False, True])
    again = client.post(f"/people/{twice.pk}/unmerge/", back).content.decode()
    assert "stands alone already" in again


def test_the_preview_says_which_of_two_of_one_name_ends(
    ana: User, maria: Person, twice: Person, client_of: Browser
) -> None:
    typed = {"into": maria.local_id, "reason": "Enrolled twice"}
    page = client_of(ana).post(f"/people/{twice.pk}/merge/", typed).content.decode()
    assert f"The id {twice.local_id} ends and leads to {maria.local_id} from now on." in page
    assert "Two rows for one person" in client_of(ana).get(f"/people/{twice.pk}/merge/").text


def test_who_still_holds_something_is_not_merged(
    ana: User, tom: User, lincoln: School, maria: Person, twice: Person, client_of: Browser
) -> None:
    assign_asset(make_asset(school=lincoln, tag="100950"), to=twice, by=SYSTEM)
    typed = {"into": maria.local_id, "reason": "Enrolled twice"}
    page = client_of(ana).post(f"/people/{twice.pk}/merge/", typed).content.decode()
    assert "They still hold items: 100950. Check these in first." in page
    nobody = client_of(ana).post(f"/people/{twice.pk}/merge/", typed | {"into": "nobody-9"})
    assert "has the id or name nobody-9" in nobody.content.decode()
    assert client_of(tom).get(f"/people/{twice.pk}/merge/").status_code == 403
