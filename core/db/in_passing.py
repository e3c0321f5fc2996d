"""Writes that go along with a read and that nobody would miss."""

from collections.abc import Callable
from contextlib import nullcontext

from django.db import Error, connection, transaction

from core.db.unavailable import away

#: So long may somebody who only reads be kept by it.
MOMENT = 0.2


def write_in_passing(write: Callable[[], object]) -> bool:
    """Write on the way, such as when a token was last used; whether it was written.

    While the database is busy, full or read-only it is left out: who only reads neither waits
    nor fails for it."""
    hurried = getattr(connection, "hurried", lambda _seconds: nullcontext())  # SQLite's gate
    try:
        with hurried(MOMENT), transaction.atomic():
            write()
    except Error as error:
        if away(error) is None:
            raise
        return False
    return True
