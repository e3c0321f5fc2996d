"""Who is meant: by an id, by an id that was merged away, by a name that only one has."""

import pytest

from assets.actions import assign_asset
from assets.codes.resolve import resolve
from core.problems import Refused
from people.actions import merge_people
from people.lookup import person_typed
from people.models import Person, School, User
from tests.factories import make_asset, make_student

pytestmark = pytest.mark.django_db


def test_the_id_of_a_merged_row_leads_to_the_row_that_stays(
    ana: User, tom: User, lincoln: School
) -> None:
    first, second, third = (make_student(school=lincoln, first="Lia") for _n in range(3))
    merge_people(first, into=second, by=ana, reason="Enrolled twice")
    merge_people(second, into=third, by=ana, reason="And once more")
    assert resolve(first.local_id, tom).person == third
    asset = make_asset(school=lincoln)
    assign_asset(asset, to=person_typed(first.local_id.lower(), tom, "person"), by=tom)
    asset.refresh_from_db()
    assert asset.holder == third


@pytest.mark.parametrize("text", ["Maria del Carmen Lopez", "lopez, maria del carmen"])
def test_a_name_that_one_person_has_is_enough(tom: User, lincoln: School, text: str) -> None:
    maria = make_student(school=lincoln, first="Maria del Carmen")
    assert person_typed(text, tom, "person") == maria
    assert resolve(text, tom).person == maria


def test_a_name_that_two_have_is_asked_again_and_never_guessed(tom: User, lincoln: School) -> None:
    for _twice in range(2):
        make_student(school=lincoln, first="Ana", last="Ruiz")
    with pytest.raises(Refused) as refusal:
        person_typed("Ana Ruiz", tom, "person")
    assert refusal.value.problems[0].code == "several-people"
    assert resolve("Ana Ruiz", tom).kind == "unknown"


def test_nobody_of_another_school_is_found_by_name(
    ned: User, lincoln: School, maria: Person
) -> None:
    assert resolve(maria.name, ned).kind == "unknown"
    with pytest.raises(Refused) as refusal:
        person_typed(maria.name, ned, "person")
    assert refusal.value.problems[0].code == "unknown-person"
