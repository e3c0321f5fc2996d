"""Names of sections that say that what is beneath them is not here, or not in use: LOST, Stolen
6/1/2025, Withdrawn students. Nothing beneath says so itself."""

import re
from collections.abc import Iterable, Sequence

from integrations.headings import flat


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GONE = _set(
    """archived auctioned broken decommissioned deceased deleted deprovisioned destroyed discarded
    disposal disposals disposed donated dropped ewaste exited former graduated graduates inactive
    junked lost missing obsolete recycled removed resigned retired salvaged scrapped sold stolen
    surplus surplused terminated transferred weeded withdrawals withdrawn"""
)
#: What such a name says besides.
_BESIDE = _set(
    """all and as at assets auction by chromebooks computers devices employees equipment former from
    have in ipads inventory items laptops list no not of off on or our out people pupils section
    since staff students tablets teachers that the these things this to units who
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december"""
)
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,4}([/.-]\d{1,4})?|\b(19|20)\d\d\b", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
LONGEST = 60


def says_gone(text: str) -> bool:
    """Whether a text says of things or people that they are gone, and nothing else."""
    text = _DATE.sub(" ", text) if len(text) <= LONGEST else ""
    if any(map(str.isdigit, text)):
        return False  # LOST-004 is a tag
    said = set(_WORD.findall(text.lower().replace("e-waste", "ewaste")))
    return bool(said & _GONE) and said <= _GONE | _BESIDE


def gone_in(cells: Iterable[str]) -> str:
    """What a row says as the name of such a section; empty of any other. `cells`: those of its
    cells that hold something of its own."""
    said = [cell for cell in cells if cell.strip()]
    return " ".join(said[0].split()) if len(said) == 1 and says_gone(said[0]) else ""


def section_in(row: Sequence[str], above: Sequence[str]) -> str | None:
    """What a row begins: a section of this name, one that says nothing of the kind (empty), or
    none. It has one cell, the first, but for a school that was filled down from the row `above`:
    words, since a code alone is a thing's."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    first, others = filled[:1], filled[1:]
    down = len(others) < 3 and all(
        i < len(above) and flat(row[i]) == flat(above[i]) for i in others
    )
    if not first or not down:
        return None
    if gone := gone_in([row[first[0]]]):
        return gone
    return None if any(map(str.isdigit, row[first[0]])) else ""
