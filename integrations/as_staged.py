"""A file that was read to its end, as its rows will be staged."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from django.utils.translation import gettext as _

from core.files.tabular import csv_lines
from integrations.arrangement import Arrangement, arrangement
from integrations.gone_sections import section_in, title_in
from integrations.headings import flat, print_of, squashed
from integrations.secret_texts import looks_secret
from integrations.secrets import secret
from integrations.sections import is_headings, is_line, listed, may_be_headings
from integrations.totals import CODES


class Line(NamedTuple):
    """A row: its cells, what is wrong with them, whether it is none by its looks (a line of dashes,
    headings by other names), the section or the title that it stands beneath where that says that
    what is in it is gone."""

    number: int
    cells: list[str]
    fault: str
    none: bool
    under: str


@dataclass
class Intake:
    """A file as it will be staged: its headings, its rows, and what is to be said of it."""

    headers: list[str]
    heading: int  # the row that the headings stand in
    total: int
    notes: list[str]
    facts: dict[str, object]
    clean: bool  # the file may be kept as it came
    over: str  # what its name, or its sheet's, says of all of it where that is that it is gone
    _lines: TextIO
    _kept: list[int]
    _width: int
    _numbers: frozenset[int]  # columns of which single cells are left out
    _header: list[str]  # as the file has it
    _meant: Mapping[str, str]  # known headings, each with its field

    def drop(self, columns: set[str]) -> None:
        """Columns that are not to be staged."""
        pairs = zip(self.headers, self._kept, strict=True)
        kept = [(h, i) for h, i in pairs if h not in columns]
        self.headers, self._kept = [h for h, _i in kept], [i for _h, i in kept]

    @property
    def print(self) -> str:
        """The row of its headings as it is remembered."""
        return print_of(self._header)

    def rows(self) -> Iterator[Line]:
        """The rows beneath the headings without what is left out. Where the headings stand again,
        as at the head of each page of a report, they are passed over; what is beneath others is
        read by those. The notes say so of each."""
        heads, again, none = list(map(flat, self._header)), [], []
        others: list[int] = []
        hidden = False  # a column of what is kept nowhere, by other headings
        section, above = "", list[str]()
        for number, row, ordered in self._arranged():
            if number <= self.heading:
                if number < self.heading:
                    self.over = title_in(row) or self.over
                continue
            if _repeats(row, heads):
                again.append(number)
                continue
            if ordered is not None and ordered.row == number:
                others.append(number)
                hidden = hidden or any(map(secret, ordered.names))
            looks_none = is_line(row) or number in others[-1:] or is_headings(row, self._names)
            if looks_none:
                none.append(number)
            fault = ""
            if ordered is not None and not looks_none:
                row, fault = ordered.read(row)
            elif len(row) > self._width:
                fault = _("The row has more cells than there are headings.")
            began = None
            if not looks_none and self._width > 1:
                began = section_in(row, above, sure=self._names_nothing(row))
            section, above = section if began is None else began, row
            under = "" if began else section or self.over
            yield Line(number, self._without(row), fault, looks_none, under)
        self.clean = self.clean and not hidden
        if again:
            message = _("The headings stand again in %(n)s rows, which were passed over: %(rows)s.")
            self.notes.append(message % {"n": len(again), "rows": listed(again)})
        if others:
            message = _(
                "Other headings than the file's, or in another order, stand in row %(rows)s: what "
                "is beneath them was read by them."
            )
            self.notes.append(message % {"rows": listed(others)})
        if none:
            message = _(
                "Lines of dashes, and headings by other names, are no rows of their own: "
                "%(n)s left out (row %(rows)s). Take in again what is one."
            )
            self.notes.append(message % {"n": len(none), "rows": listed(none)})

    def file(self) -> Iterator[bytes]:
        """The file to keep where it may not be kept as it came."""
        lines = self._every()
        return csv_lines(next(lines, []), lines)

    def _every(self) -> Iterator[list[str]]:
        """All lines, empty ones too: a line keeps its number."""
        last = 0
        for number, row, ordered in self._arranged():
            yield from ([] for _gap in range(last + 1, number))
            # As it came, to be read again by other headings; but for what may be kept nowhere.
            moved = ordered is not None and any(map(secret, ordered.names))
            yield self._without(ordered.read(row)[0] if ordered and moved else row)
            last = number

    def _without(self, row: list[str]) -> list[str]:
        cells = [row[i] if i < len(row) else "" for i in self._kept]
        for place, i in enumerate(self._kept):
            if i in self._numbers and looks_secret(cells[place]):
                cells[place] = ""
        return cells

    def _names_nothing(self, row: list[str]) -> bool:
        """Whether words alone in the first filled cell of a row are no thing's and nobody's name:
        where codes stand, and in the first column of a list of several."""
        first = next((i for i, cell in enumerate(row) if cell.strip()), self._width)
        if first >= self._width:
            return False
        field = self._meant.get(squashed(self._header[first]))
        return field in CODES or (first == 0 and self._width > 2)

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(self._meant)

    def _arranged(self) -> Iterator[tuple[int, list[str], Arrangement | None]]:
        """The lines, each with the headings above it (or its own) where those are others."""
        heads, ordered = list(map(flat, self._header)), None
        names = self._names | set(map(squashed, self._header))
        above: list[str] = []
        for number, row in self._read():
            if number > self.heading:
                if _repeats(row, heads):
                    ordered = None
                elif not (may_be_headings(row, names) or is_headings(row, names)):
                    above = row
                else:
                    found = arrangement(number, row, self._header, self._meant, above)
                    if found.other or ordered is not None:
                        ordered = found
            yield number, row, ordered

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        self._lines.seek(0)
        for line in csv.reader(self._lines):
            yield int(line[0]), line[1:]


def _repeats(row: list[str], heads: list[str]) -> bool:
    """Whether the cells of a row are its headings once more, all that it has."""
    if len(row) > len(heads):
        return False
    same = 0
    for cell, head in zip(row, heads, strict=False):
        if not cell:
            continue
        if flat(cell) != head:
            return False
        same += 1
    return same > 1 or same == sum(map(bool, heads))
