"""What a spreadsheet or a program made of a code names no thing, room or person, and neither does a
code with a remark: it is refused, and says why."""

from datetime import time, timedelta

import pytest

from tests.integrations.conftest import Brings, look_at, outcomes, why
from tests.integrations.test_spreadsheets import saved
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Asset Tag,Serial,Make,Model,School,Room"
FAILED = ["######", "Err:502", "#FIELD!", "[object Object]", "NaN", "#N/A"]


def refused(row: str, kind: str = "assets", head: str = HEAD) -> str:
    session = look_at(f"{head}\n{row}\n", kind=kind)
    assert outcomes(session) == {"refused": 1}
    return why(session)


@pytest.mark.parametrize("day", ["10/1/2005", "3/4/2025", "25-Dec-25", "2-Jan-2026", "1/31/2026"])
@pytest.mark.parametrize(
    "row", ["{},,HP,M1,LIN,", "A1,{},HP,M1,LIN,", "A1,S1,{},,LIN,", "A1,S1,HP,{},LIN,"]
)
def test_a_day_is_no_code_and_no_name(row: str, day: str) -> None:
    assert "turned this into a date" in refused(row.format(day))


def test_nor_is_it_a_room_a_person_a_grade_or_an_award() -> None:
    assert "into a date" in refused("LIN,1/2/2026", "places", "School,Room")
    people = "ID,First Name,Last Name,School,Grade"
    assert "into a date" in refused("1/2/2026,Ann,Lee,LIN,9", "people", people)
    assert "into a date" in refused("P1,Ann,Lee,LIN,9/12/2026", "people", people)
    assert "into a date" in refused("10/1/2026,Title I", "awards", "Award,Program")


@pytest.mark.parametrize(
    "row",
    [
        "A1,S1,HP,10/1,LIN,",
        "A1,S1,HP,16:10,LIN,",
        "A1,S1,HP,12/2/45,LIN,",
        "A1,S1,HP,50%,LIN,",
        "A1-2005,10-1-2005,HP,M1,LIN,",
        "10/45/2005,S1,HP,M1,LIN,",
        "1001.1,00:1A:2B:3C:4D:5E,HP,M1,LIN,",
        "LOST-004,S1/2/3,HP,M1,LIN,",
        "MISSING1,STOLEN1,HP,M1,LIN,",
        "A1,S1,True,#9,LIN,",
        "A1 B,S1 (2),HP,Lost World (old),LIN,",
        "ASSET-21,TAG-5,HP,Needs tag,LIN,",
        "12/0034,2019 - 0012,HP,M1,LIN,",
        "MRP 014,AB1/CD2,HP,M1/M2,LIN,",
        "CART-NEW,TAG7,HP,Serial Number,LIN,",
    ],
)
def test_a_code_that_only_reminds_of_one_comes_in(row: str) -> None:
    assert outcomes(look_at(f"{HEAD}\n{row}\n")) == {"create": 1}


def test_where_a_column_has_codes_that_are_no_days_none_of_them_is_a_day() -> None:
    session = look_at(f"{HEAD}\n10/45/2005,,HP,M1,LIN,\n10/1/2005,,HP,M1,LIN,\n")
    assert outcomes(session) == {"create": 2}


def test_an_invoice_may_be_called_by_its_day() -> None:
    session = look_at("Asset Tag,Make,PO,Invoice,Cost\nA1,HP,PO-1,10/1/2026,100\n")
    assert outcomes(session) == {"create": 1}


@pytest.mark.parametrize(
    "code",
    ["50%", '"$12,345.00"', "$1234.00", "(12345)", "-45123.50", "TRUE", "False", "08:15:00"],
)
@pytest.mark.parametrize("row", ["{},,HP,M1,LIN,", "A1,{},HP,M1,LIN,"])
def test_an_amount_or_a_time_is_no_code(row: str, code: str) -> None:
    refused(row.format(code))


def test_what_a_workbook_has_as_a_time_is_no_code() -> None:
    rows = [["Tag", "Serial", "Make"], ["A1", time(8, 15), "HP"], ["A2", "S2", time(12, 30)]]
    session = look_at(saved(("List", [*rows, ["A3", timedelta(hours=30), "HP"], ["A4", 1, "HP"]])))
    assert outcomes(session) == {"refused": 3, "create": 1}
    assert why(session).count("into a time") == 3


@pytest.mark.parametrize("failed", FAILED)
@pytest.mark.parametrize(
    "row", ["{},,HP,M1,LIN,", "A1,{},HP,M1,LIN,", "A1,S1,{},M1,LIN,", "A1,S1,HP,{},LIN,"]
)
def test_what_a_program_writes_where_it_failed_is_no_thing(row: str, failed: str) -> None:
    assert "What wrote the file failed here" in refused(row.format(failed))


@pytest.mark.parametrize("failed", FAILED)
def test_nor_a_room_nor_a_person(failed: str) -> None:
    assert "failed here" in refused(f"LIN,{failed}", "places", "School,Room")
    people = "ID,First Name,Last Name,School"
    assert "failed here" in refused(f"{failed},Ann,Lee,LIN", "people", people)
    assert "failed here" in refused(f"P1,{failed},Lee,LIN", "people", people)


def test_nan_is_a_name_and_undefined_is_nothing(brings: Brings) -> None:
    people = "ID,First Name,Last Name,School\nP1,Nan,Lee,LIN\n"
    assert outcomes(brings(people, kind="people")) == {"create": 1}
    session = look_at(f"{HEAD}\nA1,undefined,HP,M1,LIN,undefined\n")
    assert outcomes(session) == {"create": 1}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("HM13 - LOST", "more than a code"),
        ("HM15 LOST", "more than a code"),
        ("HM15 (stolen)", "more than a code"),
        ("HM12 (old HM9)", "more than a code"),
        ("~~HM14~~", "more than a code"),
        ("HM16 - dead", "more than a code"),
        ("HM16 [dead]", "more than a code"),
        ("HM16 lost 2024", "more than a code"),
        ("LOST: HM16", "more than a code"),
        ("HM17 NEW", "more than a code"),
        ("HM17 replaced HM16", "more than a code"),
        ("was HM16", "more than a code"),
        ("Tag: HM16", "more than a code"),
        ("Asset HM16", "more than a code"),
        ("Asset Tag # 16", "more than a code"),
        ("HM16*", "more than a code"),
        ("HM16?", "more than a code"),
        ("5CD12...", "more than a code"),
        ("HM0016/HM0017", "several"),
        ("HM0016 - HM0019", "several"),
        ("5CD1234ABC/5CD1234ABD", "several"),
        ("900451/900452", "several"),
        ("dead", "no code"),
        ("STOLEN", "no code"),
        ("pending", "no code"),
    ],
)
@pytest.mark.parametrize("row", ["{},,HP,M1,LIN,", "A1,{},HP,M1,LIN,"])
def test_a_remark_is_no_part_of_a_code(row: str, code: str, said: str) -> None:
    assert said in refused(row.format(code))


@pytest.mark.parametrize("code", ["WAS 0012", "New 2019-0012", "old 7001"])
def test_a_school_may_be_called_so(code: str) -> None:
    session = look_at(f"{HEAD}\n{code},{code}8,HP,M1,LIN,\n")
    assert outcomes(session) == {"create": 1}, why(session)


@pytest.mark.parametrize(
    "word", ["Needs tag", "Tag missing", "INVALID", "Chassis Serial Number", "no barcode yet"]
)
def test_a_word_that_a_code_is_to_be_there_is_none(word: str) -> None:
    session = look_at(f"{HEAD}\n{word},S1,HP,M1,LIN,\nA2,{word},HP,M1,LIN,\n")
    assert outcomes(session) == {"create": 2}, why(session)
    assert "none and the like were taken as empty" in notes(session)
