"""Who left does not come in as active, whatever the system calls the column; and nobody lands in
a school that their row does not name."""

from datetime import timedelta

import pytest

from core.access import SYSTEM
from core.time import days
from integrations.kinds import KINDS
from people.actions import create_school
from people.models import Person, School
from tests.integrations.conftest import bring, look_at, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln")]


def active() -> dict[str, bool]:
    return dict(Person.objects.values_list("local_id", "active"))


def said(text: str) -> str:
    notes = look_at(text, kind="people").plan_notes
    return " ".join(n for n in notes if "it may " in n)


@pytest.fixture
def north() -> School:
    return create_school("NOR", "North", by=SYSTEM)


def test_powerschools_numbers_are_known_in_its_own_column() -> None:
    session = bring(
        "ID,Student_Number,Last_Name,First_Name,Grade_Level,SchoolID,Enroll_Status\n"
        "1,501,Ames,Ada,9,LIN,0\n2,502,Bell,Ben,9,LIN,2\n3,503,Cole,Cy,12,LIN,3\n"
        "4,504,Dunn,Di,12,LIN,1\n5,505,Eads,Eve,12,LIN,-1\n",
        kind="people",
    )
    assert active() == {"501": True, "502": False, "503": False, "504": False}
    assert set(session.unknown["enroll_status"]) == {"-1"}, "who is registered ahead is asked about"


def test_the_same_numbers_tell_nothing_in_another_column() -> None:
    session = look_at("id,Student Status\n1,0\n2,2\n", kind="people")
    assert outcomes(session) == {"refused": 2}


@pytest.mark.parametrize(
    "heading", ["Exit Date", "endDate", "EXITDATE", "Withdrawal Date", "Termination Date", "exit"]
)
def test_a_last_day_in_the_past_says_that_somebody_left(heading: str) -> None:
    today = days.today()
    past, soon = today - timedelta(days=1), today + timedelta(days=90)
    bring(f"id,{heading}\n1,{past}\n2,{today}\n3,{soon}\n4,\n5,N/A\n", kind="people")
    assert active() == {"1": False, "2": True, "3": True, "4": True, "5": True}


def test_a_last_day_to_come_brings_nobody_back() -> None:
    bring("id,status\n1,inactive\n", kind="people")
    bring(f"id,end date\n1,{days.today() + timedelta(days=9)}\n", kind="people")
    assert active() == {"1": False}


def test_a_past_day_goes_before_a_word_that_says_active() -> None:
    bring("Employee ID,Status,Termination Date\n1,Active,6/30/2020\n2,Active,\n", kind="people")
    assert active() == {"1": False, "2": True}


@pytest.mark.parametrize(
    "heading", ["Current Status", "Stu Status", "endStatus", "Enrollment Status"]
)
def test_the_status_of_other_systems_is_one(heading: str) -> None:
    text = f"id,{heading}\n1,Withdrawn\n2,Active\n3,W2: Transferred\n4,\n"
    session = bring(text, kind="people")
    assert active() == {"1": False, "2": True, "4": True}
    assert set(session.unknown["status"]) == {"W2: Transferred"}


def test_a_column_that_may_say_who_left_is_never_passed_over() -> None:
    notes = said("id,Current Status,Enrollment Status Code\n1,Withdrawn,W\n2,Active,\n")
    assert "Enrollment Status Code: it may say who left, and is not used (cells: 1)." in notes
    assert "Dropout Reason" in said("id,Dropout Reason\n1,moved\n")
    assert said("id,Dropout Reason\n1,\n") == "", "an empty column says nothing"


@pytest.mark.parametrize(
    "heading",
    ["Lunch Status", "Left-handed desk count", "Weekend", "Grad Year", "Existing", "School Year"],
)
def test_other_columns_are_not_spoken_of(heading: str) -> None:
    assert ("Left-handed" in heading) == bool(said(f"id,{heading}\n1,x\n"))


def test_one_rosters_own_headings_map_by_themselves() -> None:
    headings = [
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "orgSourcedIds",
        "role",
        "username",
        "userIds",
        "givenName",
        "familyName",
        "identifier",
        "email",
        "agentSourcedIds",
        "grades",
    ]
    mapping = KINDS["people"].guess(headings)
    assert mapping["orgSourcedIds"] == "school"
    assert mapping["grades"] == "grade"
    assert mapping["enabledUser"] == "active"
    assert not {"userIds", "agentSourcedIds"} & set(mapping)


def test_each_comes_into_the_school_that_its_row_names(north: School) -> None:
    bring("sourcedId,orgSourcedIds,grades\na,LIN,09\nb,NOR,03\nc,,04\n", kind="people")
    there = dict(Person.objects.values_list("local_id", "school__code"))
    assert there == {"a": "LIN", "b": "NOR", "c": "LIN"}, "the default is for who names none"
    assert Person.objects.get(local_id="b").grade == "03"


def test_which_of_several_schools_is_asked_once_and_nobody_there_moves(north: School) -> None:
    bring("sourcedId,orgSourcedIds\na,NOR\n", kind="people")
    session = bring(
        'sourcedId,orgSourcedIds\na,"LIN,NOR"\nb,"LIN,NOR"\nc,"NOR, LIN"\n', kind="people"
    )
    assert outcomes(session) == {"same": 1, "refused": 2}
    assert (
        "LIN,NOR may be several schools: Lincoln Middle School (LIN), North (NOR). Say "
        "once which one it is." in why(session)
    )
    assert set(session.unknown["school"]) >= {"LIN,NOR"}
    assert dict(Person.objects.values_list("local_id", "school__code")) == {"a": "NOR"}


def test_a_teachers_long_list_of_grades_refuses_nobody() -> None:
    bring('id,grades\n1,"KG,01,02,03,04,05,06"\n2,09\n', kind="people")
    assert dict(Person.objects.values_list("local_id", "grade")) == {"1": "", "2": "09"}
    assert outcomes(look_at("id,grade\n3,twelve and one half\n", kind="people")) == {"refused": 1}


def test_an_unused_column_of_schools_is_spoken_of() -> None:
    assert "it may name the school" in said("id,Homeroom School\n1,NOR\n")
    assert said("id,School,Homeroom School\n1,LIN,NOR\n") == ""


@pytest.mark.parametrize("heading", ["Term Date", "Last Day", "Emp Stat Desc", "Resigned"])
def test_more_columns_that_may_say_who_left_are_spoken_of(heading: str) -> None:
    assert f"{heading}: it may say who left" in said(f"id,{heading}\n1,x\n")


def test_a_status_whose_heading_says_more_is_one() -> None:
    session = bring("id,Status [READ ONLY]\n1,Suspended\n2,Active\n", kind="people")
    assert outcomes(session) == {"refused": 1, "create": 1}
    assert set(session.unknown["status"]) == {"Suspended"}


def test_a_lunch_status_or_a_school_term_says_nothing_of_it() -> None:
    assert not said("id,Lunch Status,Term,Term Code\n1,Free,Fall,F26\n")
