"""A login or key within a sentence is left out; a sentence that merely speaks so stays."""

import pytest

from assets.models import Category
from core.access import SYSTEM
from integrations.actions import mend_cell
from people.models import School
from tests.integrations.conftest import look_at
from tests.integrations.files import as_csv
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Login: kid1 / Pass: hunter2", "Login: kid1 / [left out]"),
        ("Login: kid1 / Pass: hunter", "Login: kid1 / [left out]"),
        ("admin/hunter2 bios pw hunter2", "admin/[left out] [left out]"),
        ("login admin/hunter2, slow", "[left out] slow"),
        ("Pass: hunter2", "[left out]"),
        ("pw hunter2", "[left out]"),
        ("admin pswd hunter2", "admin [left out]"),
        ("psk=hunter", "[left out]"),
        ("wifi key hunter22", "[left out]"),
        ("pword hunter2", "[left out]"),
        ('password: "my dog" here', "[left out] here"),
        ("social 111 22 3333", "[left out]"),
        ("Social: 111223333, slow", "[left out], slow"),
        ("of 111\u201322\u20133333 now", "of [left out] now"),
        ("of 111 - 22 - 3333 now", "of [left out] now"),
        ("of 111.22.3333 now", "of [left out] now"),
        ("unlock code 4411", "[left out]"),
        ("BitLocker recovery key: 123456-123456", "[left out]"),
        ("key 111111-222222-333333-444444-555555-666666-777777-888888", "key [left out]"),
    ],
)
def test_a_login_or_key_in_a_sentence_is_left_out(
    equipment: Category, lincoln: School, note: str, left: str
) -> None:
    session = look_at(as_csv(["Tag", "Notes"], [["A1", note]]))
    assert session.rows.get().raw["Notes"] == left
    assert "Notes: what stands beside words like" in notes(session)
    session = mend_cell(session, 2, "Notes", note, by=SYSTEM)
    assert session.rows.get().raw["Notes"] == left, "as it is typed"


@pytest.mark.parametrize(
    "note",
    [
        "Bus Pass: 12345",
        "hall pass: 1234A",
        "Pass: 06/2025",
        "Pass: Yes/No",
        "PW 9120BP",
        "Powerware PW9120BP",
        "key ring 12345",
        "office key 12345",
        "license key AAAA-1111",
        "BitLocker key ID 1234ABCD",
        "keyboard code 12345",
        "last login 5/12/2026",
        "admin/office 12",
        "device pass 2 of 3",
        "part 111.22.3333 ordered",
        "version 10.111.22.3333",
        "account 199 - 11 - 6399 pays",
        "111.22.3333",
        "social studies 111 books",
    ],
)
def test_a_sentence_that_merely_speaks_so_stays(
    equipment: Category, lincoln: School, note: str
) -> None:
    session = look_at(as_csv(["Tag", "Notes"], [["A1", note]]))
    assert session.rows.get().raw["Notes"] == note
    assert session.notes == []
