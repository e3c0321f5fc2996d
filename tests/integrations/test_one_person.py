"""Nobody becomes somebody else by a file, and nobody is made two: what might be so is asked, in
the preview, before anything is written."""

import pytest

from core.access import SYSTEM
from integrations.models import ImportSession
from people.actions import create_school
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, undo, why
from tests.integrations.holders import somebody

pytestmark = pytest.mark.django_db

HEAD = "id,first name,last name,school,grade,role,email\n"
MAIL = "mia@demo.example"


@pytest.fixture
def north() -> School:
    return create_school("NOR", "North", by=SYSTEM)


@pytest.fixture
def mia(lincoln: School, north: School) -> Person:
    return somebody(lincoln, "7", "Mia Test", MAIL, grade="9")


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def conflict(session: ImportSession) -> str:
    return session.rows.get().conflict


def said(session: ImportSession) -> str:
    return " ".join(w for row in session.rows.order_by("number") for w in row.warnings)


@pytest.mark.parametrize(
    ("choice", "is_now"),
    [
        ("", ("Mia Test", "student", "LIN")),
        ("correct", ("Mia Teach", "staff", "NOR")),
        ("keep", ("Mia Test", "student", "NOR")),
    ],
)
def test_no_student_becomes_staff_unasked(
    brings: Brings, mia: Person, choice: str, is_now: tuple[str, str, str]
) -> None:
    text = HEAD + "7,Mia,Teach,NOR,,Teacher,teach@demo.example\n"
    session = brings(text, f"role={choice}" if choice else "", "people")
    assert bool(choice) == (outcomes(session) == {"update": 1})
    found = again(mia)
    assert (found.name, found.kind, found.school.code) == is_now


def test_both_are_named_with_what_they_are(mia: Person) -> None:
    session = look_at(HEAD + "7,Mia,Test,LIN,9,Teacher,\n", kind="people")
    assert conflict(session) == "role"
    assert "7 is Mia Test (Student) here and Mia Test (Staff) in this file." in why(session)


def test_whoever_says_that_a_file_is_of_staff_is_asked_of_students_in_it(mia: Person) -> None:
    assert conflict(look_at("id\n7\n", kind="people", people="staff")) == "role"


@pytest.mark.parametrize(
    ("kind", "heading", "cell", "asked"),
    [
        ("staff", "grade", "9", True),
        ("student", "title", "Art Teacher", True),
        ("student", "title", "Student", False),
        ("staff", "title", "Art Teacher", False),
        ("student", "grade", "10", False),
    ],
)
def test_what_only_the_other_has_is_asked_about(
    lincoln: School, kind: str, heading: str, cell: str, asked: bool
) -> None:
    person = somebody(lincoln, "7", "Mia Test", kind=kind)
    text = f"id,{heading}\n7,{cell}\n"
    assert outcomes(look_at(text, kind="people")) == ({"refused": 1} if asked else {"update": 1})
    bring(text, kind="people", settle="role=keep" if asked else "")
    assert (getattr(again(person), heading) == "") == asked, "kept as it was here"


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ("7,Pedro,Test,NOR,6,,pedro@demo.example", True),
        ("7,Pedro,Test,NOR,6,,", True),
        ("7,Mia,Married,NOR,10,,married@demo.example", True),
        ("7,Mia,Married,LIN,10,,married@demo.example", False),
        ("7,Pedro,Test,NOR,6,,MIA@demo.example", False),
        ("7,Mia,Test,NOR,6,,new@demo.example", False),
        ("7,M,Test,NOR,10,,", False),
    ],
)
def test_an_id_with_half_a_name_and_all_else_another_is_asked_about(
    mia: Person, row: str, asked: bool
) -> None:
    session = look_at(HEAD + row + "\n", kind="people")
    assert outcomes(session) == ({"refused": 1} if asked else {"update": 1}), why(session)
    assert conflict(session) == ("person" if asked else "")


def test_what_speaks_against_it_is_told(mia: Person) -> None:
    session = look_at(HEAD + "7,Pedro,Test,NOR,6,,\n", kind="people")
    there = f"Mia Test ({mia.school}, grade 9) here and Pedro Test (North, grade 6) in this file"
    assert there in why(session)


@pytest.mark.parametrize(
    ("row", "of"),
    [
        ("8,Mia,Test,LIN,9,,", "is called as Mia Test (7)"),
        ("8,Mia,Test,NOR,4,,MIA@demo.example", "has the e-mail of Mia Test (7)"),
        ("8,Bo,Berg,LIN,9,,mia@demo.example", "has the e-mail of Mia Test (7)"),
    ],
)
def test_somebody_who_is_here_is_not_made_twice_unasked(
    brings: Brings, mia: Person, row: str, of: str
) -> None:
    session = brings(f"{HEAD}{row}\n", "", "people")
    assert of in why(session) and Person.objects.count() == 1
    assert outcomes(brings(f"{HEAD}{row}\n", "twice=another", "people")) == {"create": 1}
    assert outcomes(look_at(f"{HEAD}{row}\n", kind="people")) == {"same": 1}, "never asked again"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("8,Mia,Test,LIN,10,,", True),
        ("8,Mia,Test,LIN,,,", True),
        ("8,Mia,Test,LIN,3,,", False),
        ("8,Mia,Test,NOR,9,,", False),
        ("8,Mia,Test,LIN,9,,other@demo.example", False),
        ("8,Mia,Test,LIN,9,Teacher,", False),
    ],
)
def test_namesakes_come_in(mia: Person, row: str, told: bool) -> None:
    session = bring(f"{HEAD}{row}\n", kind="people")
    assert outcomes(session) == {"create": 1}, why(session)
    assert ("In the same school is Mia Test (7): both are there then." in said(session)) == told


@pytest.mark.parametrize("mail", ["", "ana@demo.example"])
def test_one_person_in_two_rows_is_asked_about(
    lincoln: School, mail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.actions.plan.BATCH", 1)
    text = f"{HEAD}8,Ana,Doble,LIN,9,,{mail}\n9,Ana,Doble,LIN,9,,{mail}\n"
    session = bring(text, kind="people")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "of Ana Doble (8) in row 2" in why(session) or "as Ana Doble (8) in row 2" in why(
        session
    )
    undo(session)
    assert outcomes(bring(text, kind="people", settle="twice=another")) == {"create": 2}


def test_who_is_of_another_school_is_not_named(tom, mia: Person, north: School) -> None:  # type: ignore[no-untyped-def]
    somebody(north, "70", "Nora Nord", "nora@demo.example")
    session = look_at(HEAD + "8,Bo,Berg,LIN,9,,nora@demo.example\n", kind="people", by=tom)
    assert "Nora" not in why(session) and "70" not in why(session)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("Active,,6/1/2025", "Status: Active; Exit Date: 6/1/2025"),
        ("Active,0,", "Enabled: 0; Status: Active"),
        ("Withdrawn,1,", "Enabled: 1; Status: Withdrawn"),
        ("Withdrawn,,6/1/2025", ""),
        ("Active,1,", ""),
        (",,6/1/2025", ""),
    ],
)
def test_columns_that_contradict_each_other_are_told(
    lincoln: School, cells: str, told: str
) -> None:
    session = bring(f"id,Status,Enabled,Exit Date\n1,{cells}\n", kind="people")
    wanted = f"These contradict each other: {told}. It is taken as not on the roster any more."
    assert said(session) == (wanted if told else "")
    assert Person.objects.get().active == (cells == "Active,1,")
