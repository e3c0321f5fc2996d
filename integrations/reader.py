"""Reading CSV and XLSX as districts really have them. Anything unreadable is one sentence."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.problems import Invalid, Problem

LONGEST_CELL = 10_000
MOST_BYTES = 100 * 1024 * 1024
MOST_UNZIPPED = 200 * 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 1_048_576  # of a worksheet
MOST_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_END = "\x00end"


@dataclass
class Sheet:
    """A file's headers and rows; `notes` tell what was odd about it."""

    headers: list[str]
    rows: Iterator[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def _bad(message: str) -> Invalid:
    return Invalid(Problem("file", message, "file"))


def read(data: bytes) -> Sheet:
    """The sheet of a file's bytes. Raises Invalid with a sentence for what it cannot read, also
    while its rows are taken."""
    if len(data) > MOST_BYTES:
        raise _bad(_("The file is larger than 100 MB; split it."))
    if data.startswith(b"PK\x03\x04"):
        return _sheet(*_xlsx(data))
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise _bad(_("This is neither CSV nor XLSX. Save it as one of these."))
    return _sheet(*_csv(data))


def _csv(data: bytes) -> tuple[Iterator[list[str]], list[str]]:
    text, notes = _decode(data)
    if "\x00" in text:
        raise _bad(_("The file contains zero bytes; it is not a text file."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # CR alone ends lines on old Macs
    csv.field_size_limit(MOST_BYTES)
    sample = text.lstrip("\n")[:20_000].split("\n", 1)[0]
    delimiter = max(",;\t|", key=sample.count)
    lines = csv.reader(io.StringIO(f"{text}\n{_END}"), delimiter=delimiter)
    return _whole(lines), notes


def _whole(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows; a quotation mark that is never closed would swallow the rest of the file, our
    last line too."""
    for number, row in enumerate(lines, start=1):
        if row == [_END]:
            return
        if row and row[-1].endswith(_END):
            raise _bad(_("A quotation mark in row %s is never closed.") % number)
        yield row


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise _bad(_("The file says it is UTF-16 and is not.")) from error
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = _("The file is not UTF-8; it was read as Windows-1252. Look at the accents.")
        return data.decode("cp1252", errors="replace"), [note]


def _xlsx(data: bytes) -> tuple[Iterator[list[str]], list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MOST_UNZIPPED:
                raise _bad(_("The workbook is far too large when unpacked."))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except Invalid:
        raise
    except Exception as error:
        raise _bad(_("This workbook cannot be read. Save it again as XLSX or CSV.")) from error
    notes = []
    if len(book.worksheets) > 1:
        notes.append(_("The workbook has several sheets; only %s was read.") % sheet.title)
    return _cells(sheet.iter_rows(values_only=True)), notes


def _cells(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[str]]:
    """The cells of a worksheet as texts. A file may say that its next row is the billionth."""
    for number in itertools.count(1):
        try:
            row = next(rows, None)
        except Exception as error:
            raise _bad(_("This workbook cannot be read. Save it again as XLSX or CSV.")) from error
        if row is None:
            return
        if number > MOST_ROWS:
            raise _bad(_("The sheet has more rows than a sheet can have."))
        yield [_text(v) for v in row[: MOST_COLUMNS + 1]]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat()
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= MOST_EXACT:
        return f"{value:E}"  # its last digits are lost: shown so, and refused where they matter
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(lines: Iterator[list[str]], notes: list[str]) -> Sheet:
    try:
        number, header, lines = _header(lines)
    except csv.Error as error:
        raise _bad(_("The file is not a well-formed CSV.")) from error
    if header is None:
        raise _bad(_("The file has no row of headings."))
    if number > 1:
        notes.append(_("The headings were found in row %s.") % number)
    headers: list[str] = []
    for i, text in enumerate(header):
        name = " ".join(text.split())[:100] or _("Column %s") % (i + 1)
        again = 2
        unique = name
        while unique.lower() in (h.lower() for h in headers):
            unique = f"{name} ({again})"
            again += 1
        if unique != name:
            notes.append(_("The heading %s stands there twice.") % name)
        headers.append(unique)
    return Sheet(headers, _rows(lines, len(headers), number), notes)


def _header(lines: Iterator[list[str]]) -> tuple[int, list[str] | None, Iterator[list[str]]]:
    """The first row that looks like headings, and what comes after it: a row of at least two
    filled cells, or the first where the file has only one column."""
    looked: list[list[str]] = []
    for number, cells in enumerate(itertools.islice(lines, 15), start=1):
        row = _trimmed(cells)
        if len(row) > MOST_COLUMNS or any(len(c) > LONGEST_CELL for c in row):
            raise _bad(_("Row %s has cells or columns far too large for a table.") % number)
        if sum(bool(c.strip()) for c in row) >= 2:
            return number, row, lines
        looked.append(row)
    for number, row in enumerate(looked, start=1):
        if len(row) == 1:
            return number, row, itertools.chain(looked[number:], lines)
    return 0, None, lines


def _rows(lines: Iterator[list[str]], width: int, start: int) -> Iterator[tuple[int, list[str]]]:
    number = start
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise _bad(_("Row %s is not well-formed.") % (number + 1)) from error
        number += 1
        row = _trimmed(row)
        if row:
            yield number, row + [""] * (width - len(row))


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end: exports fill rows up with commas."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
