"""A roster of two schools comes in as people; secrets never do."""

from pathlib import Path

import pytest
from django.core.management import call_command

from core import files
from core.journal import verify
from core.models import District, Entry, StoredFile
from integrations.models import StagedRow
from people.actions import PersonDraft, save_people
from people.models import Person, School, User
from tests.integrations.conftest import bring, look_at, outcomes, undo
from tests.integrations.files import NO_DATA, Source, as_csv, real

pytestmark = pytest.mark.django_db

FIRST = ["Ora", "Zoë", "D'Angelo", "José", "Bo", "李", "Anne-Marie", "Søren"]


def made() -> dict[str, bytes]:
    """A roster of two schools in School Data Sync's older layout."""
    schools = [["10001", "Contoso High School"], ["10002", "Fabrikam High School"]]
    students = [
        [
            f"13{i:03}",
            schools[i % 2][0],
            FIRST[i % 8],
            f"O'Neil {i}",
            f"user{i}",
            "P@ssw0rd",
            f"{i % 12 + 1}",
            "Active",
            "4/2/2010",
        ]
        for i in range(86)
    ]
    teachers = [
        [f"14{i:03}", schools[i % 2][0], FIRST[i % 8], "Todd", f"teach{i}", "P@ssw0rd", f"{i}"]
        for i in range(12)
    ]
    head = ["SIS ID", "School SIS ID", "First Name", "Last Name", "Username", "Password"]
    return {
        "School.csv": as_csv(["SIS ID", "Name"], schools),
        "Student.csv": as_csv([*head, "Grade", "Status", "Birthdate"], students),
        "Teacher.csv": as_csv([*head, "Teacher Number"], teachers),
    }


@pytest.fixture(params=["real", "made"])
def roster(request: pytest.FixtureRequest, district: District, tmp_path: Path) -> dict[str, str]:
    found = made() if request.param == "made" else real("sds_100users")
    if not found:
        pytest.skip(NO_DATA)
    paths = Source(found).save(tmp_path)
    return {p.name: str(p) for p in paths}


def bring_in(roster: dict[str, str]) -> None:
    call_command("import_file", "places", roster["School.csv"], apply=True, verbosity=0)
    call_command("import_file", "people", roster["Student.csv"], apply=True, verbosity=0)
    call_command(
        "import_file", "people", roster["Teacher.csv"], people="staff", apply=True, verbosity=0
    )


def test_a_roster_comes_in_as_people_of_two_schools_twice(roster: dict[str, str]) -> None:
    bring_in(roster)
    wanted = {
        name: Path(roster[name]).read_text("utf-8-sig").strip().count("\n")
        for name in ("Student.csv", "Teacher.csv")
    }
    assert School.objects.count() == 2
    assert Person.objects.filter(kind="student").count() == wanted["Student.csv"]
    assert Person.objects.filter(kind="staff").count() == wanted["Teacher.csv"]
    assert {p.school.code for p in Person.objects.select_related("school")} == {"10001", "10002"}
    before = set(Person.objects.values_list("pk", "version"))
    bring_in(roster)
    assert set(Person.objects.values_list("pk", "version")) == before
    assert verify.verify().findings == []


def test_passwords_and_birth_dates_are_kept_nowhere(roster: dict[str, str]) -> None:
    bring_in(roster)
    secrets = ("P@ss", "4/2/20")
    kept = [str(raw) for raw in StagedRow.objects.values_list("raw", flat=True)]
    kept += [files.open_file(f).read().decode("utf-8-sig") for f in StoredFile.objects.all()]
    kept += [str(e) for e in Entry.objects.values_list("data", "changes")]
    assert kept
    assert not [text[:80] for text in kept if any(secret in text for secret in secrets)]


def test_undo_forgets_the_people_and_the_roster_can_come_again(roster: dict[str, str]) -> None:
    bring_in(roster)
    count = Person.objects.count()
    from integrations.models import ImportSession

    for session in ImportSession.objects.filter(kind="people"):
        undo(session)
    assert not Person.objects.filter(active=True).exists()
    assert not Person.objects.exclude(local_id="").exists()
    bring_in(roster)
    assert Person.objects.filter(active=True).count() == count


def test_a_roster_that_is_silent_about_kind_and_status_leaves_them(
    lincoln: School, ana: User
) -> None:
    draft = PersonDraft(local_id="T1", school=lincoln, kind="staff", active=False, first_name="Ida")
    save_people([draft], by=ana)
    session = bring("id,first name\nT1,Ida M.\n", kind="people", by=ana)
    assert session.rows.get().changes == {"first_name": ["Ida", "Ida M."]}
    person = Person.objects.get(local_id="T1")
    assert (person.kind, person.active, person.first_name) == ("staff", False, "Ida M.")
    undo(session, by=ana)
    person.refresh_from_db()
    assert (person.kind, person.active, person.first_name) == ("staff", False, "Ida")


def test_somebody_who_moves_school_is_shown_by_the_schools_names(
    lincoln: School, washington: School, ana: User
) -> None:
    bring("id,school\nM1,LIN\n", kind="people", by=ana)
    session = bring("id,school\nm1,Washington Elementary\n", kind="people", by=ana)
    assert session.rows.get().changes["school"] == [lincoln.name, washington.name]
    assert Person.objects.get(local_id="M1").school == washington
    undo(session, by=ana)
    assert Person.objects.get(local_id="M1").school == lincoln


def test_ids_in_other_letters_are_one_person_where_they_are_one(lincoln: School, ana: User) -> None:
    bring("id\nÉlan1\n", kind="people", by=ana)
    session = bring("id\nÉlan1\n", kind="people", by=ana)
    assert outcomes(session) == {"same": 1}
    assert outcomes(look_at("id,first name\n1,A\n1,B\n,C\n", kind="people", by=ana)) == {
        "create": 1,
        "refused": 2,
    }


def test_personal_values_of_a_roster_stay_out_of_the_journal(lincoln: School, ana: User) -> None:
    bring("id,first name,last name\nQ1,Maribel,Quince\n", kind="people", by=ana)
    bring("id,first name,last name\nQ1,Maribel,Quinceson\n", kind="people", by=ana)
    told = [str(e) for e in Entry.objects.values_list("data", "changes")]
    assert not [t for t in told if "Quince" in t or "Maribel" in t]
