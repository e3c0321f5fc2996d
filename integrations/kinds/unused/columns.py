"""Columns that nobody uses and that speak, by the words of their headings, of what must not be
missed: who left, who has a thing, which one is gone, whose school it is. They are never passed over
in silence."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from integrations.headings import squashed, words
from integrations.kinds.unused.gone_words import says_closed, says_gone, says_something
from integrations.kinds.unused.words import says_a_name, says_a_school, says_who, says_who_left

LEFT = _(
    "%(column)s: it may say who left, and is not used (cells: %(n)s). Whoever no other "
    "column speaks of comes in as active. Say at the columns what it is."
)
WITH = _(
    "%(column)s: it may say who has an item or that it is out, and is not used (cells: "
    "%(n)s). Say at the columns what it is."
)
GONE = _(
    "%(column)s: it may say that an item is gone or out of service, and is not used (cells: "
    "%(n)s). What no other column speaks of comes in as in stock. Say at the columns what it is, "
    "or leave those rows out."
)
NAME = _(
    "%(column)s: it may be somebody's name, and is not used (cells: %(n)s). Whoever is new "
    "comes in without one. Say at the columns what it is."
)
SCHOOL = _(
    "%(column)s: it may name the school, and is not used (cells: %(n)s). Rows go to the "
    "school that was chosen for rows that name none. Say at the columns what it is."
)
TWIN = _(
    "%(column)s: it may say the same as %(other)s, and is not used (cells where that is empty: "
    "%(n)s). Say at the columns which of them it is."
)

OUT = _(
    "%(column)s: it may say what is closed or out of use, and is not used (cells: %(n)s). What is "
    "new comes in as in use. Leave those rows out."
)

NAMES = frozenset(("first_name", "last_name", "full_name"))


class Telling:
    """The unused columns that must be spoken of, and how many cells of each say something. `meant`:
    the known headings with their fields; `speaks`: what the kind says of a column, by the words of
    its heading and the fields that the others become."""

    def __init__(
        self,
        speaks: Callable[[list[str], Collection[str]], Promise | str],
        headers: Iterable[str],
        mapping: Mapping[str, str],
        meant: Mapping[str, str],
    ) -> None:
        unused = [h for h in headers if not mapping.get(h)]
        used = {field: h for h, field in mapping.items() if field}
        said = ((h, speaks(words(h), used.keys())) for h in unused)
        self._speak = {h: sentence for h, sentence in said if sentence}
        others = ((h, used.get(meant.get(squashed(h), ""))) for h in unused)
        #: What may mean the same as a column that is used, each with that.
        self._twins = {h: other for h, other in others if other and h not in self._speak}
        self._filled = Counter[str]()

    def hear(self, raw: Mapping[str, Any]) -> None:
        """What a row says in them."""
        self._filled.update(h for h in self._speak if says_something(h, str(raw.get(h, ""))))
        self._filled.update(
            h for h, other in self._twins.items() if _says(raw, h) and not _says(raw, other)
        )

    def spoken(self) -> set[str]:
        """Those that have something in them."""
        return {h for h, n in self._filled.items() if n}

    def sentences(self) -> Iterator[str]:
        """What is said of those."""
        for header, n in self._filled.items():
            sentence, other = self._speak.get(header, TWIN), self._twins.get(header, "")
            yield str(sentence) % {"column": header, "other": other, "n": n}


def _says(raw: Mapping[str, Any], header: str) -> bool:
    return bool(str(raw.get(header, "")).strip())


def of_people(said: list[str], used: Collection[str]) -> Promise | str:
    """What is said of an unused column of a roster, by the words of its heading and the fields
    that the others become."""
    if says_who_left(said):
        return LEFT
    if NAMES.isdisjoint(used) and says_a_name(said):
        return NAME
    return SCHOOL if "school" not in used and says_a_school(said) else ""


def of_things(said: list[str], used: Collection[str]) -> Promise | str:
    """The same of a list of things."""
    again = said[:1] == ["status"] and said[1:] and said[1].isdigit()
    if says_who(said) or again or ("status" not in used and "status" in said):
        return WITH
    return GONE if says_gone(said) else ""


def of_registers(said: list[str], used: Collection[str]) -> Promise | str:
    """The same of a list of schools, rooms or awards."""
    return OUT if says_closed(said) else ""
