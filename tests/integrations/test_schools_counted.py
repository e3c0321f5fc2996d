"""A list of schools and rooms says how many it brings in, and two spellings are one school."""

import pytest

from people.models import Room, School
from tests.integrations.conftest import bring, look_at

pytestmark = pytest.mark.django_db
LIST = (
    "Site,Room\n"
    "Maple Elem,1\nMAPLE ELEM.,2\nMaple Elem,1\nOak-Street Middle,7\nOak Street middle,7\n"
)


def test_many_rows_of_a_new_school_are_one_school() -> None:
    session = look_at(LIST, kind="places")
    assert "In all these rows bring in schools: 2, rooms: 3." in session.plan_notes
    said = session.rows.get(number=3).warnings
    assert said == ["It is written otherwise elsewhere: Maple Elem."]
    bring(LIST, kind="places")
    assert sorted(School.objects.values_list("name", flat=True)) == [
        "Maple Elem",
        "Oak-Street Middle",
    ]
    assert Room.objects.count() == 3


def test_what_is_here_is_not_counted_again() -> None:
    bring(LIST, kind="places")
    again = look_at(LIST + "Elm High,1\n", kind="places")
    assert "In all these rows bring in schools: 1, rooms: 1." in again.plan_notes
