"""What a report prints among its rows is no thing: headings of each page, its foot, sections."""

import pytest

from assets.models import Asset
from people.models import Person, School
from tests.integrations.conftest import Brings, bring, look_at, outcomes, why
from tests.integrations.test_spreadsheets import saved
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model\n"


def test_headings_of_each_page_feet_and_sections_are_no_things(brings: Brings) -> None:
    session = brings(
        f"{HEAD}OR001,ORS00001,HP,OR-1\nLincoln High School,,,\nOR002,ORS00002,HP,OR-1\n"
        f"asset tag, Serial ,Make,Model\nOR003,ORS00003,HP,OR-1\nPage 2 of 2,,,\n"
        "Printed by admin 06/30/2026,,,\n"
    )
    assert outcomes(session) == {"create": 3, "refused": 3}
    assert sorted(Asset.objects.values_list("tag", flat=True)) == ["OR001", "OR002", "OR003"]
    assert "headings stand again in 1 rows, which were passed over: 5." in notes(session)
    assert why(session).count("foot of a page") == 2
    assert "Nothing but “Lincoln High School” stands in this row" in why(session)


def test_no_school_or_category_is_made_of_a_heading(lincoln: School) -> None:
    head = "Asset Tag,Make,Model,Category,School\n"
    session = look_at(f"{head}A1,HP,OB-1,Equipment,LIN\n{head}A2,HP,OB-1,Equipment,LIN\n")
    assert session.unknown == {}
    assert outcomes(session) == {"create": 2}
    assert [r.number for r in session.rows.order_by("number")] == [2, 4], "as in the file"


@pytest.mark.parametrize("row", ["Make,,,", "A1,Serial,Make,Model", "A1,,Make,"])
def test_a_cell_that_says_what_its_heading_says_is_no_row_of_headings(row: str) -> None:
    assert "stand again" not in notes(look_at(HEAD + row + "\n"))


def test_headings_of_a_workbook_or_of_people_are_passed_over_too() -> None:
    people = "Student ID,First name,Last name\n"
    session = look_at(f"{people}1,Mia,Lee\n{people}2,Bo,Fox\n", kind="people")
    assert outcomes(session) == {"create": 2}
    rows = [["Tag", "Make"], ["A1", "Acer"], ["Tag", "Make"], ["A2", "Acer"]]
    assert outcomes(look_at(saved(("List", rows)))) == {"create": 2}


def test_a_section_of_a_roster_is_nobody() -> None:
    people = "Student ID,First name,Last name\n"
    session = bring(f"{people}Grade Seven,,\n1,Mia,Lee\nPage 1,,\n", kind="people")
    assert outcomes(session) == {"create": 1, "refused": 2}
    assert list(Person.objects.values_list("local_id", flat=True)) == ["1"]


def test_the_foot_of_a_page_is_no_school() -> None:
    session = bring("School,Code\nNorth,N1\nPrinted on 6/30/2026,Page 1 of 3\n", kind="places")
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert "foot of a page" in why(session)


@pytest.mark.parametrize(
    "foot",
    [
        "Page 2",
        "Page: 2 / 7",
        "Printed: 06/30/2026",
        "Report generated 6/30/2026 10:15 AM",
        "Run Date: 06/30/2026",
        "Exported by admin",
        "Printed by admin,,06/30/2026 10:15,Page 1 of 2",
    ],
)
def test_feet_as_reports_print_them(foot: str) -> None:
    assert "foot of a page" in why(look_at(f"{HEAD}{foot}\n"))


@pytest.mark.parametrize(
    "row", ["P1,,Printed Matter,Page 2", "Page 2,S-12345,HP,1", "06/30-A,,HP,", "A1,,,Run Date"]
)
def test_a_thing_that_is_called_so_is_a_thing(row: str) -> None:
    assert outcomes(look_at(f"{HEAD}{row}\n")) == {"create": 1}


def test_a_thing_of_one_cell_is_a_thing_once_somebody_said_so(brings: Brings) -> None:
    text = f"{HEAD}A1,,,\nCart Blue,,,\nCart Red,,,\n"
    assert outcomes(brings(text)) == {"create": 1, "refused": 2}
    assert outcomes(brings(text, settle="alone=thing")) == {"create": 2, "same": 1}
    assert outcomes(brings(text)) == {"same": 3}, "what is here is not asked about"


@pytest.mark.parametrize(
    "text", ["Tag\nA1\n", "Tag,Serial\nA1,\n", "Description,Make\nStool,\n", "Tag,Serial\n,CND1\n"]
)
def test_short_lists_may_have_one_cell_a_row(text: str) -> None:
    assert outcomes(look_at(text)) == {"create": 1}


def test_a_section_of_a_list_of_two_columns_is_asked_about() -> None:
    session = look_at("Tag,Serial\nA1,S1\nRoom 101,\nHP 2055 dn,\n")
    assert outcomes(session) == {"create": 2, "refused": 1}
    assert session.rows.get(outcome="refused").conflict == "alone"
