"""What killed processes and full disks leave half-written is taken off, and nothing else is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import files
from core.disk import lines
from core.files import left
from core.forgetting import erasures
from core.journal import heads
from core.journal.verify import verify
from core.models import StoredFile
from people.models import School

DIGEST = "a" * 64


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.FILES_DIR, settings.BACKUP_DIR = tmp_path / "files", tmp_path / "backups"
    settings.FILES_DIR.mkdir()
    settings.BACKUP_DIR.mkdir()
    left._round = iter(())
    yield tmp_path
    left._round = iter(())


def whole_round() -> int:
    return sum(left.throw_away_left() for _folder in range(8))


def old(path: Path) -> Path:
    os.utime(path, (0, 0))
    return path


@pytest.mark.django_db
def test_bytes_that_no_row_names_are_thrown_away_an_hour_later(folders: Path) -> None:
    row = files.store(b"kept", "text/plain")
    gone = files.path_of(files.keep_bytes([b"nobody asked for it"])[0])
    assert whole_round() == 0, "its row may still come"
    old(gone)
    old(files.path_of(row.sha256))
    assert whole_round() == 1
    assert not gone.exists()
    assert not files.damaged(StoredFile.objects.get())


@pytest.mark.django_db
def test_half_a_file_goes_and_a_whole_backup_and_foreign_files_stay(
    folders: Path, settings: Any
) -> None:
    half = [
        settings.FILES_DIR / ".incoming-x1",
        settings.BACKUP_DIR / ".district-20261129-020000.zip.77",
    ]
    whole = [
        settings.BACKUP_DIR / "district-20261129-020000.zip",
        settings.BACKUP_DIR / ".keep",
        settings.FILES_DIR / "README",
    ]
    for path in half + whole:
        path.write_bytes(b"x")
    assert whole_round() == 0
    for path in half + whole:
        old(path)
    assert whole_round() == 2
    assert [p.exists() for p in half + whole] == [False, False, True, True, True]


@pytest.mark.django_db
def test_the_same_bytes_brought_this_moment_stay(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(files.path_of(files.keep_bytes([b"again"])[0]))
    looked: list[Path] = []
    take = left._take

    def brought_again(found: Path) -> int:
        looked.append(found)
        files.keep_bytes([b"again"])
        return take(found)

    monkeypatch.setattr(left, "_take", brought_again)
    assert whole_round() == 0
    assert looked == [path]
    assert path.read_bytes() == b"again"


def test_a_line_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    lines.append(path, "one\n")
    with path.open("a") as file:
        file.write("tw")  # the power went away
    lines.append(path, "three\n")
    assert path.read_text() == "one\nthree\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's full device")
def test_a_full_disk_is_not_a_line_written() -> None:
    with pytest.raises(OSError):
        lines.append(Path("/dev/full"), "one\n")


@pytest.mark.django_db(transaction=True)
def test_half_a_head_is_no_head_that_the_journal_lacks(lincoln: School) -> None:
    from core.journal.sealing import seal_all

    seal_all()
    assert heads.note()
    with heads.path().open("a") as file:
        file.write("2026-11-29T08:00:00Z 99 abcd")
    assert verify().findings == []
    assert [h.number for h in heads.of_file()] == [heads.outside()[-1].number]
    assert heads.note("again"), "and the next is on a line of its own"
    assert verify().findings == []


def test_half_a_digest_of_who_was_forgotten_spoils_no_other(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "e.txt"
    file.write_text(DIGEST + "\n" + "b" * 20)
    erasures._add(file, {"c" * 64})
    assert erasures._read(file) == {DIGEST, "c" * 64}


def test_an_empty_secret_of_a_first_start_on_a_full_disk_is_made_again(tmp_path: Path) -> None:
    """Or no later start would ever succeed."""
    (tmp_path / "secret_key").touch()
    env = {k: v for k, v in os.environ.items() if k not in ("SECRET_KEY", "DATABASE_URL")}
    env |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "district_assets.settings"}
    code = "from django.conf import settings; print(settings.SECRET_KEY)"
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _start in range(2)
    ]
    assert len(made[0]) > 50
    assert made[0] == made[1] == (tmp_path / "secret_key").read_text()
    assert not list(tmp_path.glob(".secret_key*"))
