"""The rows of a CSV, with an eye on its quotation marks: two stray ones, the inches of two
monitors, would make one cell of all rows between them."""

import csv
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from integrations.sections import listed
from integrations.sheet import bad

#: The last line, which no file has: a mark that is never closed would swallow it, too.
END = "\x00end"


class _Taken:
    """Lines as they are taken; `row` are those of the row at hand."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.row.append(line)
        return line


def rows(lines: Iterator[str], delimiter: str, notes: list[str]) -> Iterator[list[str]]:
    """The rows of lines that end with `END`. Raises Invalid with a sentence where a quotation mark
    swallows rows; one that only stands within a cell is told, in `notes`."""
    taken = _Taken(lines)
    reader = csv.reader(taken, delimiter=delimiter, strict=True)
    widths: Counter[int] = Counter()
    within: list[int] = []
    number = 0
    while True:
        number += 1
        taken.row.clear()
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            row = _again(taken, delimiter, number, error)
            within.append(number)
        if row == [END]:
            break
        if row and row[-1].endswith(END):
            raise bad(_("A quotation mark in row %s is never closed.") % number)
        if len(taken.row) > 1 and _swallows(row, delimiter, _usual(widths)):
            raise _swallowed(number, len(taken.row))
        if row:
            widths[len(row)] += 1
        yield row
    if within:
        message = _(
            "A quotation mark stands where no cell begins or ends. Look whether the cells of these "
            "rows are right: %s."
        )
        notes.append(message % listed(within))


def _again(taken: _Taken, delimiter: str, number: int, error: csv.Error) -> list[str]:
    """A row that is not well-formed as it can be read: of one line alone."""
    if taken.row and taken.row[-1].endswith(END):
        raise bad(_("A quotation mark in row %s is never closed.") % number) from error
    if len(taken.row) > 1:
        raise _swallowed(number, len(taken.row)) from error
    try:
        found = list(csv.reader(taken.row, delimiter=delimiter))
    except csv.Error:
        found = []
    if len(found) != 1 or any("\n" in cell for cell in found[0]):
        message = _("Row %s is not well-formed, or a quotation mark in it is never closed.")
        raise bad(message % number) from error
    return found[0]


def _usual(widths: Counter[int]) -> int:
    """How many cells most rows have."""
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _swallows(row: list[str], delimiter: str, width: int) -> bool:
    """Whether a cell is the end of one row, whole others, and the start of one: its lines have
    just as many delimiters. Prose has a space behind a comma."""
    if width < 4:
        return False
    for i, cell in enumerate(row):
        first, *others = cell.split("\n")
        if not others or f"{delimiter} " in cell:
            continue
        *inner, last = (line.count(delimiter) for line in others)
        # The row goes on where the last one was broken into.
        if first.count(delimiter) != width - 1 - i or len(row) != i + width - last:
            continue
        if all(n == width - 1 for n in inner):
            return True
    return False


def _swallowed(number: int, lines: int) -> Exception:
    message = _(
        "A quotation mark in row %(row)s is not closed before the next rows: %(n)s lines would "
        "become one row. Take the mark out, or write it twice within quotation marks."
    )
    return bad(message % {"row": number, "n": lines})
