"""Who was forgotten, written down outside the database by digests alone.

A backup from before an erasure brings somebody back, and the register that is put back does not
know it. This small file lies beside the database and beside the backups; `restore` reads it.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from core.disk import lines

NAME = "erasures.txt"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_sources: list[Callable[[], Iterable[str]]] = []
_steps: list[Callable[[], Iterable[str]]] = []


def register_erasures(
    source: Callable[[], Iterable[str]], again: Callable[[], Iterable[str]]
) -> None:
    """Say the digests of what was erased here, and how to erase `again` what a backup brought back:
    a sentence for each."""
    if source not in _sources:
        _sources.append(source)
        _steps.append(again)


def path() -> Path:
    return Path(settings.ERASURES_FILE)


def noted() -> set[str]:
    """Every digest that is written down."""
    return _read(path())


def note() -> None:
    """Write down what was erased and is not there yet."""
    _add(path(), {digest for source in _sources for digest in source()})


def take(folder: Path) -> None:
    """Take over what lies beside a backup: it may be of another machine."""
    _add(path(), _read(folder / NAME))


def give(folder: Path) -> None:
    """Lay it beside a backup, for whoever carries backups away."""
    note()
    _add(folder / NAME, noted())


def again() -> list[str]:
    """Erase again what a backup brought back; a sentence for each."""
    return [sentence for step in _steps for sentence in step()]


def _read(file: Path) -> set[str]:
    try:
        found = file.read_text("ascii", "replace").split()
    except FileNotFoundError:
        return set()
    return {line for line in found if _DIGEST.fullmatch(line)}


def _add(file: Path, digests: set[str]) -> None:
    if new := sorted(digests - _read(file)):
        lines.append(file, "".join(f"{digest}\n" for digest in new))
