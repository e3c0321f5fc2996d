"""A secret in a sentence, a heading or a typed cell is left out; an innocent sentence stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assets.models import Category
from core.access import SYSTEM
from integrations.actions import mend_cell
from people.models import School, User
from tests.integrations.conftest import look_at, outcomes, why
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
        ("pass code is 8812", "[left out]"),
        ("Pass Code: 8812", "[left out]"),
        ("iPad, passcode-4413", "iPad, [left out]"),
        ("password-hunter2 set", "[left out] set"),
        ("pw is hunter2", "[left out]"),
        ("pw:abc", "[left out]"),
        ("DOB: 01022012", "[left out]"),
        ("DOB Jan 2, 2012", "[left out]"),
        ("born 2 January 2012, tall", "[left out], tall"),
        ("Contraseña: hunter2", "[left out]"),
        ("credit card 4111 1111 1111 1111", "credit card [left out]"),
        ("paid by 4111-1111-1111-1111 in May", "paid by [left out] in May"),
        ("Visa 4111111111111111", "Visa [left out]"),
        ("P/W abc123", "[left out]"),
        ("p@ssword abc123", "[left out]"),
        ("passphrase correct horse battery", "[left out]"),
        ("WPA2: abcd1234", "[left out]"),
        ("cart, combo 12-34-56", "cart, [left out]"),
        ("unlock w/ 4411", "[left out]"),
        ("admin / hunter22", "[left out]"),
        ("u: admin p: hunter2", "[left out]"),
        ("key AB1C-EFGH-IJKL-MN0P-QRST-UV1X", "key [left out]"),
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
        "passcode-4-digit",
        "passcode-protected",
        "a pass code is needed",
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
        "WPA2 and WPA3 ready",
        "combo unit 12-34",
        "unlocked 2024",
        "admin/office desk",
        "admin / Room101",
        "4111 1111 1111 1112 shelf",
        "serial 4111111111111111",
        "card reader 1234567812345678",
        "passphrase was reset by staff",
        "XXXXX-12345-ABCDE-FGHIJ-67890",
        "setup: HP: 840",
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


@pytest.mark.parametrize(
    ("kind", "column", "cell"),
    [
        ("assets", "Serial", "PIN 5000"),
        ("assets", "Tag", "5CD1 PIN 4411"),
        ("assets", "Model", "PIN: 4411"),
        ("assets", "PO", "password=hunter2"),
        ("assets", "Room", "Pin code 4411"),
        ("people", "Last name", "Lee, DOB 1/2/2012"),
        ("people", "Student ID", "PIN 4411"),
    ],
)
def test_what_was_left_out_of_a_code_or_a_name_is_none(
    equipment: Category, lincoln: School, kind: str, column: str, cell: str
) -> None:
    known = {
        "assets": {"Tag": "A1", "Make": "HP"},
        "people": {"Student ID": "1", "First name": "Mia"},
    }[kind]
    row = known | {column: cell}
    session = look_at(as_csv(list(row), [list(row.values())]), kind=kind)
    refused = session.rows.get(outcome="refused")
    assert "What stood here was left out" in refused.problems[0][1]
    if column not in known:
        session = mend_cell(session, 2, column, "", by=SYSTEM)
        assert session.rows.get().outcome == "create"


def test_two_serials_that_were_left_out_are_not_one_thing(
    equipment: Category, lincoln: School
) -> None:
    rows = [["OU1", "PIN 5000", "HP", "1"], ["OU2", "PIN 6000", "HP", "1"]]
    session = look_at(as_csv(["Tag", "Serial", "Make", "Model"], rows))
    assert "The same item" not in why(session)
    for number in (2, 3):
        session = mend_cell(session, number, "Serial", "", by=SYSTEM)
    assert outcomes(session) == {"create": 2}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Pin Count", ["24", "9"]),
        ("Pin type", ["male", "USB-C"]),
        ("Password changed", ["8/1/2024", "2024-08-02T10:00:00"]),
        ("Password protected", ["yes", "No"]),
        ("SSN on file", ["Y", "N"]),
    ],
)
def test_a_column_that_only_speaks_of_secrets_stays(
    equipment: Category, lincoln: School, heading: str, cells: list[str]
) -> None:
    rows = [[f"A{n}", "HP", cell] for n, cell in enumerate(cells)]
    session = look_at(as_csv(["Tag", "Make", heading], rows))
    assert session.headers == ["Tag", "Make", heading]
    assert [r.raw[heading] for r in session.rows.order_by("number")] == cells


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Pin Count", ["24", "4411"]),
        ("Pin Count", ["24", "PIN 4411"]),
        ("PIN", ["24", "9"]),
        ("Password", ["123", "9"]),
        ("Password changed", ["8/1/2024", "hunter2"]),
        ("DOB", ["8/1/2014", ""]),
        ("DOB changed", ["8/1/2014", ""]),
        ("Pin Count", ["", ""]),
    ],
)
def test_a_column_of_which_one_cell_may_be_a_secret_does_not(
    equipment: Category, lincoln: School, heading: str, cells: list[str]
) -> None:
    rows = [[f"A{n}", "HP", cell] for n, cell in enumerate(cells)]
    session = look_at(as_csv(["Tag", "Make", heading], rows))
    assert session.headers == ["Tag", "Make"]
    assert f"The column {heading} was left out" in notes(session)
