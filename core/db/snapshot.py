"""Reading many tables as they were at one moment, while others write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, every read sees the same moment. Nobody waits for it: on SQLite it takes no gate."""
    if connection.in_atomic_block:
        yield  # the caller's own transaction
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    else:
        connection.ensure_connection()
        raw = connection.connection
        raw.execute("BEGIN")
        try:
            yield
        finally:
            raw.execute("ROLLBACK")
