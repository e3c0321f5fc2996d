"""What killed processes left on the disk: half-written files, and bytes that no row names."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from core.models.files import StoredFile

#: A file that is being written is written to all the time, and its row comes at once.
LEFT_SECONDS = 3600
_HALF = re.compile(r"\.incoming-.+|\.gone-.+|\.district-.+\.zip\.\d+")
_SHA = re.compile(r"[0-9a-f]{64}")
_round: Iterator[Path] = iter(())


def throw_away_left() -> int:
    """Look through one folder more for what nobody will ever ask for; how many files were thrown
    away (a chore of the sweeper: the folders take turns, so that a round costs little)."""
    global _round
    folder = next(_round, None)
    if folder is None:
        _round = _folders()
        folder = next(_round)
    if not folder.is_dir():
        return 0
    old = [p for p in folder.iterdir() if p.is_file() and _old(p)]
    half = [p for p in old if _HALF.fullmatch(p.name)]
    named = [p.name for p in old if _SHA.fullmatch(p.name)]
    kept: set[str] = set()
    for i in range(0, len(named), 500):
        rows = StoredFile.objects.filter(sha256__in=named[i : i + 500])
        kept.update(rows.values_list("sha256", flat=True))
    for path in half:
        path.unlink(missing_ok=True)
    return len(half) + sum(_take(folder / name) for name in named if name not in kept)


def _folders() -> Iterator[Path]:
    """Where half-written files lie, then the folders of stored ones."""
    base = Path(settings.FILES_DIR)
    yield from (base, Path(settings.BACKUP_DIR))
    if base.is_dir():
        yield from sorted(p for p in base.iterdir() if p.is_dir())


def _old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - LEFT_SECONDS
    except FileNotFoundError:
        return False


def _take(path: Path) -> int:
    """Throw bytes away, unless somebody brings the same ones this very moment."""
    aside = path.with_name(f".gone-{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        path.rename(aside)
        if not _old(aside):  # new ones took their place since we looked
            aside.rename(path)
            return 0
        aside.unlink()
        return 1
    return 0
