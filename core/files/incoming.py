"""Bytes on their way in: laid aside for a worker, known by a name of ours, gone once they are
read."""

import re
import secrets
import time
from collections.abc import Collection, Iterable
from io import BufferedReader
from pathlib import Path

from django.conf import settings

#: So long after it came what nobody waits for is thrown away.
KEPT_SECONDS = 3600
_NAME = re.compile(r"[0-9a-f]{32}")


def lay_aside(chunks: Iterable[bytes]) -> str:
    """Keep bytes until a worker reads them; the name to find them by."""
    name = secrets.token_hex(16)
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name


def open_laid(name: str) -> BufferedReader:
    """The bytes laid aside. Raises FileNotFoundError where they are gone."""
    return _path(name).open("rb")


def throw_away(name: str) -> None:
    if name:
        _path(name).unlink(missing_ok=True)


def throw_away_left(wanted: Collection[str]) -> int:
    """Throw away what lies there for long and nobody waits for; also what an upload left whose
    process was killed."""
    folder, count = Path(settings.INCOMING_DIR), 0
    if not folder.exists():
        return 0
    for path in folder.iterdir():
        if path.name not in wanted and path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("not a name of ours")
    return Path(settings.INCOMING_DIR) / name
