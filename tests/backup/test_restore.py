"""A machine dies; the register comes back whole on another."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from core import runs
from core.backup import Refusal, back_up, last_good, make_backup, nightly, restore
from core.files import damaged, path_of
from core.journal import guards, sealing
from core.journal import writing as journal
from core.models import Entry
from core.models.files import StoredFile
from core.models.run import Run, Schedule
from core.ops import sweeping
from core.ops.supervisor import hold_data_folder
from core.time import days
from people.models import School, User
from people.roles import Role
from tests import factories
from tests.backup.conftest import file_count, lose_everything, make_district, r1_hash, rows
from tests.factories import make_asset

pytestmark = pytest.mark.django_db(transaction=True)


def _there_and_back(machine: Path, assets: int) -> None:
    make_district(assets)
    before = (sealing.head(), r1_hash(), rows(), file_count())
    out = StringIO()
    call_command("backup", out=machine / "away" / "district.zip", stdout=out)
    assert "read back and whole" in out.getvalue()
    lose_everything(machine)

    made, result = restore(machine / "away" / "district.zip")
    assert result.findings == []
    assert (result.head, r1_hash(), rows(), file_count()) == before
    assert tuple(made.head) == before[0]
    assert guards.missing() == []
    assert not any(damaged(file) for file in StoredFile.objects.all())
    if connection.vendor == "postgresql":
        assert set(Entry.objects.values_list("txid", flat=True)) == {0}
    # Life goes on: new rows get new numbers, and are sealed after the old ones.
    factories.made(User.objects.create(email="new@district.example", name="New"))
    make_asset(school=School.objects.order_by("pk")[0])
    assert sealing.seal_all() > 0
    assert not Entry.objects.filter(seal=None).exists()


def test_a_district_comes_back_as_it_was(machine: Path) -> None:
    _there_and_back(machine, 300)


@pytest.mark.soak
def test_twenty_thousand_assets_come_back_as_they_were(
    machine: Path, record_property: Callable[[str, object], None]
) -> None:
    _there_and_back(machine, 20_000)
    record_property("assets", 20_000)
    record_property("entries", Entry.objects.count())


def test_what_was_not_sealed_yet_is_sealed_where_it_is_restored(archive: Path) -> None:
    """Also where another journal was sealed further before."""
    school = School.objects.order_by("pk")[0]
    make_asset(school=school)
    later = archive.with_name("later.zip")
    back_up(later)
    for _n in range(5):
        make_asset(school=school)
    sealing.seal_all()
    restore(later, replace=True)
    assert Entry.objects.filter(seal=None).exists()
    sealing.seal_all()
    assert not Entry.objects.filter(seal=None).exists()


def test_the_command_ends_with_verify(archive: Path, machine: Path) -> None:
    lose_everything(machine)
    out = StringIO()
    call_command("restore", archive, stdout=out)
    assert "verified: nothing was altered" in out.getvalue()
    assert Entry.objects.filter(kind="backup.restored").exists()


def test_a_living_district_is_not_overwritten_by_accident(archive: Path) -> None:
    before = rows()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", archive, stdout=StringIO())
    assert rows() == before
    call_command("restore", archive, replace=True, stdout=StringIO())
    assert rows() == before | {"core_entry": before["core_entry"] + 1}


def test_an_archive_is_for_its_owner_only_and_no_half_of_one_is_left(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [p.name for p in archive.parent.iterdir() if p.name.startswith(".")] == []


def test_a_damaged_private_file_is_named_and_does_not_stop_the_backup(
    archive: Path, machine: Path
) -> None:
    file = StoredFile.objects.order_by("pk")[0]
    path_of(file.sha256).write_bytes(b"something else")
    errors = StringIO()
    call_command("backup", out=machine / "again.zip", stdout=StringIO(), stderr=errors)
    assert "1 files were gone or damaged" in errors.getvalue()


def test_it_runs_every_night_and_old_ones_are_thinned_out(archive: Path, machine: Path) -> None:
    sweeping.sweep()
    due = Schedule.objects.get(name="nightly-backup")
    assert due.next_at.astimezone(days.zone()).hour == 2
    Schedule.objects.update(next_at=days.now() - timedelta(minutes=1))
    sweeping.do_due()
    run = Run.objects.get(kind=nightly.KIND)
    folder = machine / "backups"
    folder.mkdir()
    now = days.now()
    for back in range(1, 60):
        (folder / f"district-{now - timedelta(days=back):%Y%m%d-%H%M%S}.zip").write_bytes(b"old")
    (folder / "district-of-somebody.txt").write_bytes(b"not ours")
    runs.execute(run.pk)
    run.refresh_from_db()
    assert run.state == Run.State.FINISHED, run.reason
    left = sorted(p.name for p in folder.iterdir() if p.suffix == ".zip")
    assert 8 <= len(left) <= 11  # seven days and four weeks, which share some
    assert left[-1] == run.result["file"]
    assert (folder / "district-of-somebody.txt").exists()


def test_the_administrator_is_warned_after_thirty_six_hours(archive: Path, machine: Path) -> None:
    with journal.working(journal.Via.COMMAND):
        make_backup(machine / "good.zip")
    assert last_good() is not None
    assert not nightly.overdue()
    client = Client()
    client.force_login(User.objects.get(memberships__role=Role.ADMINISTRATOR))
    assert "last good backup" not in client.get("/").content.decode()
    with time_machine.travel(days.now() + timedelta(hours=37), tick=False):
        assert nightly.overdue()
        client.force_login(User.objects.get(memberships__role=Role.ADMINISTRATOR))
        assert "The last good backup is of" in client.get("/").content.decode()


def test_an_unreadable_path_is_said(machine: Path) -> None:
    with pytest.raises(Refusal, match="There is no file"):
        restore(machine / "nowhere.zip")


def test_nothing_is_restored_under_a_running_application(tmp_path: Path) -> None:
    with hold_data_folder(), pytest.raises(CommandError, match="Stop it first"):
        call_command("restore", str(tmp_path / "any.zip"))


def test_an_archive_that_is_refused_changes_nothing_on_a_new_machine(tmp_path: Path) -> None:
    path = tmp_path / "not.zip"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    database = tmp_path / "district.sqlite3"
    new = {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "district_assets.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", str(path)],
        env=os.environ | new,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "not a backup" in done.stderr.lower() or "archive" in done.stderr.lower(), done.stderr
    with sqlite3.connect(database) as looked:
        assert looked.execute("SELECT name FROM sqlite_master").fetchall() == []
