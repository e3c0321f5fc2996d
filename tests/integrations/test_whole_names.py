"""A roster with one column of names, and files that are no tables whatever they are called."""

import pytest

from core.problems import Invalid
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln")]


def called() -> list[tuple[str, str]]:
    return list(Person.objects.order_by("local_id").values_list("first_name", "last_name"))


def test_a_whole_name_with_a_comma_says_which_part_is_which() -> None:
    session = bring('Student ID,Name\n1,"Solo, Han"\n2,"de la Cruz, Ana Maria"\n', kind="people")
    assert outcomes(session) == {"create": 2}
    assert called() == [("Han", "Solo"), ("Ana Maria", "de la Cruz")]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("first", ("Ana", "Maria Cruz")),
        ("last", ("Ana Maria", "Cruz")),
        ("turned", ("Maria Cruz", "Ana")),
    ],
)
def test_a_whole_name_without_one_is_asked_about(
    brings: Brings, choice: str, name: tuple[str, str]
) -> None:
    text = "Student ID,Full Name\n1,Ana Maria Cruz\n"
    assert outcomes(brings(text, kind="people")) == {"refused": 1}
    assert outcomes(brings(text, kind="people", settle=f"name={choice}")) == {"create": 1}
    assert called() == [name]


def test_what_stands_behind_a_comma_may_be_no_first_name() -> None:
    session = look_at('Student ID,Name\n1,"Smith, Jr."\n2,"A, B, C"\n', kind="people")
    assert outcomes(session) == {"refused": 2}
    assert why(session).count("which part is the last name") == 2


@pytest.mark.parametrize(
    ("cell", "choice", "name"),
    [
        ("Downey, Robert, Jr", "", ("Robert", "Downey Jr")),
        ("Downey, Jr., Robert", "", ("Robert", "Downey Jr.")),
        ("Robert Downey, Jr.", "last", ("Robert", "Downey Jr.")),
        ("Robert Downey Jr.", "last", ("Robert", "Downey Jr.")),
        ("Robert Van Dyke, III", "first", ("Robert", "Van Dyke III")),
        ("Downey Robert, Jr.", "turned", ("Robert", "Downey Jr.")),
        ("Smith, III", "last", ("", "Smith III")),
        ("Cher, Sr.", "first", ("Cher Sr.", "")),
        ("Ann Lee, Ruiz, Paz", "last", ("Ann Lee Ruiz", "Paz")),
    ],
)
def test_a_suffix_goes_with_the_last_name_and_no_comma_stays(
    brings: Brings, cell: str, choice: str, name: tuple[str, str]
) -> None:
    text = f'Student ID,Name\n1,"{cell}"\n'
    if choice:
        assert outcomes(brings(text, kind="people")) == {"refused": 1}
    settle = f"name={choice}" if choice else ""
    assert outcomes(brings(text, kind="people", settle=settle)) == {"create": 1}
    assert called() == [name]


def test_a_whole_name_beside_its_parts_is_not_used() -> None:
    session = bring("Student ID,Name,First Name,Last Name\n1,Han S,Han,Solo\n", kind="people")
    assert called() == [("Han", "Solo")]
    assert "read by no field: Name" in notes(session)


def test_a_part_that_is_too_long_is_refused() -> None:
    session = look_at(f'Student ID,Name\n1,"{"x" * 101}, Han"\n', kind="people")
    assert "longer than 100 characters" in why(session)


@pytest.mark.parametrize("head", ["Name", "First Name,Last Name"])
def test_somebody_new_without_a_name_is_asked_about(brings: Brings, head: str) -> None:
    text = f"Student ID,School,{head}\n1,LIN,-\n"
    session = brings(text, kind="people")
    assert outcomes(session) == {"refused": 1}
    assert "It names nobody" in why(session)
    assert outcomes(brings(text, kind="people", settle="none=row")) == {"create": 1}
    assert outcomes(brings(text, kind="people")) == {"same": 1}, "who is here is not asked about"


def test_a_list_of_ids_alone_may_come_in() -> None:
    assert outcomes(look_at("Student ID\n1\n", kind="people")) == {"create": 1}


def test_a_column_that_may_be_the_name_is_spoken_of() -> None:
    session = look_at("Student ID,Nombre Name,Teacher Name\n1,Han Solo,Yoda\n", kind="people")
    assert "Nombre Name: it may be somebody's name, and is not used (cells: 1)" in notes(session)
    assert "read by no field: Teacher Name" in notes(session)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<html><table><tr><td>Tag</td><td>Serial</td></tr></table></html>", "HTML"),
        ("\n <!DOCTYPE html>\n<html>", "HTML"),
        ("<table><tr><td>Tag</td></tr></table>", "HTML"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n", "MHTML"),
        ('<?xml version="1.0"?><Workbook></Workbook>', "XML"),
        ("{\\rtf1 Tag}", "RTF"),
        ('[{"tag": "A1", "serial": "S1"}]', "JSON"),
        ('{"tag": "A1"}', "JSON"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_no_table_is_refused_by_what_it_is(text: str, what: str, encoding: str) -> None:
    with pytest.raises(Invalid, match=f"This is {what}, whatever its name says"):
        look_at(text.encode(encoding), name="list.xls")
    assert School.objects.count() == 1


@pytest.mark.parametrize("head", ["[Tag],[Serial]", "<Tag>,<Serial>", "From,Tag", "{Tag},Serial"])
def test_a_table_whose_headings_are_odd_is_a_table(head: str) -> None:
    assert look_at(f"{head}\nA1,S1\n").headers == head.split(",")
