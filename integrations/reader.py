"""Reading CSV and XLSX as districts really have them. Anything unreadable is one sentence."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from integrations.sheet import MOST_COLUMNS, Sheet, bad
from integrations.workbook import workbook_rows

LONGEST_CELL = 10_000
MOST_BYTES = 100 * 1024 * 1024
_END = "\x00end"


def read(data: bytes) -> Sheet:
    """The sheet of a file's bytes. Raises Invalid with a sentence for what it cannot read, also
    while its rows are taken."""
    if len(data) > MOST_BYTES:
        raise bad(_("The file is larger than 100 MB; split it."))
    if data.startswith(b"PK\x03\x04"):
        return _sheet(*workbook_rows(data))
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise bad(_("This is neither CSV nor XLSX. Save it as one of these."))
    return _sheet(*_csv(data))


def _csv(data: bytes) -> tuple[Iterator[list[str]], list[str]]:
    text, notes = _decode(data)
    if "\x00" in text:
        raise bad(_("The file contains zero bytes; it is not a text file."))
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # CR alone ends lines on old Macs
    csv.field_size_limit(MOST_BYTES)
    lines = csv.reader(io.StringIO(f"{text}\n{_END}"), delimiter=_delimiter(text))
    return _whole(lines), notes


def _delimiter(text: str) -> str:
    """What splits most of the first lines into equally many cells: a title above the headings,
    or a comma within a cell of semicolons, does not."""
    sample = text.lstrip("\n")[:20_000].split("\n")[:20]

    def cells(delimiter: str) -> int:
        widths = Counter(map(len, csv.reader(sample, delimiter=delimiter)))
        return max((rows * (width - 1) for width, rows in widths.items()), default=0)

    return max(",;\t|", key=cells)


def _whole(lines: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows; a quotation mark that is never closed would swallow the rest of the file, our
    last line too."""
    for number, row in enumerate(lines, start=1):
        if row == [_END]:
            return
        if row and row[-1].endswith(_END):
            raise bad(_("A quotation mark in row %s is never closed.") % number)
        yield row


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise bad(_("The file says it is UTF-16 and is not.")) from error
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = _("The file is not UTF-8; it was read as Windows-1252. Look at the accents.")
        return data.decode("cp1252", errors="replace"), [note]


def _sheet(lines: Iterator[list[str]], notes: list[str]) -> Sheet:
    try:
        number, header, lines = _header(lines)
    except csv.Error as error:
        raise bad(_("The file is not a well-formed CSV.")) from error
    if header is None:
        raise bad(_("The file has no row of headings."))
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
            raise bad(_("Row %s has cells or columns far too large for a table.") % number)
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
            raise bad(_("Row %s is not well-formed.") % (number + 1)) from error
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
