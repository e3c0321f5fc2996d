"""A name that stands in one cell, and a row that gives none."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.utils.translation import gettext as _

from integrations import cells
from integrations.fields import Field
from integrations.kinds.people.no_names import why_no_name
from integrations.kinds.people.questions import NAME
from integrations.kinds.people.row import PersonPlan
from integrations.kinds.rows.no_rows import ask_section
from integrations.kinds.rows.questions import NONE
from integrations.words import fold

FULL_NAME = Field(
    "full_name",
    (
        "name",
        "whole name",
        "student name",
        "display name",
        "person name",
        "staff name",
        "employee name",
        "student full name",
    ),
    partial(cells.text, longest=202),
)
NAMES = {"first_name", "last_name", "full_name"}
LONGEST = 100
#: What is no name, also where no comma stands before it.
_GENERATIONS = {"jr", "sr", "ii", "iii", "iv"}
#: What stands behind a comma and is no first name.
_BEHIND = _GENERATIONS | {"v", "phd", "edd", "md", "esq"}


def one_name(mapping: dict[str, str]) -> dict[str, str]:
    """A mapping without the column of whole names where others have their parts."""
    if not {"first_name", "last_name"} & set(mapping.values()):
        return mapping
    return {h: f for h, f in mapping.items() if f != "full_name"}


def read_names(planned: Iterable[PersonPlan]) -> None:
    """Take the whole names of rows apart."""
    for plan in planned:
        _read(plan)


def _read(plan: PersonPlan) -> None:
    """Take a whole name apart. Solo, Han says which part is which; Han Solo does not, and is
    asked: lists have either order, and names of three words. Jr. goes with the last name, wherever
    it stands."""
    v = plan.values
    if not v.full_name or v.first_name or v.last_name:
        return
    if why := why_no_name(v.full_name):
        plan.refuse("full_name", why)
        return
    names, behind = _parts(v.full_name)
    if len(names) == 2:
        v.last_name, v.first_name = names
    else:
        message = _(
            "It does not say which part is the last name. Say which, or write it as Last, First."
        )
        words = " ".join(names).split()
        while len(words) > 1 and fold(words[-1]) in _GENERATIONS:
            behind.insert(0, words.pop())
        choice = plan.ask(NAME, "full_name", message, v.full_name)
        if choice == "first":
            v.first_name, v.last_name = words[0], " ".join(words[1:]) or None
        elif choice == "last":
            v.first_name, v.last_name = " ".join(words[:-1]) or None, words[-1]
        elif choice == "turned":
            v.first_name, v.last_name = " ".join(words[1:]) or None, words[0]
    if v.last_name:
        v.last_name = " ".join([v.last_name, *behind])
    elif v.first_name:
        v.first_name = " ".join([v.first_name, *behind])
    if max(len(v.first_name or ""), len(v.last_name or "")) > LONGEST:
        plan.refuse("full_name", _("It is longer than %s characters.") % LONGEST)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """The parts of a name that commas part; and what stands behind one and is no name."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    first, *others = [part for part in parts if part] or [name]
    behind = [part for part in others if fold(part) in _BEHIND]
    return [first, *(part for part in others if part not in behind)], behind


def names_nobody(plan: PersonPlan, mapping: Mapping[str, str]) -> bool:
    """Whether a row of somebody new is refused: as the name of a section, or since it leaves the
    columns of the name empty. A list without such columns may well be one of ids."""
    if ask_section(plan, mapping):
        return True
    v = plan.values
    if v.first_name or v.last_name or v.full_name or not NAMES & set(mapping.values()):
        return False
    message = _("It names nobody: the name is empty. Write it, or leave the row out.")
    return not plan.ask(NONE, "", message)
