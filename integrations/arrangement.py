"""Headings that stand once more among the rows, in another order: what is beneath them is read by
them. Two exports put together have such, and two tables on one sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from integrations.headings import flat, squashed


@dataclass(frozen=True)
class Arrangement:
    """Where the cells beneath other headings belong among the columns of the file."""

    row: int  # of these headings
    places: Sequence[int | None]  # None: the file has no such column
    names: Sequence[str]

    @property
    def other(self) -> bool:
        """Whether it is another order than the file's."""
        return any(place != i for i, place in enumerate(self.places) if self.names[i])

    def read(self, row: list[str]) -> tuple[list[str], str]:
        """A row in the order of the file's columns, and why it cannot be read whole."""
        cells, lacking = [""] * (max((p or 0 for p in self.places), default=0) + 1), []
        for i, cell in enumerate(row):
            place = self.places[i] if i < len(self.places) else None
            if place is not None:
                cells[place] = cell
            elif cell.strip():
                lacking.append((self.names[i] if i < len(self.names) else "") or str(i + 1))
        if not lacking:
            return cells, ""
        message = _(
            "It stands beneath the headings of row %(row)s, and the file has no other column for "
            "what it says under %(columns)s. Bring it in a file of its own."
        )
        return cells, message % {"row": self.row, "columns": ", ".join(lacking)[:200]}


def arrangement(
    number: int,
    row: Sequence[str],
    heads: Sequence[str],
    meant: Mapping[str, str],
    above: Sequence[str],
) -> Arrangement:
    """How a row of headings stands to those of the file (`heads`): by their words, else by what
    they mean (`meant`: heading -> field). What is as in the row `above` was filled down."""
    names = [" ".join(cell.split()) for cell in row]
    places: list[int | None] = [None] * len(row)
    for compared in (flat, lambda text: meant.get(squashed(text), "")):
        theirs = [compared(h) for h in heads]
        for i, name in enumerate(names):
            if places[i] is None and (said := compared(name)):
                free = [j for j, h in enumerate(theirs) if h == said and j not in places]
                places[i] = i if i in free else next(iter(free), None)
    for i, cell in enumerate(row[: len(above)]):
        if cell and places[i] is None and i not in places and flat(cell) == flat(above[i]):
            places[i] = i
    return Arrangement(number, places, names)
