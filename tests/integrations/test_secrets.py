"""What nobody should have sent is said by name and kept nowhere; what merely looks so stays."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from assets.models import Asset, Category
from core.models import Entry, Run, StoredFile
from core.problems import Invalid
from integrations.models import ImportSession, StagedRow
from integrations.secrets import secret
from people.models import Person, School, User
from tests.integrations.conftest import look_at, outcomes
from tests.integrations.files import as_csv
from tests.integrations.test_spreadsheets import formatted, saved
from tests.integrations.ways import ODD, Bring, by_command, by_page, notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
VALUES = ("1/2/2012", "111-22-3333", "hunter2", "4411")


@pytest.fixture(params=["command", "page"])
def bring_people(
    request: pytest.FixtureRequest, lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> Bring:
    if request.param == "command":
        return lambda name: by_command(ODD / name, "people")
    return lambda name: by_page(ODD / name, client_of(ana), "people")


def everything(files: Path, log: pytest.LogCaptureFixture) -> str:
    """All that is kept: every row of these tables, every byte of the files, every log line."""
    rows = [
        *ImportSession.objects.all(),
        *StagedRow.objects.all(),
        *Entry.objects.all(),
        *Run.objects.all(),
        *Person.objects.all(),
        *StoredFile.objects.all(),
    ]
    kept = [p.read_bytes().decode("utf-8", "replace") for p in files.rglob("*") if p.is_file()]
    return "\n".join([serializers.serialize("json", rows), *kept, log.text])


def test_secrets_of_a_roster_are_said_by_name_and_kept_nowhere(
    bring_people: Bring, settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = bring_people("s7_dob_kept.csv")
    assert outcomes(session) == {"create": 1}
    assert session.headers == ["Student Number", "First Name", "Last Name", "School Code", "Grade"]
    for column, what in {
        "DOB": "dates of birth",
        "SSN": "social security numbers",
        "SocSecNum": "social security numbers",
        "Pwd": "passwords or PINs",
        "PIN": "passwords or PINs",
    }.items():
        assert f"The column {column} was left out: it holds {what}" in notes(session)
    kept = everything(Path(settings.FILES_DIR), caplog)
    assert "990001" in kept, "we looked where items are"
    # A salt, digest or instant may hold the same four digits by chance: they stand within a word.
    assert [v for v in VALUES if re.search(rf"(?<![\w.]){re.escape(v)}(?!\w)", kept)] == []


@pytest.mark.parametrize(
    "heading",
    [
        "Date of Birth",
        "birthDate",
        "BIRTH_DT",
        "STUDENTDOB",
        "Student DOB",
        "Social Security #",
        "SS#",
        "ssn_last4",
        "StudentSSN",
        "User Password",
        "PasswordHash",
        "Lunch PIN",
        "pin_code",
        "Passcode",
        "Driver's License No.",
    ],
)
def test_a_heading_of_secrets_is_known_however_it_is_written(heading: str) -> None:
    assert secret(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Spinner",
        "Shipping",
        "Pinned",
        "Opinion",
        "Dobson School",
        "Passed",
        "Session",
        "Mission",
        "Assn.",
        "Pint",
        "Compass Word",
        "Account number",
        "Passport color",
        "Last seen",
        "Bypass",
        "Dob's",
    ],
)
def test_an_innocent_heading_that_contains_such_letters_stays(heading: str) -> None:
    assert bool(secret(heading)) == (heading == "Dob's")


def test_innocent_columns_come_with_their_values(equipment: Category, lincoln: School) -> None:
    head = ["Tag", "Make", "Spinner", "Shipping", "Pinned", "Opinion", "Dobson School"]
    session = look_at(as_csv(head, [["A1", "Acer", "a", "b", "c", "d", "e"]]))
    assert session.headers == head
    assert session.notes == []
    raw = session.rows.get().raw
    assert [raw[h] for h in head[2:]] == ["a", "b", "c", "d", "e"]


def test_a_sheet_that_nobody_looked_at_is_not_kept(
    equipment: Category, lincoln: School, settings
) -> None:
    session = look_at(
        saved(("List", [["Tag", "Make"], ["A1", "Acer"]]), ("Other", [["SSN"], ["223-45-6789"]]))
    )
    assert session.file is not None
    kept = [p.read_bytes() for p in Path(settings.FILES_DIR).rglob("*") if p.is_file()]
    assert [k.startswith(b"PK") for k in kept] == [False]
    assert b"A1" in kept[0]


def test_a_workbooks_secrets_are_left_out_too(lincoln: School) -> None:
    session = look_at(formatted([["Student ID", "DOB"], ["1", 40000]]), kind="people")
    assert session.headers == ["Student ID"]


def test_a_file_that_is_refused_leaves_nothing(
    lincoln: School, settings, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Invalid):
        look_at('Student ID,SSN\n1,223-45-6789\n2,"323-45-6789\n', kind="people")
    assert "23-45-6789" not in everything(Path(settings.FILES_DIR), caplog)


def test_a_file_without_secrets_is_kept_as_it_came(
    equipment: Category, lincoln: School, settings
) -> None:
    look_at("Tag;Make\nA1;Acer\n")
    kept = [p.read_bytes() for p in Path(settings.FILES_DIR).rglob("*") if p.is_file()]
    assert kept == [b"Tag;Make\nA1;Acer\n"]


def test_the_page_names_what_was_left_out(
    lincoln: School, ana: User, client_of: Callable[[User], Client]
) -> None:
    session = look_at("Student ID,First name,DOB\n1,Mia,1/2/2012\n", kind="people", by=ana)
    page = client_of(ana).get(reverse("import", args=[session.pk])).content.decode()
    assert "The column DOB was left out: it holds dates of birth" in page
    assert "1/2/2012" not in page
    assert not Asset.objects.exists()
