"""What the columns of a file look like, and which of them are kept."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TextIO

from django.utils.translation import gettext as _

from integrations import dates, ordering
from integrations.day_order import day_first, month_first, surely_date, unmarked
from integrations.headings import flat, known_in
from integrations.no_codes import is_no_day
from integrations.secret_looks import may_be_secret, secret_by_look
from integrations.secret_texts import looks_secret, masked
from integrations.secret_words import OTHER, SSN
from integrations.secrets import innocent, secret


@dataclass
class Column:
    """What the cells of a column look like."""

    filled: int = 0
    secret: int = 0
    instants: int = 0
    midnights: int = 0
    #: Dates as texts, those that can only have the day first, or the month; days after the 12th
    #: that are no such texts; days as digits alone.
    dated: int = 0
    day_first: bool = False
    month_first: bool = False
    late: bool = False
    packed: bool = False
    #: Codes that are parted as a day is, and are none: 10/45/2005.
    undated: bool = False

    def look(self, cell: str) -> None:
        self.filled += 1
        if len(cell) >= 40 or not (cell[:1].isdigit() or cell[:1] in "='"):
            return
        if 11 <= len(cell) <= 15 and looks_secret(cell):
            self.secret += 1
        elif (cell := unmarked(cell)).isdecimal():
            self.packed = self.packed or dates.is_packed(cell)
        elif len(cell) > 5:
            self._look_at_day(cell)

    def _look_at_day(self, cell: str) -> None:
        looks = _looks(cell)
        self.instants += looks.instant
        self.midnights += looks.midnight
        self.dated += looks.dated
        self.day_first = self.day_first or looks.day_first
        self.month_first = self.month_first or looks.month_first
        self.late = self.late or looks.late
        self.undated = self.undated or is_no_day(cell)


class _Looks(NamedTuple):
    """As which day a cell is written."""

    instant: bool
    midnight: bool
    dated: bool
    day_first: bool
    month_first: bool
    late: bool


@lru_cache(maxsize=4096)  # the things of a list came on few different days
def _looks(cell: str) -> _Looks:
    instant = dates.is_instant(cell)
    return _Looks(
        instant,
        instant and dates.is_midnight(cell),
        surely_date(cell),
        day_first(cell),
        month_first(cell),
        ordering.late(cell),
    )


@dataclass
class Seen:
    first: list[tuple[int, list[str]]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    masked: Counter[int] = field(default_factory=Counter)
    #: What only looked like something else: (column, row, 0 where no headings can stand).
    alike: Counter[tuple[int, int]] = field(default_factory=Counter)
    #: What a web page or a wrong reading made of letters, by column.
    wrapped: Counter[int] = field(default_factory=Counter)
    total: int = 0


def kept_columns(
    headers: list[str],
    seen: Seen,
    codes: frozenset[str],
    notes: list[str],
    speaking: set[int],
    hidden: dict[int, str],
) -> tuple[list[int], set[int]]:
    """The columns that are kept, and those of which single cells are not; says what is left out."""
    kept, numbers = [], set()
    left = _("The column %(column)s was left out: it holds %(what)s, which are kept nowhere.")
    for i, header in enumerate(headers):
        column = seen.columns[i] if i < len(seen.columns) else Column()
        what = "" if i in speaking else secret(header, things=bool(codes))
        what = what or hidden.get(i, "")
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


def looked_into(
    headers: list[str], aside: TextIO, heading: int, things: bool
) -> tuple[set[int], dict[int, str]]:
    """The columns that only speak of secrets, by their heading and every one of their cells; and
    what those hold whose heading may mean a secret, where a cell looks so."""
    may = {i for i, header in enumerate(headers) if secret(header, things=things)}
    open_ = [i for i, header in enumerate(headers) if i not in may and may_be_secret(header)]
    told: set[int] = set()
    hidden: dict[int, str] = {}
    if not may and not open_:
        return may, hidden
    aside.seek(0)
    for line in csv.reader(aside):
        if int(line[0]) <= heading:
            continue
        for i in open_:
            cell = line[i + 1].strip() if i + 1 < len(line) else ""
            if cell and i not in hidden and (what := secret_by_look(headers[i], cell)):
                hidden[i] = what
        for i in list(may):
            cell = line[i + 1].strip() if i + 1 < len(line) else ""
            if not cell or flat(cell) == flat(headers[i]):
                continue
            if innocent(headers[i], cell):
                told.add(i)
            else:
                may.remove(i)
        if not may and len(hidden) == len(open_):
            break
    return may & told, hidden


def alike(headers: list[str], seen: Seen, kept: list[int], heading: int) -> Iterator[str]:
    message = _(
        "%(column)s: spaces and hyphens that only look like the usual ones, letters that stood "
        "apart from their accents, and marks that nobody sees, were made plain (cells: %(n)s)."
    )
    put_right = _(
        "%(column)s: what a web page writes for a sign, or a wrong reading made of letters, was "
        "put right: &amp; is &, Ã© is é (cells: %(n)s)."
    )
    for i in kept:
        if n := seen.wrapped[i]:
            yield put_right % {"column": headers[i], "n": n}
        told = ((row, n) for (column, row), n in seen.alike.items() if column == i)
        if n := sum(n for row, n in told if row == 0 or row > heading):
            yield message % {"column": headers[i], "n": n}


def facts_of(headers: list[str], seen: Seen) -> dict[str, object]:
    """What a cell alone does not tell: whether its column's times are all midnight, how the days
    of its column and of the others are written."""
    columns = list(zip(headers, seen.columns, strict=False))
    found = {
        "midnight": [h for h, c in columns if c.instants and c.midnights == c.instants],
        "day_first": [h for h, c in columns if c.day_first],
        "month_first": [h for h, c in columns if c.month_first],
        # The heading is a cell, too.
        "dated": [h for h, c in columns if c.dated and c.dated * 2 >= c.filled - 1],
        "late": [h for h, c in columns if c.late],
        "packed": [h for h, c in columns if c.packed],
        "undated": [h for h, c in columns if c.undated],
    }
    return {name: headings for name, headings in found.items() if headings}
