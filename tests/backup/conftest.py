"""A generated district with an archive of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core import files
from core.access import SYSTEM
from core.backup import back_up
from core.journal import sealing
from core.models import District
from core.time import days
from demonstration.actions.generate import Size, generate
from funding.models import Award
from reports.property_record.build import build


def r1_hash() -> str:
    """The hash of the property record of the largest award, as of a fixed day."""
    award = Award.objects.order_by("pk")[0]
    known = days.end_of_day(date(2026, 6, 30))
    return build(award, as_of=date(2026, 6, 30), known_at=known, by=SYSTEM).sha256()


def file_count() -> int:
    return sum(1 for p in Path(settings.FILES_DIR).rglob("*") if p.is_file())


@pytest.fixture
def machine(tmp_path: Path, settings) -> Iterator[Path]:
    """A data folder of its own, so that a machine's whole data can be deleted."""
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"
    return tmp_path


def make_district(assets: int) -> None:
    generate(Size(assets, 7, False, True), lambda done, total: None)
    files.store(b"%PDF-1.7 an invoice", "application/pdf")
    files.store(b"a photo" * 1000, "image/png")
    sealing.seal_all()


def lose_everything(machine: Path) -> None:
    """What a dead disk does: no rows, no files."""
    from core.journal import guards

    with guards.lifted():
        call_command("flush", verbosity=0, interactive=False)
    for path in sorted((machine / "files").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert not District.objects.exists()


@pytest.fixture
def archive(machine: Path) -> Path:
    make_district(60)
    path = machine / "district.zip"
    back_up(path)
    return path


def rows() -> dict[str, int]:
    """How many rows each kept table has."""
    from core.backup.manifest import kept_models

    with connection.cursor() as cursor:
        found = {}
        for model in kept_models():
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            found[model._meta.db_table] = cursor.fetchone()[0]
    return found
