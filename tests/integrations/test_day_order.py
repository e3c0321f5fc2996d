"""What a written day is: the file, its source and the person tell, and nothing is guessed."""

from datetime import date
from typing import Any

import pytest

from assets.models import Asset, Category
from core.time import days
from funding.models import Award
from integrations.models import ImportSession
from people.models import Person, School
from tests.integrations.conftest import bring, look_at, outcomes, why
from tests.integrations.test_spreadsheets import formatted
from tests.integrations.ways import notes, problems

pytestmark = pytest.mark.django_db


def year(*, ahead: int = 0) -> int:
    return days.today().year + ahead


def acquired() -> dict[str, date | None]:
    return dict(Asset.objects.values_list("tag", "acquired_on"))


@pytest.mark.parametrize(
    "said",
    ["202511", "2025224", "2025112", "040125", "041525", "0415225", "2025", "121525", "20251301"],
)
def test_digits_alone_are_eight_or_no_day(equipment: Category, lincoln: School, said: str) -> None:
    session = look_at(f"Tag,Make,Acquired\nA1,Acer,{said}\n")
    assert "Digits alone can be several days." in why(session)


def test_a_number_beside_days_without_separators_is_none_of_a_spreadsheet(
    equipment: Category, lincoln: School
) -> None:
    session = look_at("Tag,Make,Acquired\nA1,Acer,121525\nA2,Acer,41525\nA3,Acer,20250812\n")
    assert set(problems(session)) == {2, 3}
    assert "can be several days" in problems(session)[3][0][1]


def test_who_left_on_a_day_without_separators_does_not_stay(lincoln: School) -> None:
    text = "Student ID,First Name,Last Name,School,Exit Date\nS1,Fu,Ture,LIN,{}\n"
    for said in ("070124", "70124"):
        session = look_at(text.format(said), kind="people")
        assert "Digits alone can be several days." in why(session)


def test_an_end_of_two_digits_lies_ahead(arp: Award) -> None:
    end = f"9/30/{year(ahead=2) % 100}"
    head = "Award,Program,Period Start,Period End,Liquidate By"
    bring(f"{head}\nA,{arp.program.code},7/1/25,{end},{end}\n", kind="awards")
    award = Award.objects.get(name="A")
    assert award.period_start == date(2025, 7, 1)
    assert (award.period_end, award.liquidate_by) == (date(year(ahead=2), 9, 30),) * 2


def test_who_leaves_in_a_year_of_two_digits_is_here(lincoln: School) -> None:
    text = "Employee ID,First Name,Last Name,School,Role,End Date\n"
    bring(f"{text}E1,Con,Tract,LIN,Teacher,6/30/{year(ahead=2) % 100}\n", kind="people")
    bring(f"{text}E2,Ret,Ired,LIN,Teacher,6/30/98\n", kind="people")
    assert dict(Person.objects.values_list("local_id", "active")) == {"E1": True, "E2": False}


@pytest.mark.parametrize("said", ["8/12/{}", "12-Aug-{}", "8-12-{} 0:00"])
def test_a_year_of_two_digits_that_may_be_of_two_centuries_is_asked(
    equipment: Category, lincoln: School, said: str
) -> None:
    short = year(ahead=5) % 100
    session = look_at(f"Tag,Make,Acquired\nA1,Acer,{said.format(short)}\n")
    assert f"can be of {year(ahead=-95)} or of {year(ahead=5)}. Write its year" in why(session)
    session = look_at("Tag,Make,Acquired\nA1,Acer,8/12/68\n")
    assert "8/12/68 is 08/12/1968 (cells: 1)" in notes(session)


def test_the_last_day_of_a_century_may_be_no_end_at_all(lincoln: School) -> None:
    text = "Student ID,First Name,Last Name,School,Exit Date\nS1,Fu,Ture,LIN,12/31/99\n"
    assert "can be a day, or none" in why(look_at(text, kind="people"))
    text = text.replace("12/31/99", f"6/1/{year(ahead=30) % 100}")
    assert "Write its year with four digits" in why(look_at(text, kind="people"))


def test_one_column_with_the_day_first_asks_of_every_date(
    equipment: Category, lincoln: School
) -> None:
    text = "Tag,Make,Acquired,Last verified\nA1,Acer,{},3/4/2026\nA2,Acer,{},5/6/2026\n"
    for marked in ("13/8/2025", "13.8.25", "'13/8/2025", '"=""13/8/2025"""', "13/8/2025 8:00"):
        session = look_at(text.format(marked, marked), name="Other.csv")
        assert set(problems(session)) == {2, 3}, marked
        assert {f for found in problems(session).values() for f, _why in found} == {
            "acquired_on",
            "last_verified_on",
        }
        assert "Last verified: it is not known" in notes(session)
    bring(text.format("13/8/2025", "20/8/2025"), order="day")
    verified = dict(Asset.objects.values_list("tag", "last_verified_on"))
    assert verified == {"A1": date(2026, 4, 3), "A2": date(2026, 6, 5)}
    assert acquired() == {"A1": date(2025, 8, 13), "A2": date(2025, 8, 20)}


def test_a_column_that_is_not_used_tells_how_dates_are_written(lincoln: School) -> None:
    text = "Student ID,First Name,Last Name,School,{},Exit Date\nS1,Fu,Ture,LIN,{},3/12/2025\n"
    for heading in ("Entry Date", "DOB"):
        session = look_at(text.format(heading, "25/8/2011"), kind="people")
        assert "Other dates of this file have the day first." in why(session)
    for heading, cell in (("Version", "13.5.24"), ("Remarks", "moved")):
        session = look_at(text.format(heading, cell), kind="people")
        assert outcomes(session) == {"create": 1}, "no date of its own"
    assert outcomes(look_at(text.format("Entry Date", "8/25/2011"), kind="people")) == {"create": 1}


def test_what_was_said_holds_where_every_date_could_be_either(
    equipment: Category, lincoln: School
) -> None:
    session = bring("Tag,Make,Acquired\nA1,Acer,4/8/2025\nA2,Acer,3/8/2025\n", order="day")
    assert acquired() == {"A1": date(2025, 8, 4), "A2": date(2025, 8, 3)}
    assert "dates were read with the day first (cells: 2)" in notes(session)


@pytest.mark.parametrize(("order", "cell"), [("day", "8/25/2025"), ("month", "25/8/2025")])
def test_a_date_that_is_not_written_as_was_said_is_refused(
    equipment: Category, lincoln: School, order: str, cell: str
) -> None:
    session: ImportSession = look_at(f"Tag,Make,Acquired\nA1,Acer,{cell}\n", order=order)
    assert "say it otherwise at the columns" in why(session)
    assert "ask-order" in session.said.asked


def workbook(*rows: list[Any]) -> bytes:
    """A workbook whose true dates show as Excel shows them in the United States."""
    return formatted([["Tag", "Make", "Acquired", "Last verified"], *rows])


def true(*day: int) -> tuple[int, str]:
    """A true date of a spreadsheet: a number that it shows as a day."""
    return (date(*day) - date(1899, 12, 30)).days, "m/d/yyyy"


MIXED = workbook(
    ["A1", "Acer", true(2025, 3, 8), true(2026, 5, 6)],
    ["A2", "Acer", "13/8/2025", true(2026, 4, 4)],
)


def test_dates_that_a_spreadsheet_may_have_exchanged_are_asked_about(
    equipment: Category, lincoln: School
) -> None:
    session = look_at(MIXED)
    assert {row: len(found) for row, found in problems(session).items()} == {2: 2, 3: 1}
    session = look_at(MIXED, order="day")
    assert {row: len(found) for row, found in problems(session).items()} == {2: 2}
    assert "Acquired: some dates of the file are texts with the day first" in notes(session)
    assert set(session.said.asked) == {"ask-sheet"}


@pytest.mark.parametrize(
    ("sheet", "acquired_on", "verified_on"),
    [("turned", date(2025, 8, 3), date(2026, 6, 5)), ("kept", date(2025, 3, 8), date(2026, 5, 6))],
)
def test_a_spreadsheets_dates_are_what_the_person_says(
    equipment: Category, lincoln: School, sheet: str, acquired_on: date, verified_on: date
) -> None:
    session = bring(MIXED, order="day", sheet=sheet)
    assert acquired() == {"A1": acquired_on, "A2": date(2025, 8, 13)}
    assert Asset.objects.get(tag="A1").last_verified_on == verified_on
    assert "of what a spreadsheet has as dates" in notes(session) or sheet == "kept"
    assert "what a spreadsheet has as dates was taken" in notes(session) or sheet == "turned"


def test_a_spreadsheets_dates_after_the_12th_stand_as_they_are(
    equipment: Category, lincoln: School
) -> None:
    data = workbook(
        ["A1", "Acer", "13/8/2025", true(2026, 5, 6)],
        ["A2", "Acer", "14/8/2025", true(2026, 5, 20)],
    )
    assert outcomes(look_at(data, order="day")) == {"create": 2}
    data = workbook(["A1", "Acer", true(2025, 3, 8), ""], ["A2", "Acer", true(2025, 3, 20), ""])
    assert outcomes(look_at(data, name="Own.xlsx")) == {"create": 2}, "nothing has the day first"


@pytest.mark.parametrize("other", ["2025-03-08", "8-Mar-25", "8-Mar-2025 0:00", "45724"])
def test_a_spreadsheets_dates_in_a_file_of_texts_are_asked_about(
    equipment: Category, lincoln: School, other: str
) -> None:
    text = f"Tag,Make,Acquired\nA1,Acer,{other}\nA2,Acer,13/8/2025\n"
    assert set(problems(look_at(text, order="day"))) == {2}
    bring(text, order="day", sheet="turned")
    assert acquired()["A1"] == date(2025, 8, 3)
