"""A secret in a sentence, a heading or a typed cell is left out; an innocent sentence stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Category
from people.models import School, User
from tests.integrations.conftest import look_at
from tests.integrations.files import as_csv
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("student 111-22-3333 broke it", "student [left out] broke it"),
        ("SS# 111-22-3333", "[left out]"),
        ("SSN is 111223333", "[left out]"),
        ("ssn last 4 3333", "[left out]"),
        ("PIN 4411", "[left out]"),
        ("Pin code: 4411", "[left out]"),
        ("iPad passcode 123456", "iPad [left out]"),
        ("Passcode is 123456", "[left out]"),
        ("Password hunter2", "[left out]"),
        ("pw is hunter2", "[left out]"),
        ("pw:abc", "[left out]"),
        ("DOB: 01022012", "[left out]"),
        ("DOB Jan 2, 2012", "[left out]"),
        ("born 2 January 2012, tall", "[left out], tall"),
        ("Contraseña: hunter2", "[left out]"),
    ],
)
def test_a_secret_in_a_sentence_is_left_out(
    equipment: Category, lincoln: School, note: str, left: str
) -> None:
    session = look_at(as_csv(["Tag", "Notes"], [["A1", note]]))
    assert session.rows.get().raw["Notes"] == left
    assert "Notes: what stands beside words like" in notes(session)


@pytest.mark.parametrize(
    "note",
    [
        "Pin Count",
        "pin board",
        "passcode locked",
        "password reset 2024",
        "Password is expired",
        "ssn room 1234",
        "30-pin 12345",
        "push pin 1000",
        "pin 1000 ct",
        "passcode 4-digit required",
        "pinned 4411",
        "opinion 4411",
        "born in 2012",
        "new pw needed",
        "account 199-11-6399",
        "part # 123-45-6789",
        "call 512-555-1234",
        "000-12-3456 there",
        "199-11-6399-00",
        "Dobson 01022012",
    ],
)
def test_an_innocent_sentence_stays(equipment: Category, lincoln: School, note: str) -> None:
    session = look_at(as_csv(["Tag", "Notes"], [["A1", note]]))
    assert session.rows.get().raw["Notes"] == note
    assert session.notes == []


def test_a_heading_that_holds_a_secret_takes_its_column_along(
    equipment: Category, lincoln: School
) -> None:
    session = look_at(as_csv(["Tag", "Make", "Passcode 2024"], [["A1", "Acer", "hunter2"]]))
    assert session.headers == ["Tag", "Make"]
    assert "hunter2" not in str(session.rows.get().raw)


def test_what_is_typed_into_a_cell_is_kept_as_a_cell_of_a_file_is(
    equipment: Category, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at(as_csv(["Tag", "Notes", "Acquired"], [["A1", "", "soon"]]), by=ana)
    mend = reverse("import-mend", args=[session.pk, 2])
    for typed, kept in (
        ("broken, ssn 123-45-6789", "broken, [left out]"),
        ("student 111\u201122\u20113333", "student [left out]"),
        ("PIN 4411", "[left out]"),
        ("part # 123-45-6789", "part # 123-45-6789"),
        ("4 pin plug", "4 pin plug"),
    ):
        client_of(ana).post(mend, {"header": "Notes", "value": typed})
        assert session.rows.get().raw["Notes"] == kept
