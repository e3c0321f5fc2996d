"""Workbooks of enemies: refused unopened, or read to their end and no further."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from assets.models import Category
from core.problems import Invalid
from people.models import School
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.made_workbooks import altered, words, workbook

pytestmark = pytest.mark.django_db
XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_a_zip_bomb_is_refused_unopened(equipment: Category, lincoln: School) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        zeros = b"\0" * (1024 * 1024)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _i in range(400):
                part.write(zeros)
    assert len(out.getvalue()) < 1024 * 1024
    assert "too large when unpacked" in words(out.getvalue())


@pytest.mark.parametrize("row", ["999999999999", "2000000"])
def test_a_sheet_that_says_its_next_row_is_the_billionth_ends(
    equipment: Category, lincoln: School, row: str
) -> None:
    sheet = (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Tag</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Make</t></is></c></row>'
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>x</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    session = look_at(altered(workbook([["Tag", "Make"]]), sheet1=sheet))
    assert session.rows.count() == 0
    assert any("empty rows: what is under them was not read" in n for n in session.notes)


def test_entities_of_a_workbook_reach_no_file_and_do_not_grow(
    equipment: Category, lincoln: School
) -> None:
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol" * 10}">' for i in range(12))
    for entity in ('<!ENTITY a11 SYSTEM "file:///etc/passwd">', bomb):
        sheet = (
            f'{XML}<!DOCTYPE x [{entity}]><worksheet xmlns="{MAIN}"><sheetData>'
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Tag</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>Make</t></is></c></row>'
            '<row r="2"><c r="A2" t="inlineStr"><is><t>X&a11;</t></is></c></row>'
            "</sheetData></worksheet>"
        )
        data = altered(workbook([["Tag", "Make"]]), sheet1=sheet)
        try:
            session = look_at(data)
        except Invalid:
            continue
        assert "root:" not in str(list(session.rows.values_list("raw", flat=True)))


def test_numbers_and_dates_of_a_workbook_are_what_the_sheet_shows(
    equipment: Category, lincoln: School
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    dates = book.add_format({"num_format": "mm/dd/yyyy"})
    sheet.write_row(0, 0, ["Tag", "Serial", "Cost", "Acquired"])
    sheet.write_row(1, 0, [100200, "00123", 349])
    sheet.write_datetime(1, 3, datetime(2024, 8, 12), dates)
    sheet.write_row(2, 0, ["F2", 1234567890123456789, 10])
    book.close()
    session = look_at(out.getvalue())
    assert outcomes(session) == {"create": 1, "refused": 1}
    assert session.rows.get(number=2).raw == {
        "Tag": "100200",
        "Serial": "00123",
        "Cost": "349",
        "Acquired": "2024-08-12",
    }
    assert session.rows.get(number=3).problems[0][0] == "serial", "its last digits are lost"
