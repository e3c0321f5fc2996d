"""A cell that somebody filled by a slip of the hand, a million rows below the table."""

import pytest

from assets.models import Asset, Category
from core.problems import Invalid
from integrations import workbook as reading
from people.models import School
from tests.integrations.conftest import bring, look_at
from tests.integrations.made_workbooks import MAIN, XML, altered, workbook

pytestmark = pytest.mark.django_db


def a_sheet(rows: dict[int, dict[str, str]], dimension: str = "") -> bytes:
    """A workbook with these cells, by row and column, and a size that it says it has."""
    lines = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{column}{n}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in cells.items()
        )
        + "</row>"
        for n, cells in rows.items()
    )
    size = f'<dimension ref="{dimension}"/>' if dimension else ""
    sheet = f'{XML}<worksheet xmlns="{MAIN}">{size}<sheetData>{lines}</sheetData></worksheet>'
    return altered(workbook([["Tag", "Make"]]), sheet1=sheet)


TABLE = {1: {"A": "Tag", "B": "Make"}, 2: {"A": "A1", "B": "Acer"}}


@pytest.mark.parametrize("dimension", ["", "A1:XFD1048576"])
def test_a_table_with_a_cell_at_the_end_of_the_sheet_is_brought_in(
    equipment: Category, lincoln: School, dimension: str
) -> None:
    session = bring(a_sheet(TABLE | {1_048_576: {"XFD": "x"}}, dimension))
    assert [a.tag for a in Asset.objects.all()] == ["A1"]
    said = "Below row 2 come over 5,000 empty rows: what is under them was not read."
    assert said in session.notes


def test_some_thousand_empty_rows_inside_a_table_end_it_not(
    equipment: Category, lincoln: School
) -> None:
    gap = TABLE | {4000: {"A": "A2", "B": "Acer"}}
    session = look_at(a_sheet(gap))
    assert session.rows.count() == 2
    assert not any("empty rows" in note for note in session.notes)


def test_empty_rows_that_stand_in_the_file_end_it_too(
    equipment: Category, lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_EMPTY", 10)
    session = look_at(a_sheet(TABLE | {n: {} for n in range(3, 40)} | {40: {"A": "A2"}}))
    assert session.rows.count() == 1
    assert any("Below row 2 come over 10 empty rows" in note for note in session.notes)


@pytest.mark.parametrize("dimension", ["A1", "A1:A2", "A1:B1", "B2:B2"])
def test_rows_and_cells_beyond_the_size_that_a_sheet_says_it_has_are_brought_in(
    equipment: Category, lincoln: School, dimension: str
) -> None:
    more = TABLE | {n: {"A": f"A{n - 1}", "B": "Acer", "C": "seen"} for n in range(3, 8)}
    more[1] = more[1] | {"C": "Description"}
    bring(a_sheet(more, dimension))
    found = Asset.objects.order_by("tag").values_list("tag", "product__make", "description")
    assert list(found) == [("A1", "Acer", "")] + [(f"A{n}", "Acer", "seen") for n in range(2, 7)]


def test_a_formula_without_its_result_beyond_that_size_is_found(
    equipment: Category, lincoln: School
) -> None:
    sheet = (
        f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>Tag</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Make</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2"><f>A2</f></c></row>'
        "</sheetData></worksheet>"
    )
    with pytest.raises(Invalid) as refused:
        look_at(altered(workbook([["Tag", "Make"]]), sheet1=sheet))
    assert "Row 2 has a formula without its result" in str(refused.value)
