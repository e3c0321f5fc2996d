"""Rooms as the register and the rows of a file write them."""

import re
from typing import NamedTuple

from assets.codes.remarks import is_several
from core.text.alike import loosely

#: What the name of a building has or has not: Annex Building, The Annex.
_SAYS_NOTHING = frozenset(("the", "building", "bldg", "bld"))
#: 101-105; 10-12 is one room, of building or floor 10.
_RANGE = re.compile(r"([^\W\d_]*)(\d{3,})\s*[-–]\s*\1(\d{3,})", re.IGNORECASE)


class Spelled(NamedTuple):
    """A room as somebody wrote it; in which row, where that was in the file."""

    building: str
    code: str
    row: int = 0

    def __str__(self) -> str:
        return f"{self.building} {self.code}".strip()

    @property
    def key(self) -> tuple[str, str]:
        """By which rooms are told apart: its building and code, but for case."""
        return self.building.lower(), self.code.lower()

    @property
    def several(self) -> bool:
        """Whether its code is that of several rooms: 101, 102; 101-105."""
        found = _RANGE.fullmatch(self.code)
        ordered = found is not None and len(found[2]) == len(found[3]) and found[2] < found[3]
        return ordered or is_several(self.code)

    def may_be_in(self, building: str) -> bool:
        """Whether its building may be this one: one is not named, or spelled otherwise."""
        one, two = _loose(self.building), _loose(building)
        return not one or not two or one == two


def _loose(building: str) -> str:
    """A building's name without what tells nothing."""
    words = building.casefold().replace(".", " ").split()
    return loosely(" ".join(w for w in words if w not in _SAYS_NOTHING) or building)
