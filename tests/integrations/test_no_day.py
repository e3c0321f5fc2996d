"""What databases write for a day that is not refuses nobody, and makes nobody leave."""

import pytest

from people.models import Person, School
from tests.integrations.conftest import bring, look_at, outcomes, why

pytestmark = pytest.mark.django_db

NONE = [
    "12/31/9999",
    "9999-12-31",
    "31/12/9999",
    "9999-12-31T00:00:00Z",
    "12/31/9999 12:00:00 AM",
    "31-Dec-9999",
    "00/00/0000",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "00000000",
    "0",
    "2958465",
    "12/31/2999",
    "1/1/1900",
    "01/01/1900 00:00",
    "1/0/1900",
    "1899-12-30",
    "1753-01-01",
    "0001-01-01T00:00:00",
    "1970-01-01T00:00:00.000Z",
]


@pytest.mark.parametrize("cell", NONE)
def test_staff_whose_last_day_is_none_is_here(lincoln: School, cell: str) -> None:
    session = bring(f"Employee ID,Status,Termination Date\n1,Active,{cell}\n", kind="people")
    assert outcomes(session) == {"create": 1}, why(session)
    assert Person.objects.get(local_id="1").active
    (note,) = [n for n in session.plan_notes if "Termination Date" in n]
    assert "stand for none" in note and "(cells: 1)" in note


def test_it_is_said_once_a_column_and_a_real_last_day_counts(lincoln: School) -> None:
    text = "Employee ID,Termination Date\n1,12/31/9999\n2,00/00/0000\n3,6/30/2020\n"
    session = bring(text, kind="people")
    assert dict(Person.objects.values_list("local_id", "active")) == {
        "1": True,
        "2": True,
        "3": False,
    }
    assert "(cells: 2)" in " ".join(session.plan_notes)


def test_a_thing_that_never_ends_is_not_disposed_of(equipment: object) -> None:
    session = look_at("tag,make,model,disposed,last verified\n1,HP,G8,12/31/9999,1/1/1900\n")
    assert outcomes(session) == {"create": 1}, why(session)


def test_a_first_day_of_a_calendar_is_not_taken_for_none_where_things_began(
    equipment: object,
) -> None:
    session = look_at("tag,make,model,acquired\n1,HP,G8,1/1/1970\n2,HP,G8,00/00/0000\n")
    assert outcomes(session) == {"create": 2}, why(session)
    assert "(cells: 1)" in " ".join(n for n in session.plan_notes if "stand for none" in n)


@pytest.mark.parametrize("cell", ["12/31/8888", "13/13/2025", "0/5/2025", "2/30/9999"])
def test_what_is_no_day_otherwise_is_refused(lincoln: School, cell: str) -> None:
    session = look_at(f"Employee ID,Termination Date\n1,{cell}\n", kind="people")
    assert outcomes(session) == {"refused": 1}
