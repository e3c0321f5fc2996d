"""Room on the disks that we write to."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings


def free() -> dict[str, int | None]:
    """Free bytes where data and backups lie; None where that cannot be said or written to."""
    folders = {"data": settings.DATA_DIR, "backups": settings.BACKUP_DIR}
    return {name: _free(Path(folder)) for name, folder in folders.items()}


def enough(found: Mapping[str, int | None]) -> bool:
    """Whether each has room for what comes next (settings.LEAST_FREE_MB)."""
    least = settings.LEAST_FREE_MB * 1024**2
    return all(size is not None and size >= least for size in found.values())


def _free(folder: Path) -> int | None:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent  # backups are not made yet
    try:
        return shutil.disk_usage(folder).free if os.access(folder, os.W_OK) else None
    except OSError:
        return None
