"""Rows straight into tables: COPY on PostgreSQL, executemany on SQLite; ids are ours."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models
from django.db.models import Max

Row = Sequence[Any]


class Table:
    """A buffer of rows of one model. `new_id` hands out primary keys above those there."""

    def __init__(self, model: type[models.Model], columns: str) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.columns = ("id", *columns.split())
        known = {f.column for f in model._meta.local_concrete_fields}
        if unknown := set(self.columns) - known:
            raise TypeError(f"{self.name} has no {sorted(unknown)}")
        last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self.next_id = last + 1
        self.rows: list[Row] = []

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def add(self, *values: Any) -> int:
        """Buffer a row; its id."""
        pk = self.new_id()
        self.rows.append((pk, *values))
        return pk

    def flush(self) -> int:
        """Write what is buffered; how many rows."""
        rows, self.rows = self.rows, []
        if rows:
            write = _copy if connection.vendor == "postgresql" else _insert
            write(self.name, self.columns, rows)
        return len(rows)


def _text(value: Any) -> str:
    return "\\N" if value is None else str(value)


def _copy(name: str, columns: Sequence[str], rows: list[Row]) -> None:
    lines = io.StringIO("\n".join(["\t".join(map(_text, row)) for row in rows]) + "\n")
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {name} ({', '.join(columns)}) FROM STDIN", lines)


def _insert(name: str, columns: Sequence[str], rows: list[Row]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)


def reset_sequences(tables: Sequence[Table]) -> None:
    """Let the database hand out ids above ours again."""
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), [t.model for t in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def stamp() -> Callable[[datetime], str]:
    """How this database reads an instant."""
    if connection.vendor == "postgresql":
        return lambda instant: instant.isoformat()
    return lambda instant: str(instant.astimezone(UTC).replace(tzinfo=None))
