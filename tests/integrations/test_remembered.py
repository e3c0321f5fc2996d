"""What is remembered of a source is a fact like others: journaled, masked, and forgotten with whom
it names. What a row would do is compared by keys."""

import json

import pytest

from core.models import Entry
from integrations import actions
from integrations.actions.memory import remember
from integrations.models import SavedMapping
from people.actions import change_person, change_school, create_school, erase_person
from people.models import Person, School, User
from tests.integrations.conftest import bring, look_at, outcomes, why, work

pytestmark = pytest.mark.django_db
ROSTER = "id,first name,last name,school\nS1,Maribel,Quince,LIN\n"


def test_a_memory_that_names_somebody_is_forgotten_with_an_entry(
    lincoln: School, ana: User
) -> None:
    bring(ROSTER, kind="people", by=ana)
    session = look_at("Tag,Make,School\n1,Acer,LIN\n", by=ana, name="Quince laptops.csv")
    saved = remember(session, by=ana, mapping={"Tag": "tag"}, words={"room": {"maribel quince": 7}})
    told = json.dumps(
        [e.data for e in Entry.objects.filter(subject_type="integrations.savedmapping")]
    )
    assert "uince" not in told, "neither the file's name nor a word of it"
    session_other = look_at("Tag\n2\n", by=ana, name="Other.csv")
    other = remember(session_other, by=ana, mapping={"Tag": "tag"})
    erase_person(Person.objects.get(local_id="S1"), by=ana, reason="asked to")
    assert list(SavedMapping.objects.values_list("pk", flat=True)) == [other.pk]
    gone = Entry.objects.get(kind="mapping.forgotten")
    assert (gone.subject_id, gone.data["gone"]) == (saved.pk, True)


def test_a_school_that_is_called_otherwise_since_the_preview_is_the_same_school(
    lincoln: School, ana: User
) -> None:
    bring(ROSTER, kind="people", by=ana)
    east = create_school("EAST", "East School", by=ana)
    session = look_at("id,school\nS1,EAST\n", kind="people", by=ana, name="east.csv")
    assert outcomes(session) == {"update": 1}
    change_school(lincoln, by=ana, name="Lincoln Academy")
    done = work(actions.apply_import(session, by=ana))
    assert outcomes(done) == {"update": 1}, why(done)
    assert done.rows.get().applied
    assert east.people.get().local_id == "S1"


def test_another_school_of_the_same_name_is_another(lincoln: School, ana: User) -> None:
    """Two schools are called alike: what was shown is the same, and the person is elsewhere."""
    bring(ROSTER, kind="people", by=ana)
    west = create_school("WEST", lincoln.name, by=ana)
    create_school("EAST", "East School", by=ana)
    session = look_at("id,school\nS1,EAST\n", kind="people", by=ana, name="east.csv")
    change_person(Person.objects.get(local_id="S1"), by=ana, school=west)
    done = work(actions.apply_import(session, by=ana))
    assert "It changed since the preview." in why(done)
    assert Person.objects.get(local_id="S1").school == west
