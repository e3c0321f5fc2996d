"""Reading CSV and XLSX as districts really have them. Anything unreadable is one sentence."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.problems import Invalid, Problem

LONGEST_CELL = 10_000
MOST_BYTES = 100 * 1024 * 1024
MOST_UNZIPPED = 500 * 1024 * 1024
MOST_COLUMNS = 200


@dataclass
class Sheet:
    """A file's headers and rows; `notes` tell what was odd about it."""

    headers: list[str]
    rows: Iterator[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def _bad(message: str) -> Invalid:
    return Invalid(Problem("file", message, "file"))


def read(data: bytes) -> Sheet:
    """The sheet of a file's bytes. Raises Invalid with a sentence for what it cannot read."""
    if len(data) > MOST_BYTES:
        raise _bad(_("The file is larger than 100 MB; split it."))
    if data.startswith(b"PK\x03\x04"):
        return _sheet(_xlsx(data))
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise _bad(_("This is neither CSV nor XLSX. Save it as one of these."))
    return _sheet(_csv(data))


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _decode(data)
    if "\x00" in text:
        raise _bad(_("The file contains zero bytes; it is not a text file."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # CR alone ends lines on old Macs
    csv.field_size_limit(MOST_BYTES)
    sample = text[:20_000].split("\n", 1)[0]
    delimiter = max(",;\t|", key=sample.count)
    return iter(csv.reader(io.StringIO(text), delimiter=delimiter))


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _bad(_("The file says it is UTF-16 and is not.")) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _xlsx(data: bytes) -> Iterator[list[str]]:
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
    return ([_text(v) for v in row[:MOST_COLUMNS]] for row in sheet.iter_rows(values_only=True))


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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(lines: Iterator[list[str]]) -> Sheet:
    notes: list[str] = []
    try:
        number, header = _header(lines)
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


def _header(lines: Iterator[list[str]]) -> tuple[int, list[str] | None]:
    """The first row that looks like headings: at least two filled cells, or the only column."""
    first: tuple[int, list[str]] | None = None
    for number, row in enumerate(lines, start=1):
        filled = [c for c in row if c.strip()]
        if len(row) > MOST_COLUMNS or any(len(c) > LONGEST_CELL for c in row):
            raise _bad(_("Row %s has cells or columns far too large for a table.") % number)
        if len(filled) >= 2:
            return number, row
        if filled and first is None:
            first = (number, row)
        if number >= 15:
            break
    return first if first and len(first[1]) == 1 else (0, None)


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
        if any(c.strip() for c in row):
            yield number, row + [""] * (width - len(row))
