"""The small writes of an act, without waiting for an answer to each.

The ORM makes the text of every statement anew and asks for the keys of new rows. Half the time of
a hand-out went there, so the texts are made once here, and inside `together` they leave in one
message (PostgreSQL) or one after the other (SQLite), always in the order in which they were told.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db import connection, models

Statement = tuple[str, Sequence[Any]]
_waiting: ContextVar[list[Statement] | None] = ContextVar("statements", default=None)
#: Rows of one statement: SQLite takes some thirty thousand values.
ROWS = 500


@contextmanager
def together() -> Iterator[None]:
    """Inside, `insert` and `update` wait and then leave together; after an error none leaves.

    Use it in a transaction, and read nothing inside that was written there."""
    if _waiting.get() is not None:
        yield  # inside another: that one sends
        return
    statements: list[Statement] = []
    token = _waiting.set(statements)
    try:
        yield
        _send(statements)
    finally:
        _waiting.reset(token)


def flush() -> None:
    """Send what waits: the caller writes in another way and must keep the order."""
    if waiting := _waiting.get():
        _send(waiting)
        waiting.clear()


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model; they do not learn their keys."""
    for i in range(0, len(rows), ROWS):
        part = rows[i : i + ROWS]
        fields = stored_fields(type(part[0]))
        marks = f"({', '.join(['%s'] * len(fields))})"
        values = [
            f.get_db_prep_save(getattr(r, f.attname), connection) for r in part for f in fields
        ]
        _tell(f"{_insert_into(type(part[0]))} {', '.join([marks] * len(part))}", values)


def update(
    model: type[models.Model], pks: Sequence[int], values: Mapping[str, Any], *, count: str
) -> None:
    """Set columns (by attribute name) of rows by key and add one to the column `count`."""
    by_name = fields_by_name(model)
    quote = connection.ops.quote_name
    number = quote(str(by_name[count].column))
    sets = [f"{quote(str(by_name[name].column))} = %s" for name in values]
    sets.append(f"{number} = {number} + 1")
    new = [by_name[n].get_db_prep_save(v, connection) for n, v in values.items()]
    start = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE id IN"
    for i in range(0, len(pks), ROWS):
        part = pks[i : i + ROWS]
        _tell(f"{start} ({', '.join(['%s'] * len(part))})", [*new, *part])


def stored_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns that a new row brings; the database makes its key and its defaults itself."""
    return [
        f for f in model._meta.local_concrete_fields if not f.primary_key and not f.has_db_default()
    ]


@lru_cache
def fields_by_name(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    """The columns of a model by attribute name."""
    return {f.attname: f for f in model._meta.local_concrete_fields}


@lru_cache
def _insert_into(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in stored_fields(model))
    # Names of our own model; the values travel beside the statement.
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"


def _tell(text: str, values: Sequence[Any]) -> None:
    waiting = _waiting.get()
    if waiting is None:
        _send([(text, values)])
    else:
        waiting.append((text, values))


def _send(statements: Sequence[Statement]) -> None:
    if not statements:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "; ".join([text for text, _values in statements]),
                [value for _text, values in statements for value in values],
            )
            return
        for text, values in statements:
            cursor.execute(text, values)
