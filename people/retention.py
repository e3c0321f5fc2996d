"""Which fields hold values of a natural person, and what becomes of them when one is forgotten.

People can be forgotten, facts cannot: erasing a person blanks these values and deletes the salt;
entries keep the person's number only. tests/test_house.py refuses a personal field that is not here.
"""

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
}

#: Names that make a field personal wherever it stands.
TELLING = ("first_name", "last_name", "email", "phone", "birth", "home_address", "local_id")
