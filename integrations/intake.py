"""Taking a file in: its lines are read once to their end, aside from the register, before any of
them is staged. What nobody should have sent goes no further than here."""

import csv
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, TextIO

from django.utils.translation import gettext as _

from core.files.tabular import typed
from core.text.lookalikes import plain
from core.text.unwrapped import unwrapped
from integrations.as_staged import Intake
from integrations.columns import Column, Seen, alike, facts_of, kept_columns, looked_into
from integrations.given_out import is_given_out
from integrations.gone_sections import title_in
from integrations.headings import known_in, print_of
from integrations.headless import headless
from integrations.reader import open_table
from integrations.secret_texts import without_secrets
from integrations.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, bad

TELL = 10_000  # lines after which is told how far it is
FIRST = 15  # lines among which the headings are looked for


def take_in(
    file: BinaryIO,
    meant: Mapping[str, str],
    codes: frozenset[str],
    heading: int | None = None,
    told: Callable[[int], None] = lambda _done: None,
    as_before: str = "",
) -> Intake:
    """Read a file to its end. `meant`: the known headings with their fields, `codes`: those whose
    columns are codes, which may look as they like; `heading`: the row of headings that the person
    chose, `as_before`: the print of those that were chosen for an earlier file of the source.

    Raises Invalid with a sentence for what cannot be read or is too large."""
    names = frozenset(meant)
    table = open_table(file, names)
    # Without a name on the disk: it is gone with this process, however that ends.
    aside = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
    seen = _read_aside(table.lines, aside, told)
    before = [n for n, row in seen.first if heading is None and print_of(row) == as_before]
    ours = next((n for n, row in seen.first if is_given_out(row)), None)
    number, header = _heading(seen.first, names, before[0] if before else heading or ours)
    if len(header) > MOST_COLUMNS or any(len(c) > LONGEST_CELL for c in header):
        raise bad(_("Row %s has cells or columns far too large for a table.") % number)
    notes = list(table.notes)
    if before:
        message = _("The headings are those of row %s, as was chosen before for this source.")
        notes.append(message % number)
    elif number > 1:
        notes.append(_("The headings were found in row %s.") % number)
    if heading is None and (said := headless(seen.first, number, names)):
        notes.append(said)
    headers = _headers(header, notes)
    speaking, hidden = looked_into(headers, aside, number, bool(codes))
    kept, numbers = kept_columns(headers, seen, codes, notes, speaking, hidden)
    notes += alike(headers, seen, kept, number)
    facts = table.facts | facts_of(headers, seen)
    clean = table.whole and len(kept) == len(headers) and not numbers and not seen.masked
    above = sum(n <= number for n, _row in seen.first)
    return Intake(
        [headers[i] for i in kept],
        number,
        seen.total - above,
        notes,
        facts,
        clean,
        title_in([table.title]),
        aside,
        kept,
        len(headers),
        frozenset(numbers),
        header,
        meant,
    )


def check_heading(file: BinaryIO, heading: int) -> None:
    """Raises Invalid where a row cannot be the headings of a file."""
    first = [(n, _trimmed(line)) for n, line in enumerate(islice(open_table(file).lines, FIRST), 1)]
    _heading([item for item in first if item[1]], frozenset(), heading)


def _read_aside(lines: Iterator[list[str]], aside: TextIO, told: Callable[[int], None]) -> Seen:
    """Every line that holds anything goes aside with its number."""
    writer = csv.writer(aside)
    seen = Seen()
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
            seen.columns.append(Column())
        for i, cell in enumerate(row):
            if not cell:
                continue
            if len(cell) > LONGEST_CELL:
                row[i] = cell = cell[: LONGEST_CELL + 1]
            if (meant := unwrapped(cell)) != cell and not _as_it_stands(cell, meant):
                row[i] = cell = meant
                seen.wrapped[i] += 1
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


def _as_it_stands(cell: str, meant: str) -> bool:
    """Whether we wrote a cell that would be read as other letters: its own are meant. What hides
    a secret so is read all the same."""
    return typed(cell) != cell and without_secrets(meant) == meant


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


def _trimmed(row: list[str]) -> list[str]:
    """A row without the empty cells at its end: exports fill rows up with commas."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]
