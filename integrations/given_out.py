"""Refused rows that were given out as a file: what we write beside them tells whose they are when
they come back, under whatever name."""

import hashlib
import re
from collections.abc import Iterable

from integrations.models import ImportSession

_MARK = re.compile(r"\[(\d{1,18}-[0-9a-f]{8})\]$")


def mark_of(session: ImportSession) -> str:
    """Which import rows are of, of this installation alone: another has imports of its own."""
    about = f"{session.pk} {session.kind} {session.created_at.isoformat()}"
    return f"{session.pk}-{hashlib.sha256(about.encode()).hexdigest()[:8]}"


def headings_of(session: ImportSession, *names: str) -> list[str]:
    """The headings of what is written beside its rows."""
    return [f"{name} [{mark_of(session)}]" for name in names]


def mark_in(heading: str) -> str:
    """The mark of a heading that is ours; empty of any other."""
    found = _MARK.search(heading.strip())
    return found[1] if found else ""


def is_given_out(row: Iterable[str]) -> bool:
    """Whether a row is the headings of a file that was given out."""
    return any(map(mark_in, row))
