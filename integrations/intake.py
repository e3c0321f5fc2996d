"""Taking a file in: its lines are read once to their end, aside from the register, before any of
them is staged. What nobody should have sent goes no further than here."""

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, TextIO

from django.utils.translation import gettext as _

from core.files.tabular import csv_lines
from core.text.lookalikes import plain
from integrations import dates, understand
from integrations.headings import known_in
from integrations.reader import open_table
from integrations.secrets import OTHER, SSN, looks_secret, masked, secret, without_secrets
from integrations.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, bad

TELL = 10_000  # lines after which is told how far it is
FIRST = 15  # lines among which the headings are looked for


@dataclass
class _Column:
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
class Intake:
    """A file as it will be staged: its headings, its rows, and what is to be said of it."""

    headers: list[str]
    heading: int  # the row that the headings stand in
    total: int
    notes: list[str]
    facts: dict[str, object]
    clean: bool  # the file may be kept as it came
    _lines: TextIO
    _kept: list[int]
    _width: int
    _numbers: frozenset[int]  # columns of which single cells are left out

    def rows(self) -> Iterator[tuple[int, list[str], bool]]:
        """The rows beneath the headings without what is left out: number, cells, whether there
        are more cells than headings."""
        for number, row in self._read():
            if number > self.heading:
                yield number, self._without(row), len(row) > self._width

    def file(self) -> Iterator[bytes]:
        """The file to keep where it may not be kept as it came."""
        lines = self._every()
        return csv_lines(next(lines, []), lines)

    def _every(self) -> Iterator[list[str]]:
        """All lines, empty ones too: a line keeps its number."""
        last = 0
        for number, row in self._read():
            yield from ([] for _gap in range(last + 1, number))
            yield self._without(row)
            last = number

    def _without(self, row: list[str]) -> list[str]:
        cells = [row[i] if i < len(row) else "" for i in self._kept]
        for place, i in enumerate(self._kept):
            if i in self._numbers and looks_secret(cells[place]):
                cells[place] = ""
        return cells

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        self._lines.seek(0)
        for line in csv.reader(self._lines):
            yield int(line[0]), line[1:]


@dataclass
class _Seen:
    first: list[tuple[int, list[str]]] = field(default_factory=list)
    columns: list[_Column] = field(default_factory=list)
    masked: Counter[int] = field(default_factory=Counter)
    #: What only looked like something else: (column, row, 0 where no headings can stand).
    alike: Counter[tuple[int, int]] = field(default_factory=Counter)
    total: int = 0


def take_in(
    file: BinaryIO,
    names: frozenset[str],
    codes: frozenset[str],
    heading: int | None = None,
    told: Callable[[int], None] = lambda _done: None,
) -> Intake:
    """Read a file to its end. `names`: the known headings, `codes`: those whose columns are codes,
    which may look as they like; `heading`: the row of headings that the person chose.

    Raises Invalid with a sentence for what cannot be read or is too large."""
    table = open_table(file)
    # Without a name on the disk: it is gone with this process, however that ends.
    aside = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
    seen = _read_aside(table.lines, aside, told)
    number, header = _heading(seen.first, names, heading)
    if len(header) > MOST_COLUMNS or any(len(c) > LONGEST_CELL for c in header):
        raise bad(_("Row %s has cells or columns far too large for a table.") % number)
    notes = list(table.notes)
    if number > 1:
        notes.append(_("The headings were found in row %s.") % number)
    headers = _headers(header, notes)
    kept, numbers = _kept(headers, seen, codes, notes)
    notes += _alike(headers, seen, kept, number)
    facts = table.facts | _facts(headers, seen)
    clean = table.whole and len(kept) == len(headers) and not numbers and not seen.masked
    above = sum(n <= number for n, _row in seen.first)
    return Intake(
        [headers[i] for i in kept],
        number,
        seen.total - above,
        notes,
        facts,
        clean,
        aside,
        kept,
        len(headers),
        frozenset(numbers),
    )


def check_heading(file: BinaryIO, heading: int) -> None:
    """Raises Invalid where a row cannot be the headings of a file."""
    first = [(n, _trimmed(line)) for n, line in enumerate(islice(open_table(file).lines, FIRST), 1)]
    _heading([item for item in first if item[1]], frozenset(), heading)


def _read_aside(lines: Iterator[list[str]], aside: TextIO, told: Callable[[int], None]) -> _Seen:
    """Every line that holds anything goes aside with its number."""
    writer = csv.writer(aside)
    seen = _Seen()
    checked = lru_cache(maxsize=4096)(without_secrets)  # most columns say few different things
    for number, line in enumerate(lines, start=1):
        if number % TELL == 0:
            told(number)
        row = _trimmed(line[: MOST_COLUMNS + 1])
        if not row:
            continue
        if number > MOST_ROWS:
            raise bad(_("The file has more rows than a sheet can have; split it."))
        while len(seen.columns) < len(row):
            seen.columns.append(_Column())
        for i, cell in enumerate(row):
            if not cell:
                continue
            if len(cell) > LONGEST_CELL:
                row[i] = cell = cell[: LONGEST_CELL + 1]
            if (flat := plain(cell)) != cell:
                row[i] = cell = flat
                seen.alike[i, number if number <= FIRST else 0] += 1
            if len(cell) > 5 and (hidden := checked(cell)) != cell:
                row[i] = cell = hidden
                seen.masked[i] += 1
            seen.columns[i].look(cell)
        try:
            writer.writerow([number, *row])
        except UnicodeEncodeError:
            raise bad(_("Row %s holds half a character, which is no text.") % number) from None
        if number <= FIRST:
            seen.first.append((number, row))
        seen.total += 1
    return seen


def _heading(
    first: list[tuple[int, list[str]]], names: frozenset[str], chosen: int | None
) -> tuple[int, list[str]]:
    """The row of headings: the one with most known ones, else the first with two filled cells, or
    the first where the file has only one column."""
    if chosen is not None:
        for number, row in first:
            if number == chosen:
                return number, row
        raise bad(
            _("Row %(row)s cannot be the headings: it is empty or not among the first %(n)s.")
            % {"row": chosen, "n": FIRST}
        )
    known = [known_in(row, names) for _number, row in first]
    if known and max(known) > 1:
        return first[known.index(max(known))]
    wide = [item for item in first if sum(bool(c.strip()) for c in item[1]) >= 2]
    single = [item for item in first if len(item[1]) == 1]
    if not (wide or single):
        raise bad(_("The file has no row of headings."))
    return (wide or single)[0]


def _headers(header: list[str], notes: list[str]) -> list[str]:
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
    return headers


def _kept(
    headers: list[str], seen: _Seen, codes: frozenset[str], notes: list[str]
) -> tuple[list[int], set[int]]:
    """The columns that are kept, and those of which single cells are not; says what is left out."""
    kept, numbers = [], set()
    left = _("The column %(column)s was left out: it holds %(what)s, which are kept nowhere.")
    for i, header in enumerate(headers):
        column = seen.columns[i] if i < len(seen.columns) else _Column()
        what = secret(header) or (str(OTHER) if masked(header) else "")
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


def _alike(headers: list[str], seen: _Seen, kept: list[int], heading: int) -> Iterator[str]:
    message = _(
        "%(column)s: spaces and hyphens that only look like the usual ones, and marks that "
        "nobody sees, were made plain (cells: %(n)s)."
    )
    for i in kept:
        told = ((row, n) for (column, row), n in seen.alike.items() if column == i)
        if n := sum(n for row, n in told if row == 0 or row > heading):
            yield message % {"column": headers[i], "n": n}


def _facts(headers: list[str], seen: _Seen) -> dict[str, object]:
    """What a cell alone does not tell: whether its column's times are all midnight, and whether
    some of its dates can only have the day first."""
    columns = list(zip(headers, seen.columns, strict=False))
    return {
        understand.MIDNIGHT: [h for h, c in columns if c.instants and c.midnights == c.instants],
        understand.DAY_FIRST: [h for h, c in columns if c.day_first],
    }


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end: exports fill rows up with commas."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
