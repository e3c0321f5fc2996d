"""Heads of the journal that were written down outside of it: what makes a cut tail visible.

A report prints the head, a backup's manifest has it, and the sweeper appends it to a small file
beside the database each minute. Whoever owns the database alone cannot take those back.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.disk import lines
from core.journal import sealing
from core.time import days

Head = tuple[int, str]
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: A restore: what was written before it and lies above its head is another history.
RESTORED = "restored"


@dataclass(frozen=True)
class Outside:
    """A head and where it was found."""

    number: int
    digest: str
    where: str


_providers: list[Callable[[], Iterable[Outside]]] = []


def register_heads(provider: Callable[[], Iterable[Outside]]) -> None:
    """Add a place where heads are kept."""
    if provider not in _providers:
        _providers.append(provider)


def path() -> Path:
    return Path(settings.HEADS_FILE)


def note(word: str = "") -> bool:
    """Append the head to the file, at most once a minute and only where it moved on; a restore
    always. Whether something was written."""
    head = sealing.head()
    last = _last_line()
    if not word and (
        last[1:3] == [str(head[0]), head[1]] or _minute(last) == f"{days.now():%Y-%m-%dT%H:%M}"
    ):
        return False
    line = f"{days.now():%Y-%m-%dT%H:%M:%SZ} {head[0]} {head[1]} {word}".rstrip()
    lines.append(path(), line + "\n")
    return True


def _minute(last: list[str]) -> str:
    return last[0][:16] if last else ""


def _last_line() -> list[str]:
    try:
        with path().open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 200))
            found = file.read().decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return []
    return found[-1].split() if found else []


def restores() -> list[tuple[str, int]]:
    """When the register was put back from a backup, and to which head."""
    try:
        found = path().read_text("ascii", "replace").splitlines()
    except FileNotFoundError:
        return []
    told = [line.split() for line in found]
    return [(x[0], int(x[1])) for x in told if x[3:] == [RESTORED] and x[1].isdecimal()]


def of_file() -> Iterator[Outside]:
    """What the file says, without what a restore took back."""
    kept: list[Outside] = []
    try:
        found = path().read_text("ascii", "replace").splitlines()
    except FileNotFoundError:
        return
    for n, line in enumerate(found, start=1):
        _at, number, digest, *word = (*line.split(), "", "", "")[:4]
        if not number.isdecimal() or not _DIGEST.fullmatch(digest):
            continue  # half a line: what wrote it was cut off
        if word == [RESTORED]:
            kept = [head for head in kept if head.number <= int(number)]
        kept.append(Outside(int(number), digest, f"{path().name}, line {n}"))
    yield from kept


def outside() -> list[Outside]:
    """Every head that is written down somewhere, in order."""
    found = [head for provider in (of_file, *_providers) for head in provider()]
    return sorted(found, key=lambda head: head.number)
