"""The headings of a file, as their words: assetTag, ASSET_TAG and Asset # are one and another."""

import hashlib
import re
from collections.abc import Iterable, Sequence

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER = {"no", "num", "nbr", "nr"}
#: What a template adds to a heading in brackets, and that is no part of what it says: whether a
#: cell must be filled, how a day is written, the letters of its choices (A/I).
_ADDED = re.compile(
    r"[(\[]\s*(?:required|optional|mandatory|read[ -]?only|if (?:known|any|applicable)|usd|us\$|\$"
    r"|m{1,2}[/.-]d{1,2}[/.-]y{2,4}|y{4}[/.-]m{1,2}[/.-]d{1,2}|[a-z](?:\s*[/,|]\s*[a-z])+)\s*\*?[)\]]",
    re.IGNORECASE,
)


def words(heading: str) -> list[str]:
    """Its whole words in lower case: humps, underscores and punctuation part them, # is a word.
    A # or an abbreviated "number" is one where it is not all that stands there."""
    if not heading.strip(" #.:"):  # a # alone numbers the rows of a list
        return []
    text = _HUMPS.sub(" ", _ADDED.sub(" ", heading)).replace("#", " number ").lower()
    found = re.findall(r"[^\W_]+", text)
    return ["number" if w in _NUMBER and len(found) > 1 else w for w in found]


def squashed(heading: str) -> str:
    """A heading as it is compared: its words without what parts them."""
    return "".join(words(heading))


def known_in(cells: Iterable[str], names: frozenset[str]) -> int:
    """How many different headings of a row are among known ones."""
    return len({s for c in cells if (s := squashed(c)) in names})


def print_of(cells: Iterable[str]) -> str:
    """A row of headings as it is remembered: no names."""
    return hashlib.sha256("\n".join(map(flat, cells)).encode()).hexdigest()[:16]


def flat(cell: str) -> str:
    """A cell as it is compared where every letter counts but case and spaces."""
    return " ".join(cell.split()).casefold()


def counts(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are the numbers of its rows, 1, 2, 3 ..."""
    return len(cells) > 1 and [c.strip() for c in cells] == [str(n + 1) for n in range(len(cells))]
