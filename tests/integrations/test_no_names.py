"""Nobody comes in as active under a name that says that they left, or that is no name."""

import pytest

from core.access import SYSTEM
from people.actions import PersonDraft, save_people
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln")]
HEAD = "ID,First Name,Last Name,School,Grade,Role\n"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Ann", "Lee (withdrawn)"),
        ("Ann", "Lee - INACTIVE"),
        ("Ann", "Lee DO NOT USE"),
        ("Ann", "Lee [moved]"),
        ("Ann", "Lee *left"),
        ("Ann", "Lee - gone"),
        ("Ann", "Lee graduated 2024"),
        ("Ann", "zz Lee no longer here"),
        ("Ann", "Deceased"),
        ("Ann", "(Former)"),
        ("Ann (moved 10/1)", "Lee"),
        ("Ann left 10/1", "Lee"),
        ("RETIRED", "Lee"),
    ],
)
def test_a_name_that_says_that_somebody_left_is_refused(
    brings: Brings, first: str, last: str
) -> None:
    session = brings(f"{HEAD}P1,{first},{last},LIN,9,student\n", kind="people")
    assert outcomes(session) == {"refused": 1}
    assert "It says more than a name" in why(session)
    assert not Person.objects.filter(local_id="P1").exists()
    whole = look_at(f'ID,Name\nP1,"{last}, {first}"\n', kind="people")
    assert "It says more than a name" in why(whole)


@pytest.mark.parametrize("said", ["12345", "9/1/2026", "lee@x.example"])
@pytest.mark.parametrize("column", ["First Name", "Last Name", "Name"])
def test_what_another_column_says_is_no_name(column: str, said: str) -> None:
    session = look_at(f"ID,{column},School\nP1,{said},LIN\n", kind="people")
    assert outcomes(session) == {"refused": 1}
    assert "and no name" in why(session) or "into a date" in why(session)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Ann", "Left"),
        ("Will", "Gone"),
        ("Ann (Annie)", "Lost"),
        ("Ann", "Former-Lee"),
        ("Ann", "Old Crow"),
        ("John", "Smith 3rd"),
        ("X", "Æ A-12"),
        ("D'Angelo", "O'Neil - Ruiz"),
        ("Ann", "."),
    ],
)
def test_names_that_only_remind_of_one_come_in(first: str, last: str) -> None:
    session = bring(f"{HEAD}P1,{first},{last},LIN,9,student\n", kind="people")
    assert outcomes(session) == {"create": 1}, why(session)


def test_what_the_register_has_so_comes_back(lincoln: School) -> None:
    called = {"first_name": "Ann", "last_name": "Lee (moved)", "grade": "9"}
    save_people([PersonDraft(local_id="P1", school=lincoln, **called)], by=SYSTEM)
    text = f"{HEAD}P1,Ann,Lee (moved),LIN,9,student\n"
    assert outcomes(look_at(text, kind="people")) == {"same": 1}
