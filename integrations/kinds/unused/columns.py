"""Columns that nobody uses and that speak, by the words of their headings, of what must not be
missed: who left, who has a thing, which one is gone, whose school it is. They are never passed over
in silence."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.headings import words
from integrations.kinds.unused.gone_words import says_gone
from integrations.kinds.unused.words import says_a_name, says_a_school, says_who, says_who_left
from integrations.models import ImportSession

LEFT = _(
    "%(column)s: it may say who left, and is not used (cells: %(n)s). Whoever no other "
    "column speaks of comes in as active. Say at the columns what it is."
)
WITH = _(
    "%(column)s: it may say who has a thing or that it is out, and is not used (cells: "
    "%(n)s). Say at the columns what it is."
)
GONE = _(
    "%(column)s: it may say that a thing is gone or out of service, and is not used (cells: "
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

NAMES = frozenset(("first_name", "last_name", "full_name"))


def telling(kind: str, headers: Iterable[str], mapping: Mapping[str, str]) -> dict[str, Any]:
    """The unused columns that must be spoken of, each with its sentence (`column` and `n`, the
    count of its cells that say something, still open)."""
    found: dict[str, Any] = {}
    used = {field for field in mapping.values() if field}
    for header in headers:
        if mapping.get(header):
            continue
        said = words(header)
        if kind == ImportSession.Kind.PEOPLE and says_who_left(said):
            found[header] = LEFT
        elif kind == ImportSession.Kind.PEOPLE and not used & NAMES and says_a_name(said):
            found[header] = NAME
        elif kind == ImportSession.Kind.PEOPLE and "school" not in used and says_a_school(said):
            found[header] = SCHOOL
        elif kind == ImportSession.Kind.ASSETS and (
            says_who(said) or ("status" not in used and "status" in said)
        ):
            found[header] = WITH
        elif kind == ImportSession.Kind.ASSETS and says_gone(said):
            found[header] = GONE
    return found


def sentences(telling: Mapping[str, Any], filled: Mapping[str, int]) -> list[str]:
    """What is said of the columns that have something in them."""
    return [
        str(sentence) % {"column": header, "n": filled[header]}
        for header, sentence in telling.items()
        if filled.get(header)
    ]
