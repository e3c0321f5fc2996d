"""Which fields hold values of a natural person, and what becomes of them when one is forgotten.

People can be forgotten, facts cannot: erasing a person blanks these values and deletes the salt;
entries keep the person's number only. tests/test_house.py refuses a personal field that is not here.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
        "email": "keep: who did it must stay answerable; an account of the district, not of a pupil",
        "name": "keep: as the email",
    },
    # A file of people, or with a column of holders, holds whatever its source put there: rows that
    # name somebody are blanked with them, all of them 90 days after the import ended.
    "integrations.importsession": {"file": "blank", "unknown": "blank", "options": "blank"},
    "integrations.stagedrow": {
        "raw": "blank",
        "faults": "blank",
        "problems": "blank",
        "changes": "blank",
        "before": "blank",
        "person_key": "blank",
        "person_key_before": "blank",
    },
}

#: Names that make a field personal wherever it stands.
TELLING = ("first_name", "last_name", "email", "phone", "birth", "home_address", "local_id",
           "person_key", "raw")  # fmt: skip


@dataclass(frozen=True)
class Forgetter:
    """What an upper app does, inside the transaction that erases or changes somebody: `forget` a
    local id, or `rename` it (old, new), so that it can still be forgotten."""

    forget: Callable[[str], object]
    rename: Callable[[str, str], object]


#: model -> who forgets personal values outside this app.
FORGETTERS: dict[str, Forgetter] = {}


def register_forgetter(forgetter: Forgetter, *labels: str) -> None:
    """Let these models of an upper app forget what they hold of somebody who is erased."""
    FORGETTERS.update(dict.fromkeys(labels, forgetter))


def forget_elsewhere(local_id: str) -> None:
    """Blank what upper apps hold of the person with this local id."""
    for forgetter in set(FORGETTERS.values()):
        if local_id:
            forgetter.forget(local_id)


def rename_elsewhere(old: str, new: str) -> None:
    """Tell upper apps that a person has another local id."""
    for forgetter in set(FORGETTERS.values()):
        if old and new:
            forgetter.rename(old, new)
