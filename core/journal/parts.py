"""What entries tell of parts that a reader does not see: a purchase shows, and not each line of it.

An entry about such a part tells as little as one about a closed noun. One about the whole keeps
what it says of the whole, and neither the rows of these parts nor its words about them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.access import MaybeActor
from core.models.entry import Entry


@dataclass(frozen=True)
class Hidden:
    """The rows of an entry (table, key) that its reader does not see; `about`: it is about them,
    and nothing that it says is told."""

    rows: frozenset[tuple[str, int]] = frozenset()
    about: bool = False

    def without(self, label: str, rows: Iterable[Any]) -> list[Any]:
        """The rows of a table that are not hidden."""
        gone = {pk for of, pk in self.rows if of == label}
        return [row for row in rows if not gone or row.get("id") not in gone]


NOTHING = Hidden()
#: What some entries (by `id`) tell of parts that somebody does not see.
HiddenParts = Callable[[Sequence[Entry], MaybeActor], dict[int, Hidden]]
_hidden: list[HiddenParts] = []


def register_hidden_parts(hidden: HiddenParts) -> None:
    """Say which parts of a noun its entries do not tell, to whom that noun shows without them."""
    _hidden.append(hidden)


def hidden_in(entries: Sequence[Entry], by: MaybeActor) -> dict[int, Hidden]:
    """Per entry (by `id`) that tells of such parts, which."""
    found: dict[int, Hidden] = {}
    for hidden in _hidden:
        found |= hidden(entries, by)
    return found
