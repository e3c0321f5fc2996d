"""The cells of an XLSX as the person who saved it saw them, as a stream."""

import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from core.problems import Invalid
from integrations import formats
from integrations.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Table, bad, merged
from integrations.unpacking import Parts, looked_at

#: What may be an amount, a per cent or a count, with what is said of its format.
_AMOUNT = re.compile(r"[-(]?\s*(US)?\$?\s*\d[\d,.]*\s*%?\)?(\s*\u27e6.*\u27e7)?")
MOST_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
#: A line end or control character as a workbook writes it, and an underscore before what only
#: looks so: _x005F_x000D_.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")
#: As wide is every row read, however wide a sheet says it is: a row that is wider is refused.
WIDEST = MOST_COLUMNS + 1
MOST_EMPTY = 5_000  # rows one below the other; a slip of the hand fills the last cell of a sheet


def _unreadable() -> Invalid:
    return bad(_("This workbook cannot be read. Save it again as XLSX or CSV."))


def open_workbook(file: BinaryIO) -> Table:
    """The lines of the first sheet with anything in it. Raises Invalid with a sentence for what
    cannot be read, also while the lines are taken."""
    import openpyxl  # only who reads a workbook waits for it

    try:
        with zipfile.ZipFile(file) as archive:
            parts = looked_at(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = openpyxl.load_workbook(file, read_only=True, data_only=True)
            for each in shown.worksheets:
                each.reset_dimensions()  # what a sheet says of its size is not always so
            # One that a person sees and that looks like a table goes before instructions.
            seen = [s for s in shown.worksheets if s.sheet_state == "visible"]
            filled = {s.title: _most_filled(s) for s in seen}
            tables = [title for title, cells in filled.items() if cells > 1]
            title = (tables or [t for t, n in filled.items() if n] or shown.sheetnames)[0]
            sheet = shown[title]
            written = None
            if parts.formulas:
                written = openpyxl.load_workbook(file, read_only=True)[title]
                written.reset_dimensions()
    except Invalid:
        raise
    except Exception as error:
        raise _unreadable() from error
    notes = _notes(tables, title, sheet, parts)
    facts: dict[str, object] = {"workbook": True}
    if shown.epoch.year == 1904:
        facts["1904"] = True
    lines = _rows(sheet, written, notes)
    if over := parts.merged.get(_path(sheet)):
        lines = _filled_down(lines, over, notes)
    return Table(lines, notes, facts, whole=False, title=title)


def _path(sheet: Any) -> str:
    """Where a sheet lies in the archive."""
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def _filled_down(
    lines: Iterator[list[str]], over: dict[int, list[tuple[int, int]]], notes: list[str]
) -> Iterator[list[str]]:
    """The lines with what a cell that is merged over several rows shows in each of them. An amount
    may be that of each row or of all: it is marked, so that whoever brings it is asked."""
    shown: dict[int, tuple[str, int]] = {}  # column -> its text, the last row
    count = 0
    for number, cells in enumerate(lines, start=1):
        own = any(cells)
        for column, (text, last) in list(shown.items()):
            if number > last:
                del shown[column]
            elif own and column < MOST_COLUMNS:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text
                count += 1
        for column, last in over.get(number, ()):
            text = cells[column] if column < len(cells) else ""
            if not text:
                continue
            if _AMOUNT.fullmatch(text):
                cells[column] = text = merged(text, number, last)
            shown[column] = (text, last)
        yield cells
    if count:
        notes.append(
            _("Cells that are merged over several rows were filled down (cells: %s).") % count
        )


def _notes(tables: list[str], title: str, sheet: Any, parts: Parts) -> list[str]:
    notes = []
    if len(tables) > 1:
        notes.append(_("The workbook has several sheets; only %s was read.") % title)
    hidden = parts.hidden.get(_path(sheet), 0)
    if hidden:
        notes.append(_("Hidden rows of the sheet were read too: %s.") % hidden)
    return notes


def _most_filled(sheet: Any) -> int:
    """How many cells of one of its first rows are filled, at the most."""
    rows = itertools.islice(sheet.iter_rows(values_only=True, max_col=WIDEST), 15)
    return max((sum(v not in (None, "") for v in row) for row in rows), default=0)


def _rows(sheet: Any, written: Any, notes: list[str]) -> Iterator[list[str]]:
    """The cells of a worksheet as texts. A file may say that its next row is the billionth: a long
    run of empty rows ends the sheet, and the notes say so.

    A program that is no spreadsheet writes formulas without their results: these cells would come
    in empty, so they refuse the file. (A result that is an empty text has a type of its own.)"""
    rows = sheet.iter_rows(max_col=WIDEST)
    formulas = None
    if written is not None:
        formulas = written.iter_rows(max_col=WIDEST, values_only=True)
    empty = 0
    for number in itertools.count(1):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
                texts = next(formulas, ()) if formulas is not None else ()
            if row is None:
                return
            filled = row[: _filled(row)]
            cells = [_text(c.value, c)[: LONGEST_CELL + 1] for c in filled]
        except Exception as error:
            raise _unreadable() from error
        for cell, text in zip(row, texts, strict=False):
            if cell.value is None and text is not None and cell.data_type == "n":
                message = _(
                    "Row %s has a formula without its result. Open the workbook in Excel, save it"
                    " and bring it again."
                )
                raise bad(message % number)
        if number > MOST_ROWS:
            raise bad(_("The sheet has more rows than a sheet can have."))
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY:
            message = _(
                "Below row %(row)s come over %(n)s empty rows: what is under them was not read."
            )
            notes.append(message % {"row": number - empty, "n": f"{MOST_EMPTY:,}"})
            return
        yield cells


def _filled(row: Sequence[Any]) -> int:
    """How wide a row is without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1].value is None:
        end -= 1
    return end


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
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _number(value: float, form: str) -> str:
    if abs(value) >= MOST_EXACT:
        return f"{value:E}"  # its last digits are lost: shown so, and refused where they matter
    text = formats.shown(value, form)
    if text is None:  # the number, and that nobody knows what the sheet shows of it
        return f"{formats.natural(value)} {formats.MARK % form[:60]}"
    return text
