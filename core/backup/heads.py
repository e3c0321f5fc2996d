"""The heads that backups carry in their manifests."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from core.backup.manifest import NAME
from core.journal import heads


def of_backups() -> Iterator[heads.Outside]:
    """The head of each backup in BACKUP_DIR, without those that a restore took back."""
    restored = heads.restores()
    folder = Path(settings.BACKUP_DIR)
    for path in sorted(folder.glob("*.zip")) if folder.is_dir() else ():
        try:
            with zipfile.ZipFile(path) as archive:
                made = json.loads(archive.read(NAME))
            number, digest = made["head"]
            at = str(made["made_at"])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            continue  # another's file, or one that is still being written
        if not any(at[:19] < when[:19] and number > kept for when, kept in restored):
            yield heads.Outside(number, digest, f"the backup {path.name}")
