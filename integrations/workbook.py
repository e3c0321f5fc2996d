"""The cells of an XLSX as the person who saved it saw them."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.problems import Invalid
from integrations.sheet import MOST_COLUMNS, MOST_ROWS, bad

MOST_UNZIPPED = 200 * 1024 * 1024
MOST_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
#: Number formats that show 50% for 0.5 and 00123 for 123.
_PERCENT, _PADDED = re.compile(r"0(\.0+)?%"), re.compile(r"0{2,32}")


def _unreadable() -> Invalid:
    return bad(_("This workbook cannot be read. Save it again as XLSX or CSV."))


def workbook_rows(data: bytes) -> tuple[Iterator[list[str]], list[str]]:
    """The rows of the first sheet with anything in it, and notes. Raises Invalid with a sentence
    for what cannot be read, also while the rows are taken."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MOST_UNZIPPED:
                raise bad(_("The workbook is far too large when unpacked."))
            formulas = any(_has_formula(archive, name) for name in archive.namelist())
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        # One that a person sees and that looks like a table goes before a page of instructions.
        filled = {s.title: _most_filled(s) for s in shown.worksheets if s.sheet_state == "visible"}
        tables = [title for title, cells in filled.items() if cells > 1]
        title = (tables or [t for t, n in filled.items() if n] or shown.sheetnames)[0]
        sheet = shown[title]
        notes = []
        if len(tables) > 1:
            notes.append(_("The workbook has several sheets; only %s was read.") % title)
        if formulas:
            written = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            _refuse_unsaved(sheet, written[title])
    except Invalid:
        raise
    except Exception as error:
        raise _unreadable() from error
    return _rows(sheet.iter_rows()), notes


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    if not name.startswith("xl/worksheets/"):
        return False
    tail = b""
    with archive.open(name) as source:
        while chunk := source.read(1 << 20):
            if b"<f>" in tail + chunk or b"<f " in tail + chunk:
                return True
            tail = chunk[-2:]
    return False


def _most_filled(sheet: Any) -> int:
    """How many cells of one of its first rows are filled, at the most."""
    rows = itertools.islice(sheet.iter_rows(values_only=True), 15)
    return max((sum(v not in (None, "") for v in row) for row in rows), default=0)


def _refuse_unsaved(sheet: Any, written: Any) -> None:
    """A program that is no spreadsheet writes formulas without their results: these cells would
    come in empty. (A result that is an empty text has a type of its own.)"""
    pairs = zip(sheet.iter_rows(), written.iter_rows(values_only=True), strict=False)
    for number, (cells, texts) in enumerate(itertools.islice(pairs, MOST_ROWS), start=1):
        for cell, text in zip(cells, texts, strict=False):
            if cell.value is None and text is not None and cell.data_type == "n":
                message = _(
                    "Row %s has a formula without its result. Open the workbook in Excel, save it"
                    " and bring it again."
                )
                raise bad(message % number)


def _rows(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[str]]:
    """The cells of a worksheet as texts. A file may say that its next row is the billionth."""
    for number in itertools.count(1):
        try:
            row = next(rows, None)
            if row is None:
                return
            cells = [_text(c.value, c) for c in row[: MOST_COLUMNS + 1]]
        except Exception as error:
            raise _unreadable() from error
        if number > MOST_ROWS:
            raise bad(_("The sheet has more rows than a sheet can have."))
        yield cells


def _text(value: Any, cell: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.time().isoformat() == "00:00:00"
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, str(cell.number_format))
    return str(value)


def _number(value: float, form: str) -> str:
    if abs(value) >= MOST_EXACT:
        return f"{value:E}"  # its last digits are lost: shown so, and refused where they matter
    if _PERCENT.fullmatch(form):
        return f"{value * 100:.13g}%"
    text = f"{value:.15g}"  # as the spreadsheet shows it, without the dust of binary fractions
    return text.zfill(len(form)) if _PADDED.fullmatch(form) and text.isdecimal() else text
