"""What the columns of a file look like, and which of them are kept."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from django.utils.translation import gettext as _

from integrations import dates, understand
from integrations.headings import flat, known_in
from integrations.secrets import OTHER, SSN, innocent, looks_secret, masked, secret


@dataclass
class Column:
    """What the cells of a column look like."""

    filled: int = 0
    secret: int = 0
    instants: int = 0
    midnights: int = 0
    day_first: bool = False

    def look(self, cell: str) -> None:
        self.filled += 1
        if len(cell) < 40 and cell[:1].isdigit():
            if len(cell) == 11 and looks_secret(cell):
                self.secret += 1
            elif dates.is_instant(cell):
                self.instants += 1
                self.midnights += dates.is_midnight(cell)
            elif not self.day_first:
                self.day_first = dates.day_first(cell)


@dataclass
class Seen:
    first: list[tuple[int, list[str]]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    masked: Counter[int] = field(default_factory=Counter)
    #: What only looked like something else: (column, row, 0 where no headings can stand).
    alike: Counter[tuple[int, int]] = field(default_factory=Counter)
    total: int = 0


def kept_columns(
    headers: list[str],
    seen: Seen,
    codes: frozenset[str],
    notes: list[str],
    speaking: set[int],
) -> tuple[list[int], set[int]]:
    """The columns that are kept, and those of which single cells are not; says what is left out."""
    kept, numbers = [], set()
    left = _("The column %(column)s was left out: it holds %(what)s, which are kept nowhere.")
    for i, header in enumerate(headers):
        column = seen.columns[i] if i < len(seen.columns) else Column()
        what = "" if i in speaking else secret(header)
        what = what or (str(OTHER) if masked(header) else "")
        if not what and column.secret and known_in([header], codes) == 0:
            if column.secret * 2 >= column.filled - 1:  # the heading is a cell, too
                what = str(SSN)
            else:
                numbers.add(i)
                message = _(
                    "%(column)s: what looks like a social security number was left out "
                    "(cells: %(n)s)."
                )
                notes.append(message % {"column": header, "n": column.secret})
        if what:
            notes.append(left % {"column": header, "what": what})
            continue
        kept.append(i)
        if seen.masked[i]:
            message = _(
                "%(column)s: what stands beside words like SSN, DOB or password was left "
                "out (cells: %(n)s)."
            )
            notes.append(message % {"column": header, "n": seen.masked[i]})
    return kept, numbers


def harmless(headers: list[str], aside: TextIO, heading: int) -> set[int]:
    """The columns that only speak of secrets, by their heading and every one of their cells."""
    may = {i for i, header in enumerate(headers) if secret(header)}
    told: set[int] = set()
    if not may:
        return may
    aside.seek(0)
    for line in csv.reader(aside):
        if int(line[0]) <= heading:
            continue
        for i in list(may):
            cell = line[i + 1].strip() if i + 1 < len(line) else ""
            if not cell or flat(cell) == flat(headers[i]):
                continue
            if innocent(headers[i], cell):
                told.add(i)
            else:
                may.remove(i)
        if not may:
            break
    return may & told


def alike(headers: list[str], seen: Seen, kept: list[int], heading: int) -> Iterator[str]:
    message = _(
        "%(column)s: spaces and hyphens that only look like the usual ones, and marks that "
        "nobody sees, were made plain (cells: %(n)s)."
    )
    for i in kept:
        told = ((row, n) for (column, row), n in seen.alike.items() if column == i)
        if n := sum(n for row, n in told if row == 0 or row > heading):
            yield message % {"column": headers[i], "n": n}


def facts_of(headers: list[str], seen: Seen) -> dict[str, object]:
    """What a cell alone does not tell: whether its column's times are all midnight, and whether
    some of its dates can only have the day first."""
    columns = list(zip(headers, seen.columns, strict=False))
    return {
        understand.MIDNIGHT: [h for h, c in columns if c.instants and c.midnights == c.instants],
        understand.DAY_FIRST: [h for h, c in columns if c.day_first],
    }
