"""A cell that a sheet shows once for several rows stands in each; an amount is asked for."""

import io
from typing import Any

import openpyxl
import pytest

from assets.models import Asset
from core.access import SYSTEM
from core.problems import Invalid
from integrations import unpacking
from integrations.actions import mend_cell
from tests.integrations.conftest import bring, look_at, outcomes
from tests.integrations.ways import notes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("equipment", "lincoln", "washington"),
]
Rows = list[list[Any]]


def merged(rows: Rows, *over: str) -> bytes:
    """A workbook with cells that are merged."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("List")
    for row in rows:
        sheet.append(row)
    for cells in over:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raws(data: bytes, column: str) -> list[str]:
    return [r.raw[column] for r in look_at(data).rows.order_by("number")]


def test_a_school_that_is_shown_once_is_that_of_all_its_rows() -> None:
    rows: Rows = [
        ["Tag", "Make", "School"],
        ["A1", "HP", "WAS"],
        ["A2", "HP", None],
        ["A3", "HP", None],
        ["A4", "HP", None],
    ]
    session = bring(merged(rows, "C2:C4"), school="LIN")
    schools = dict(Asset.objects.values_list("tag", "school__code"))
    assert schools == {"A1": "WAS", "A2": "WAS", "A3": "WAS", "A4": "LIN"}
    assert "merged over several rows were filled down (cells: 2)" in notes(session)


def test_codes_and_days_are_filled_down_as_they_are() -> None:
    rows: Rows = [["Tag", "Make", "PO", "Acquired"], ["A1", "HP", 4711, "20240801"], ["A2", "HP"]]
    bring(merged(rows, "C2:C3", "D2:D3"))
    found = Asset.objects.values_list("unit__line__purchase__number", "acquired_on")
    assert {(number, str(day)) for number, day in found} == {("4711", "2024-08-01")}


@pytest.mark.parametrize("cost", [900, "$900.00", 900.5])
def test_an_amount_that_is_shown_once_is_asked_for(cost: Any) -> None:
    rows: Rows = [["Tag", "Make", "Cost"], ["A1", "HP", cost], ["A2", "HP", None]]
    session = look_at(merged(rows, "C2:C3"))
    assert outcomes(session) == {"refused": 2}
    for row in session.rows.order_by("number"):
        assert row.problems[0][0] == "cost"
        assert "once for the rows 2 to 3" in row.problems[0][1]
        session = mend_cell(session, row.number, "Cost", "450", by=SYSTEM)
    assert outcomes(session) == {"create": 2}


def test_no_row_is_made_of_a_merged_cell_alone() -> None:
    rows: Rows = [["Tag", "Make", "School"], ["A1", "HP", "WAS"]]
    assert raws(merged(rows, "C2:C400"), "School") == ["WAS"]


def test_a_cell_that_goes_over_columns_stays_in_its_first() -> None:
    rows: Rows = [["Our items"], ["Tag", "Make", "Model"], ["A1", "HP", "1"], ["A2", None, "2"]]
    data = merged(rows, "A1:C1", "B3:C4")
    assert raws(data, "Make") == ["HP", "HP"]


def test_headings_that_go_over_two_rows_are_read() -> None:
    rows: Rows = [["Tag", "Bought", None], [None, "PO", "Make"], ["A1", "P-1", "HP"]]
    session = look_at(merged(rows, "A1:A2", "B1:C1"))
    assert session.headers == ["Tag", "PO", "Make"]
    assert outcomes(session) == {"create": 1}


def test_a_merged_cell_is_read_wherever_its_words_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "CHUNK", 70)
    rows: Rows = [["Tag", "Make"], ["A1", "HP"], ["A2", None], ["A3", "Dell"], ["A4", None]]
    assert raws(merged(rows, "B2:B3", "B4:B5"), "Make") == ["HP", "HP", "Dell", "Dell"]


def test_far_too_many_merged_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_MERGED", 1)
    rows: Rows = [["Tag", "Make"], ["A1", "HP"], ["A2", None], ["A3", "Dell"], ["A4", None]]
    with pytest.raises(Invalid, match="too large"):
        look_at(merged(rows, "B2:B3", "B4:B5"))
