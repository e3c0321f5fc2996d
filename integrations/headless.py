"""Files without headings: their first row is a thing, which would be taken for the headings."""

import re

from django.utils.translation import gettext as _

from integrations.headings import known_in

_DIGITS, _LETTERS = re.compile(r"\d+", re.ASCII), re.compile(r"[^\W\d_]+")


def headless(first: list[tuple[int, list[str]]], number: int, names: frozenset[str]) -> str:
    """What is said of a row of headings of which none is known (`names`) and that looks like a row
    of data: one of its cells has figures in it as the cells beneath have. Empty for any other."""
    header = next((row for n, row in first if n == number), [])
    below = [row for n, row in first if n > number]
    if known_in(header, names):
        return ""
    for i, cell in enumerate(header):
        beneath = [row[i].strip() for row in below if i < len(row) and row[i].strip()]
        if not _DIGITS.search(cell) or not beneath:
            continue
        # "2024" and "2025" above sums are headings; a tag, a day and a number above their like
        # are none. A repeated heading is passed over anyway.
        alike = sum(_shape(b) == _shape(cell.strip()) for b in beneath)
        if alike * 2 > len(beneath) and any(b != cell.strip() for b in beneath):
            message = _(
                "Row %s was taken for the headings, none of which is known, and it looks like one "
                "of the rows: what it says does not come in. If the file has no headings, write a "
                "row of headings above it and bring it again."
            )
            return message % number
    return ""


def _shape(cell: str) -> str:
    """A cell as its figures and letters stand: RG01 and RG02 are alike."""
    return _LETTERS.sub("a", _DIGITS.sub("0", cell))
