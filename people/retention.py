"""Which fields hold values of a natural person, and what becomes of them when one is forgotten.

People can be forgotten, facts cannot: erasing a person blanks these values and deletes the salt;
entries keep the person's number only. tests/test_house.py refuses a personal field that is not
here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.forgetting import Called
from core.problems import Problem
from core.registering import take_all
from people.models import Person

#: model -> its personal fields. `blank` on erasure, `keep` with the reason.
PERSONAL: dict[str, dict[str, str]] = {
    "people.person": {
        "local_id": "blank",
        "first_name": "blank",
        "last_name": "blank",
        "email": "blank",
        "grade": "blank",
        "title": "blank",
    },
    "people.user": {
        "email": "keep: who did it must stay answerable; the district's account, not a pupil's",
        "name": "keep: as the email",
    },
    # A file of people, or with a column of holders, holds whatever its source put there: rows that
    # name somebody are blanked with them, all of them 90 days after the import ended.
    "integrations.importsession": {
        "file": "blank",
        "name": "blank",
        "source": "blank",
        "unknown": "blank",
        "words": "blank",
        "options": "blank",
        "notes": "blank",
        "plan_notes": "blank",
    },
    "integrations.savedmapping": {"source": "blank", "mapping": "blank", "words": "blank"},
    "integrations.stagedrow": {
        "raw": "blank",
        "faults": "blank",
        "problems": "blank",
        "changes": "blank",
        "before": "blank",
        "person_key": "blank",
        "person_key_before": "blank",
        "person_key_claimed": "blank",
    },
    # Kept for a day to answer a request again, or to say what came of work: blanked where it names
    # somebody who is erased, as is the list of scans that a session keeps.
    "core.idempotencykey": {"body": "blank"},
    "reports.reportperson": {"name": "blank"},
    "core.run": {"parameters": "blank", "result": "blank", "reason": "blank"},
}

#: Names that make a field personal wherever it stands.
TELLING = (
    "first_name",
    "last_name",
    "email",
    "phone",
    "birth",
    "home_address",
    "local_id",
    "person_key",
    "raw",
)


@dataclass(frozen=True)
class Forgetter:
    """What another app does, inside the transaction that erases or changes somebody: `forget` what
    they were called, or `rename` a local id (old, new), so that it can still be forgotten."""

    forget: Callable[[Called], object]
    rename: Callable[[str, str], object] = lambda old, new: None
    #: Somebody is called otherwise now (who they were, their local id): what is kept for a moment
    #: forgets the old name, what is kept for long is still found when they are forgotten.
    renamed: Callable[[Called, str], object] = lambda were, local_id: None


#: model -> who forgets personal values outside this app.
FORGETTERS: dict[str, Forgetter] = {}


def register_forgetter(forgetter: Forgetter, *labels: str) -> None:
    """Let these models of another app forget what they hold of somebody who is erased."""
    take_all(FORGETTERS, dict.fromkeys(labels, forgetter), "who forgets")


def called(people: Iterable[Person]) -> Called:
    """What somebody is called, in all the rows that were one person."""
    people = list(people)
    ids: list[str] = []
    names: list[tuple[str, ...]] = []
    for person in people:
        ids += [x for x in (person.local_id, person.email) if x]
        name = (*person.first_name.split(), *person.last_name.split())
        names += [name] if name else []
        if len(name) > 2:  # middle names are left out as often as not
            names.append((name[0], name[-1]))
    return Called(
        tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(names)), tuple(p.pk for p in people)
    )


def forget_elsewhere(whom: Called) -> None:
    """Blank what other apps hold of somebody."""
    for forgetter in dict.fromkeys(FORGETTERS.values()):
        forgetter.forget(whom)


def rename_elsewhere(old: str, new: str) -> None:
    """Tell other apps that a person has another local id."""
    for forgetter in dict.fromkeys(FORGETTERS.values()):
        if old and new:
            forgetter.rename(old, new)


def renamed_elsewhere(were: Called, person: Person) -> None:
    """Tell other apps that somebody is called otherwise now; where a first name or address was only
    added there is no old one to look for."""
    now = called([person])
    gone = Called(tuple(set(were.ids) - set(now.ids)), tuple(set(were.names) - set(now.names)))
    if gone.ids or gone.names:
        for forgetter in dict.fromkeys(FORGETTERS.values()):
            forgetter.renamed(gone, person.local_id)


#: What keeps somebody: given the rows that are one person and today, why they cannot be forgotten.
#: A Problem's `data["until"]` is the last day on which it does (ISO), where that is known.
Keeper = Callable[[Sequence[Person], date], Iterable[Problem]]
_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Add a reason for which somebody is kept."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def keepers() -> tuple[Keeper, ...]:
    """Every reason for which somebody may be kept."""
    return tuple(_keepers)
