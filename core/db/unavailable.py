"""When what we stand on is away: the database, its lock, the disk. One answer for all of them.

Whoever asked gets one sentence and a status that says come back (503, Retry-After); nothing was
written, because every write is in a transaction and every file is renamed only when it is whole.
"""

import errno
from collections.abc import Iterator
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.problems import Problem, ProblemError

BUSY, AWAY, FULL, READ_ONLY, TOO_SLOW = (
    "database-busy",
    "database-away",
    "disk-full",
    "storage-read-only",
    "too-slow",
)
#: After so many seconds it is worth trying again.
RETRY_AFTER = {BUSY: 5, AWAY: 10, FULL: 60, READ_ONLY: 60, TOO_SLOW: 30}
#: SQLite's primary result codes (https://sqlite.org/rescode.html).
_SQLITE = {
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    9: TOO_SLOW,
    10: AWAY,
    13: FULL,
    14: AWAY,
}
#: PostgreSQL's codes (SQLSTATE), and their classes.
_POSTGRES = {
    "57014": TOO_SLOW,
    "53100": FULL,
    "25006": READ_ONLY,
    "55P03": BUSY,
    "40P01": BUSY,
    "40001": BUSY,
    "57P01": AWAY,
    "57P02": AWAY,
    "57P03": AWAY,
    "58030": AWAY,
}
_POSTGRES_CLASSES = {"08": AWAY, "53": BUSY}
_FILES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: AWAY,
}


class Unavailable(ProblemError):
    """What we stand on is away (503)."""

    status = 503

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(Problem(code, sentence or _sentence(code)))
        self.code = code

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": str(RETRY_AFTER[self.code])}


class NotKept(Unavailable):
    """The same after the act itself: whether it was done, the answer does not say any more."""

    def __init__(self, code: str) -> None:
        super().__init__(
            code,
            _(
                "The register went away while it answered. What you sent may be recorded already: "
                "look before you send it again."
            ),
        )


def why(code: str) -> str:
    """What is the matter, without what became of an act."""
    return {
        BUSY: _("Others are writing just now, for longer than usual."),
        AWAY: _("The register cannot be reached just now."),
        FULL: _("The server's disk is full."),
        READ_ONLY: _("The server cannot write to its data folder."),
        TOO_SLOW: _("This took too long and was stopped."),
    }[code]


def _sentence(code: str) -> str:
    then = {
        BUSY: _("Nothing was changed; try again in a few seconds."),
        AWAY: _("Nothing was changed; try again in a moment."),
        FULL: _("Nothing was changed; tell your administrator, then try again."),
        READ_ONLY: _("Nothing was changed; tell your administrator, then try again."),
        TOO_SLOW: _("Nothing was changed; ask for less at once, or try again later."),
    }[code]
    return f"{why(code)} {then}"


def away(error: BaseException) -> Unavailable | None:
    """What is away where an exception says so; None for every other failure, which is ours."""
    if isinstance(error, Unavailable):
        return error
    code = next(filter(None, map(_code_of, _chain(error))), None)
    return Unavailable(code) if code else None


def note(request: HttpRequest, error: BaseException, unavailable: Unavailable) -> None:
    """Let the one line that is logged of a request say what was away."""
    kind = type(error.__cause__ or error).__name__
    # For the line that is logged.
    request.outage = {"reason": unavailable.code, "error": kind}  # type: ignore[attr-defined]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it was raised from. What happened to be handled meanwhile
    (`__context__`) says nothing of the cause."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, OSError):
        return _FILES.get(error.errno or 0)
    sqlite: Any = getattr(error, "sqlite_errorcode", None)
    if sqlite is not None:
        return _SQLITE.get(sqlite & 0xFF)
    if hasattr(error, "pgcode"):
        if error.pgcode is None:
            return _without_code(error)
        return _POSTGRES.get(error.pgcode) or _POSTGRES_CLASSES.get(error.pgcode[:2])
    if isinstance(error, (OperationalError, InterfaceError)) and error.__cause__ is None:
        return BUSY if "locked" in str(error) else AWAY
    return None


def _without_code(error: BaseException) -> str | None:
    """psycopg2 has no code where the server said nothing: it is gone, or never answered."""
    kind = type(error).__name__
    return AWAY if kind in ("OperationalError", "InterfaceError") else None
