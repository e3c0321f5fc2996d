"""Nobody comes into a grade that nobody can name."""

import pytest

from core.access import SYSTEM
from people.actions import PersonDraft, save_people
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln")]
HEAD = "ID,First Name,Last Name,School,Grade,Role\n"


@pytest.mark.parametrize("grade", ['"9,10"', "9/10", "9-12", "9 and 10", "-1", "99", "14"])
def test_a_student_is_in_one_grade_that_somebody_can_name(brings: Brings, grade: str) -> None:
    for role in ("student", ""):
        session = brings(f"{HEAD}P1,Ann,Lee,LIN,{grade},{role}\n", kind="people")
        assert outcomes(session) == {"refused": 1}
        assert "several grades" in why(session) or "code of another program" in why(session)


@pytest.mark.parametrize("grade", ["0", "09", "13", "K", "PK-3", "PK4", "12th", "UG", "Grade 9"])
def test_a_grade_is_as_a_district_says_it(grade: str) -> None:
    assert outcomes(bring(f"{HEAD}P1,Ann,Lee,LIN,{grade},student\n", kind="people")) == {
        "create": 1
    }
    assert Person.objects.get(local_id="P1").grade == grade


def test_whoever_teaches_several_grades_is_in_none(brings: Brings) -> None:
    session = brings(f'{HEAD}P1,Ann,Lee,LIN,"9,10",staff\n', kind="people")
    assert outcomes(session) == {"create": 1}
    assert Person.objects.get(local_id="P1").grade == ""
    assert "lists of several grades are nobody's" in notes(session)


@pytest.mark.parametrize("grade", ["99", "9,10"])
def test_a_grade_that_somebody_has_so_comes_back(lincoln: School, grade: str) -> None:
    save_people([PersonDraft(local_id="P1", school=lincoln, grade=grade)], by=SYSTEM)
    text = f'ID,School,Grade,Role\nP1,LIN,"{grade}",student\n'
    assert outcomes(look_at(text, kind="people")) == {"same": 1}
