"""Cells that no spreadsheet takes for a formula, and no import for other letters; numbers stay
numbers."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from core.text.unwrapped import unwrapped

#: Also as East Asian keyboards type them: some spreadsheets read those alike.
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")


def inert(text: str) -> str:
    """A text that a spreadsheet shows and never runs, and that an import reads as it stands: an
    apostrophe goes before a formula's start, and before what would be read as other letters.

    Control characters that no file format bears become spaces."""
    if not text.isprintable():
        text = "".join(c if c >= " " or c in "\t\n\r" else " " for c in text)
    return "'" + text if _means_another(text) else text


def _means_another(text: str) -> bool:
    if text.startswith(TRIGGERS) or text.lstrip().startswith(TRIGGERS[:8]):
        return True
    return unwrapped(text) != text or (text.startswith("'") and _means_another(text[1:]))


def typed(text: str) -> str:
    """A text as it was before `inert` made a spreadsheet show it: files that we gave out come
    back without our apostrophe."""
    return text[1:] if text.startswith("'") and inert(text[1:]) == text else text


def cell(value: Any) -> str:
    """One value for a CSV: ISO dates, plain numbers, inert text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return inert(str(value))


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV that Excel reads: UTF-8 with BOM, CRLF; the header alone, then a hundred rows at a
    time (each chunk is sent by itself)."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + writer.writerow([cell(h) for h in header]).encode()
    rows = iter(rows)
    while some := list(islice(rows, 100)):
        yield "".join([writer.writerow([cell(v) for v in row]) for row in some]).encode()
