"""How a row says who has the thing: a column and its text, names as they are compared."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from core.text.lookalikes import apostrophes, straight
from integrations.kinds.assets.row import AssetPlan
from people.models import Person
from people.rules.names import another_name

NAMES = ("holder_first", "holder_last")


def words_of(text: str) -> str:
    """A name as it is compared: "Last, First" is turned round, an apostrophe straight."""
    last, comma, first = straight(text).partition(",")
    return " ".join((f"{first} {last}" if comma else last).lower().split())


class Said(NamedTuple):
    """What a column says of who has the thing, and everybody whom that can mean."""

    column: str
    text: str
    people: dict[int, Person]


def is_name(said: Said) -> bool:
    """Whether a text is a name: of a column of names, or several words."""
    text = said.text.strip()
    return said.column in NAMES or "," in text or (" " in text and "@" not in text)


def of_another(said: Said, plan: AssetPlan, person: Person, partly: bool) -> bool:
    """Whether a name is another than the person's in all that it says, or `partly` in a part."""
    if said.column in NAMES:
        v = plan.values
        first, last = v.holder_first or "", v.holder_last or ""
    else:
        first, _space, last = words_of(said.text).rpartition(" ")
    return another_name(person, first, last, partly=partly)


def full_name(plan: AssetPlan) -> str:
    """First and last name of the row's columns, as one."""
    v = plan.values
    return f"{v.holder_first or ''} {v.holder_last or ''}".strip()


def as_written(names: Iterable[str]) -> Q:
    """SQLite lowers ASCII alone: a name as it is written matches, too."""
    found = Q()
    for name in {spelled for n in names for spelled in apostrophes(n)}:
        last, comma, first = name.partition(",")
        parts = (f"{first} {last}" if comma else name).split()
        for i in range(1, len(parts)) if not name.isascii() else ():
            found |= Q(first_name=" ".join(parts[:i]), last_name=" ".join(parts[i:]))
    return found
