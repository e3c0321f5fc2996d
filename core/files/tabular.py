"""Cells that no spreadsheet takes for a formula; numbers stay numbers."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

#: Also as East Asian keyboards type them: some spreadsheets read those alike.
TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")


def inert(text: str) -> str:
    """A text a spreadsheet shows and never runs: an apostrophe goes before a formula's start.

    Control characters that no file format bears become spaces."""
    if not text.isprintable():
        text = "".join(c if c >= " " or c in "\t\n\r" else " " for c in text)
    return (
        "'" + text if text.startswith(TRIGGERS) or text.lstrip().startswith(TRIGGERS[:8]) else text
    )


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
