"""A backup from before an erasure brings somebody back, and the restore forgets them again."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from assets.actions import assign_asset, return_asset
from core.access import SYSTEM
from core.backup import back_up, make_backup
from core.forgetting import erasures
from core.journal import guards, sealing, verify
from core.models import Entry
from people.actions import erase_person, merge_people, save_people
from people.actions.roster import PersonDraft
from people.models import Person, School, User
from tests.backup.conftest import lose_everything
from tests.factories import make_asset
from tests.forgotten import traces

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST, ID = "Zephyrine", "Quackenbosch", "ZQX70711"


@pytest.fixture
def machine(tmp_path: Path, settings) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"
    for folder in (settings.FILES_DIR, settings.BACKUP_DIR, tmp_path / "away"):
        folder.mkdir()
    return tmp_path


@pytest.fixture
def zephyrine(lincoln: School) -> Person:
    drafts = [
        PersonDraft(local_id=ID, school=lincoln, first_name=FIRST, last_name=LAST),
        PersonDraft(local_id="B1", school=lincoln, first_name="Una", last_name="Vane"),
    ]
    save_people(drafts, by=SYSTEM)
    return Person.objects.get(local_id=ID)


def restored(archive: Path) -> str:
    out = StringIO()
    call_command("restore", archive, replace=True, stdout=out)
    return out.getvalue()


def test_who_was_erased_since_is_erased_again_and_it_is_said(
    machine: Path,
    zephyrine: Person,
    lincoln: School,
    ana: User,
    client_of: Callable[[User], Client],
) -> None:
    """Also where she held something on that day, and was somebody twice."""
    held = make_asset(school=lincoln, tag="MV1", description=f"of {FIRST} {LAST}")
    twice = PersonDraft(local_id="ZQX70712", school=lincoln, first_name=FIRST, last_name=LAST)
    save_people([twice], by=SYSTEM)
    assign_asset(held, to=zephyrine, by=SYSTEM)
    sealing.seal_all()
    archive = machine / "away" / "old.zip"
    back_up(archive)
    held.refresh_from_db()
    return_asset(held, by=SYSTEM, room=lincoln.rooms.first())
    merge_people(Person.objects.get(local_id="ZQX70712"), into=zephyrine, by=SYSTEM, reason="Twice")
    erase_person(zephyrine, by=ana, reason="Asked for.")

    said = restored(archive)
    assert said.count("erased again") == 2 and f"/people/{zephyrine.pk}/written/" in said
    assert LAST not in said and "verified: nothing was altered" in said
    assert Person.objects.exclude(erased_at=None).count() == 2
    assert Person.objects.get(local_id="B1").last_name == "Vane", "nobody else is touched"
    her = Person.objects.get(pk=zephyrine.pk)
    assert (her.last_name, her.local_id, her.salt, her.active) == ("", "", "", False)
    assert Entry.objects.filter(kind="person.erased").count() == 2
    ana = User.objects.get(pk=ana.pk)
    listed = client_of(ana).get(f"/people/{her.pk}/written/").content.decode()
    assert f"of {FIRST} {LAST}" in listed, "what names her came back too, and is listed again"
    assert guards.missing() == [] and verify.verify().findings == []


def test_on_another_machine_the_file_beside_the_backups_tells(
    machine: Path, zephyrine: Person
) -> None:
    archive = machine / "backups" / "old.zip"
    back_up(archive)
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    make_backup()
    lose_everything(machine)
    erasures.path().unlink()
    assert "erased again" in restored(archive)
    assert not Person.objects.filter(local_id=ID).exists()
    archive.unlink()
    make_backup()
    newest = max((machine / "backups").glob("district-*.zip"))
    assert "erased again" not in restored(newest), "it knows already"
    assert traces(LAST, ID) == []


def test_the_file_has_digests_alone(machine: Path, zephyrine: Person) -> None:
    salt = zephyrine.salt
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    text = erasures.path().read_text()
    assert len(text.split()) == 1 and len(text.strip()) == 64
    assert salt not in text and LAST not in text


def test_a_lost_file_is_written_anew_from_the_register(machine: Path, zephyrine: Person) -> None:
    """The machine stopped between the erasure and the file; the register that lives here knows."""
    archive = machine / "away" / "old.zip"
    back_up(archive)
    erase_person(zephyrine, by=SYSTEM, reason="Asked for.")
    erasures.path().unlink()
    assert "erased again" in restored(archive)


def test_a_file_that_is_damaged_erases_nobody(machine: Path, zephyrine: Person) -> None:
    archive = machine / "away" / "old.zip"
    back_up(archive)
    erasures.path().write_text("zephyrine\n" + "0" * 64 + "\n" + "0" * 30 + "\n")
    assert "erased again" not in restored(archive)
    assert Person.objects.get(local_id=ID).last_name == LAST
