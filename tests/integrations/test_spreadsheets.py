"""What spreadsheets do to cells: 50% is half, 00123 keeps its zeros, and what was lost is said."""

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from assets.models import Asset, Category
from core.problems import Invalid
from funding.models import Award, UnitShare
from people.models import Person, School
from tests.factories import make_asset
from tests.integrations.conftest import bring, look_at, outcomes
from tests.integrations.made_workbooks import altered

pytestmark = pytest.mark.django_db


def formatted(rows: list[list[Any]]) -> bytes:
    """A workbook; a pair is a value and its number format."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            value, form = cell if isinstance(cell, tuple) else (cell, "General")
            sheet.write(r, c, value, book.add_format({"num_format": form}))
    book.close()
    return out.getvalue()


def saved(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    """A workbook of a program that calculates nothing."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        if title == hidden:
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems(data: bytes | str) -> dict[int, list[list[str]]]:
    return {r.number: r.problems for r in look_at(data).rows.filter(outcome="refused")}


def test_a_cell_that_shows_50_per_cent_pays_half(
    equipment: Category, lincoln: School, arp: Award, local: Award
) -> None:
    head = ["Tag", "Make", "Cost", "Award 1", "Percent 1", "Award 2", "Percent 2"]
    row = ["P1", "Acer", 401.5, arp.name, (0.5, "0%"), local.name, (0.5, "0.00%")]
    bring(formatted([head, row]))
    assert {s.award: s.amount for s in UnitShare.objects.all()} == {
        arp: Decimal("200.75"),
        local: Decimal("200.75"),
    }


def test_zeros_that_a_format_shows_are_there_and_fractions_have_no_dust(
    equipment: Category, lincoln: School
) -> None:
    bring(formatted([["Tag", "Make", "Cost"], [(123, "00000"), "Acer", 0.1 + 0.2]]))
    asset = Asset.objects.get()
    assert asset.tag == "00123"
    assert asset.unit is not None
    assert asset.unit.cost == Decimal("0.30")


def test_a_formula_without_its_result_is_not_taken_for_an_empty_cell() -> None:
    with pytest.raises(Invalid, match="Row 3 has a formula without its result"):
        look_at(saved(("List", [["Tag", "Make"], ["A1", "Acer"], ["A2", '=B2&""']])))


def test_a_formula_whose_result_is_empty_is_an_empty_cell(
    equipment: Category, lincoln: School
) -> None:
    data = formatted([["Tag", "Make", "Notes"], ["A1", "Acer", "="]])
    part = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    empty = '<c r="C2" t="str"><f>IF(A1="","x","")</f><v></v></c>'
    changed = re.sub(r'<c r="C2".*?</c>', empty, sheet)
    assert changed != sheet
    assert outcomes(look_at(altered(data, sheet1=changed))) == {"create": 1}


def test_the_first_table_that_a_person_sees_is_read(equipment: Category, lincoln: School) -> None:
    old = [["Tag", "Make"], ["OLD", "Acer"]]
    data = saved(
        ("Before", old),
        ("Read me", [["Fill in the next sheet"]]),
        ("List", [["Tag", "Make"], ["A1", "Acer"]]),
        hidden="Before",
    )
    session = look_at(data)
    assert [r.raw["Tag"] for r in session.rows.all()] == ["A1"]
    assert session.notes == [], "the page that says how to fill it in is no second table"


def test_a_failed_formula_is_no_serial(equipment: Category, lincoln: School) -> None:
    found = problems("Tag,Serial,Make\nA1,#N/A,Acer\nA2,#REF!,#VALUE!\n")
    assert sorted(field for field, _why in found[3]) == ["make", "serial"]
    assert "#N/A" in found[2][0][1]


@pytest.mark.parametrize(
    "said", ["349,00", "1.234,50", "12,34,5", "1e3", "٣٤٩", "1_000", "(5.00)", "-5", "NaN", "$"]
)
def test_an_amount_that_could_be_another_is_refused(
    equipment: Category, lincoln: School, said: str
) -> None:
    assert problems(f'Tag,Make,Cost\nA1,Acer,"{said}"\n')[2][0][0] == "cost"


@pytest.mark.parametrize(
    ("title", "delimiter"),
    [
        ("Inventory", ";"),
        ("Inventory", "|"),
        ("Lincoln, Inventory, 2025", ";"),
        ("Lincoln, Inventory, 2025", "\t"),
        ("Lincoln; Inventory", ","),
        ('"a ""quoted"" title"', ";"),
    ],
)
def test_a_title_does_not_hide_what_splits_the_cells(
    equipment: Category, lincoln: School, title: str, delimiter: str
) -> None:
    rows = [["Tag", "Make", "Model", "Notes"], ["A1", "Acer", "X", ""], ["A2", "Acer", "X", ""]]
    text = "\n".join([title, "", *(delimiter.join(row) for row in rows)])
    session = look_at(text)
    assert session.headers == rows[0]
    assert outcomes(session) == {"create": 2}


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_a_number_without_its_zeros_is_not_another_thing(
    equipment: Category, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="000123")
    Person.objects.filter(pk=maria.pk).update(local_id="0042")
    found = problems("Tag,Make,Holder\n123,Acer,\n77,Acer,42\n")
    assert "000123" in found[2][0][1]
    assert "0042" in found[3][0][1]
    people = look_at("Student number,First name\n42,Maria\n43,Sam\n", kind="people")
    assert outcomes(people) == {"refused": 1, "create": 1}


def test_a_row_that_names_no_thing_makes_none(equipment: Category, lincoln: School) -> None:
    session = look_at("Tag,Make,School,Cost\n,,LIN,\n,,LIN,5.00\n")
    assert outcomes(session) == {"refused": 2}
