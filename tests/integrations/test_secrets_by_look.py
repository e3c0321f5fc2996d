"""Secrets that none of the usual words announces: by whole words and by the look of their cells
they are left out, said by name, and kept nowhere; what merely contains such letters stays."""

from pathlib import Path

import pytest

from assets.models import Asset, Category
from integrations.secrets import secret
from people.models import School
from tests.integrations.conftest import Brings, look_at
from tests.integrations.files import as_csv
from tests.integrations.ways import notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    "heading",
    [
        "S.S.N.",
        "Student S.S.N",
        "S.S. No.",
        "FileVault Key",
        "MDM Unlock",
        "Admin Pswd",
        "Temp Pswd",
        "login_pass",
        "adminPass",
        "Wi-Fi Pass",
        "Unlock Code",
        "UNLOCKCODE",
        "BitLocker Key",
        "BITLOCKERKEY",
        "Recovery Key",
        "Locker Combination",
        "WiFi Key",
        "Activation Lock Bypass Code",
        "Security Answer",
        "Social #",
        "Alien Number",
        "Student Passport No.",
        "pwd1",
        "UserPwd2",
        "DOB2",
        "StudentDOB1",
        "Psw",
        "Passcd",
        "Passwort",
        "Geburtsdatum",
        "ITIN",
        "Recovery Codes",
        "Backup Code",
        "OTP",
        "API Token",
        "Security Answers",
        "FileVault 2 Key",
        "CC#",
        "Parent DL",
        "Screen Code",
        "Medicaid",
    ],
)
def test_a_heading_of_credentials_is_known(heading: str) -> None:
    assert secret(heading)
    assert secret(heading, things=True)


INNOCENT = [
    "Bus Pass",
    "Hall Pass No",
    "Key Ring",
    "Key",
    "Door Key No",
    "Product Key",
    "Locker Key",
    "BitLocker Key ID",
    "Social Studies",
    "Social Worker",
    "Compass",
    "Pass/Fail",
    "Surpass",
    "Entry Code",
    "Passport No",
    "Wpa2 Ready",
    "Combination",
    "B Day",
]


def test_innocent_columns_of_things_stay(equipment: Category, lincoln: School) -> None:
    cells = [f"x{n}1234" for n in range(len(INNOCENT))]
    session = look_at(as_csv(["Tag", "Make", *INNOCENT], [["A1", "Acer", *cells]]))
    assert session.headers == ["Tag", "Make", *INNOCENT]
    assert session.notes == []
    assert [session.rows.get().raw[h] for h in INNOCENT] == cells


@pytest.mark.parametrize("by", ["\u2013", " - ", "-", " "])
def test_a_column_of_numbers_is_known_however_they_are_parted(lincoln: School, by: str) -> None:
    rows = [["1", "Mia", by.join(("223", "45", "6789"))], ["2", "Leo", ""]]
    session = look_at(as_csv(["Student ID", "First name", "Ref"], rows), kind="people")
    assert session.headers == ["Student ID", "First name"]
    assert "6789" not in str([row.raw for row in session.rows.all()])


def test_the_passport_of_a_person_is_no_things(lincoln: School) -> None:
    session = look_at("Student ID,First name,Passport No\n1,Mia,C01234567\n", kind="people")
    assert session.headers == ["Student ID", "First name"]
    assert "The column Passport No was left out" in notes(session)


@pytest.mark.parametrize(
    ("heading", "cell", "stays"),
    [
        ("Social", "223456789", False),
        ("Social", "223-45-6789", False),
        ("Student Social", "6789", False),
        ("Social", "outgoing", True),
        ("SS", "223456789", False),
        ("SS", "A", True),
        ("Tax ID", "223456789", False),
        ("Tax ID", "22-3456789", True),
        ("Pass", "hunter2", False),
        ("Pass", "yes", True),
        ("Pass", "BP12345", True),
        ("Key", "123456-123456", False),
        ("Key", "K-12", True),
        ("Credentials", "admin/abc", False),
        ("Login", "admin / hunter2", False),
        ("Login", "mia:hunter2", False),
        ("Login", "mia.test", True),
        ("LAPS", "xY7#kk9!", False),
        ("Laps", "12", True),
        ("Local Admin", "admin:hunter2", False),
        ("Local Admin", "Yes", True),
        ("Admin Account", "admin/hunter2", False),
        ("Admin", "Mrs. Lee", True),
        ("Acct #", "4111111111111111", False),
        ("Acct #", "10-5100-0000-430", True),
        ("Device Code", "4411", False),
        ("Device Code", "CB-311", True),
        ("Last 4", "3333", False),
        ("Last 4 of serial", "3333", True),
        ("Login", "LIN/jdoe", True),
        ("Login", "https://sso.example/a1", True),
        ("Last Login", "1/2/2025 10:22", True),
        ("Soc", "111223333", False),
        ("Soc", "Society", True),
        ("SIN", "912 701 234", False),
        ("SIN", "yes", True),
        ("B-Day", "1/2/2012", False),
        ("B Day", "Room 101", True),
        ("PINs", "4411", False),
        ("Pins", "24", True),
        ("Keypad", "4411#", False),
        ("Keypad", "numeric", True),
        ("Combination", "12-34-56", False),
        ("Combo", "12 34 56", False),
        ("Combo", "TV/VCR", True),
        ("Secret", "hunter22", False),
        ("Secret", "no", True),
        ("Clave", "hunter22", False),
        ("WiFi", "guest:hunter22", False),
        ("WiFi", "a4:5e:60:c2:11:22", True),
        ("Wi-Fi", "802.11ac", True),
        ("Unlock", "332211", False),
        ("Unlock", "carrier", True),
    ],
)
def test_what_a_heading_means_is_seen_in_its_cells(
    lincoln: School, heading: str, cell: str, *, stays: bool
) -> None:
    rows = [["1", "Mia", ""], ["2", "Leo", cell]]
    session = look_at(as_csv(["Student ID", "First name", heading], rows), kind="people")
    assert (heading in session.headers) == stays
    assert (f"The column {heading} was left out" in notes(session)) != stays


def test_nothing_of_them_reaches_the_register_or_the_disk(
    brings: Brings, lincoln: School, settings
) -> None:
    session = brings(
        "Asset Tag,Make,Description,Admin Pswd,Notes2\n"
        "A1,HP,Login: kid1 / Pass: hunter2,hunter2,wifi key hunter22\n"
    )
    assert Asset.objects.get().description == "Login: kid1 / [left out]"
    assert "hunter2" not in str(session.rows.get().raw)
    files = [p for p in Path(settings.FILES_DIR).rglob("*") if p.is_file() and not p.suffix]
    kept = [p.read_bytes() for p in files]
    assert any(b"kid1" in k for k in kept), "we looked where items are"
    assert not any(b"hunter2" in k for k in kept)
