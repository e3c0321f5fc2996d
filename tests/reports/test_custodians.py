"""Who answered for a thing stays who it was, whoever is forgotten, or of the staff, since."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset
from core.access import SYSTEM
from people.actions import PersonDraft, add_person, change_person, change_room, erase_person
from people.models import Person, Room, School, User
from reports import actions
from reports.models import Report, ReportPerson
from tests.reports.conftest import Ledger, by_tag, content

pytestmark = [pytest.mark.django_db(transaction=True)]
Make = Callable[..., Report]


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR, settings.BACKUP_DIR = tmp_path / "files", tmp_path / "backups"


def teacher(school: School, name: str, number: int = 1) -> Person:
    first, last = name.split()
    draft = PersonDraft(
        kind="staff", local_id=f"T-{first}{number}", first_name=first, last_name=last, school=school
    )
    return add_person(draft, by=SYSTEM)


@pytest.fixture
def olga(lincoln: School, room: Room) -> Person:
    """The custodian of the room."""
    found = teacher(lincoln, "Olga Ward")
    change_room(room, by=SYSTEM, custodian=found)
    return found


def held(ledger: Ledger, room: Room, person: Person) -> None:
    """R101 is handed to somebody and stands in the room."""
    assign_asset(ledger.split, to=person, by=SYSTEM)
    move_asset(ledger.split, to=room, by=SYSTEM)


def custodian(report: Report) -> str:
    return str(by_tag(actions.stored_dataset(report))["R101"]["custodian"])


def test_a_forgotten_teacher_is_not_replaced_by_the_custodian_of_the_room(
    ledger: Ledger, lincoln: School, room: Room, olga: Person, report_of: Make, fay: User
) -> None:
    theo = teacher(lincoln, "Theo Quince")
    held(ledger, room, theo)
    before = report_of(fay)
    assert custodian(before) == "Theo Quince"
    return_asset(ledger.split, by=SYSTEM, room=room)
    erase_person(theo, by=SYSTEM, reason="Left, asked for it.")
    after = report_of(fay, known_at=before.known_at)
    assert custodian(after).startswith("P-"), "it was a teacher's; whose, nobody can tell any more"
    assert "Olga" not in content(after, "csv").decode().split("R101")[1].splitlines()[0]
    assert after.sha256 == before.sha256 and actions.recompute(before).same
    assert custodian(report_of(fay)) == "Olga Ward", "as known now it stands in her room"


def test_a_student_who_is_staff_since_answered_for_nothing_then(
    ledger: Ledger, maria: Person, room: Room, olga: Person, report_of: Make, fay: User
) -> None:
    held(ledger, room, maria)
    before = report_of(fay)
    assert custodian(before) == "Olga Ward", "of a student's thing the staff answers"
    change_person(maria, by=SYSTEM, kind="staff")
    after = report_of(fay, known_at=before.known_at)
    assert custodian(after) == "Olga Ward" and after.sha256 == before.sha256
    assert actions.recompute(before).same
    assert custodian(report_of(fay)) == "Maria Lopez", "since then she answers herself"


def test_who_is_no_staff_any_more_answered_then_and_is_not_named(
    ledger: Ledger, lincoln: School, room: Room, olga: Person, report_of: Make, fay: User
) -> None:
    theo = teacher(lincoln, "Theo Quince")
    held(ledger, room, theo)
    before = report_of(fay)
    change_person(theo, by=SYSTEM, kind="student")
    after = report_of(fay, known_at=before.known_at)
    assert custodian(after) == theo.pseudonym and after.sha256 == before.sha256


@pytest.mark.parametrize("name", ["Ruth Orr", "Theo Quince"])
def test_other_persons_behind_the_numbers_are_told(
    ledger: Ledger,
    lincoln: School,
    room: Room,
    report_of: Make,
    fay: User,
    name: str,
    client_of: Callable[[User], Client],
) -> None:
    """The hash is of numbers; it is not called the same where p1 is somebody else."""
    theo, other = teacher(lincoln, "Theo Quince"), teacher(lincoln, name, 2)
    held(ledger, room, theo)
    report = report_of(fay)
    ReportPerson.objects.filter(report=report, person=theo).update(person=other, name=name)
    found = actions.recompute(report)
    assert not found.same and found.sha256 == report.sha256
    ((tag, printed, now),) = [(d.tag, d.printed, d.now) for d in found.differences]
    assert (tag, printed) == ("R101", name) and now.startswith("Theo Quince")
    assert now != printed, "somebody of the same name is another"
    page = client_of(fay).post(f"/reports/{report.pk}/recompute/").content.decode()
    assert "Nothing that explains it" in page
    assert f"{now}" in page


def test_where_persons_differ_their_entries_are_named(
    ledger: Ledger,
    lincoln: School,
    room: Room,
    jamal: Person,
    report_of: Make,
    fay: User,
    ana: User,
) -> None:
    theo = teacher(lincoln, "Theo Quince")
    held(ledger, room, theo)
    report = report_of(fay)
    change_person(jamal, by=ana, kind="staff")
    change_person(jamal, by=ana, grade="9")
    ReportPerson.objects.filter(report=report, person=theo).update(person=jamal, name="Jamal Reed")
    (told,) = actions.explained(report, actions.recompute(report).differences, fay)
    assert told.difference.people == {theo.pk, jamal.pk}
    (entry,) = told.entries
    assert (entry.kind, entry.subject_id) == ("person.changed", jamal.pk)
    assert entry.by_id == ana.pk and "kind" in entry.changes, "not the one of the grade"
