"""Which fields hold values of a natural person, and what becomes of them when one is forgotten.

People can be forgotten, facts cannot: erasing a person blanks these values and deletes the salt;
entries keep the person's number only. tests/test_house.py refuses a personal field that is not here.
"""

from collections.abc import Callable

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

#: model -> forget(local id) for personal values outside this app.
FORGETTERS: dict[str, Callable[[str], object]] = {}


def register_forgetter(label: str, forget: Callable[[str], object]) -> None:
    """Let a model of an upper app forget what it holds of somebody who is erased, by local id,
    inside the transaction that erases."""
    FORGETTERS[label] = forget


def forget_elsewhere(local_id: str) -> None:
    """Blank what upper apps hold of the person with this local id."""
    for forget in set(FORGETTERS.values()):
        if local_id:
            forget(local_id)
