"""Many rows at once: COPY on PostgreSQL where they are many, else statements."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Any

import orjson
from django.db import connection, models

from core.db import statements

#: Below this a statement is as good.
FEW = 50
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}


def append(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model. The rows given do not learn their keys."""
    if not rows:
        return
    if connection.vendor != "postgresql" or len(rows) < FEW:
        statements.insert(rows)
        return
    _copy(rows, statements.stored_fields(type(rows[0])))


def create(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, which learn their keys."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql" or len(rows) < FEW:
        model._default_manager.bulk_create(rows, batch_size=500)
        return
    key = model._meta.pk
    with connection.cursor() as cursor:
        # The keys are drawn first: COPY tells none.
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(model._meta.db_table), key.column, len(rows)],
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
            row._state.adding, row._state.db = False, connection.alias
    _copy(rows, [key, *statements.stored_fields(model)])


def load(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model that bring their keys."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=500)
        return
    _copy(rows, [model._meta.pk, *statements.stored_fields(model)])


def _copy(rows: Sequence[models.Model], fields: "Sequence[models.Field[Any, Any]]") -> None:
    statements.flush()
    readers = [(f.attname, _writer(f)) for f in fields]
    lines = io.StringIO()
    for row in rows:
        here = row.__dict__
        cells = [
            "\\N" if (value := here[name]) is None else write(value) for name, write in readers
        ]
        lines.write("\t".join(cells) + "\n")
    lines.seek(0)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in fields if f.column)
    table = quote(type(rows[0])._meta.db_table)
    # Names of our own model; the values travel beside the statement. What a constraint refuses is
    # an IntegrityError here too.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)


def write(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write some fields of many rows that are there, in one statement for each thousand."""
    if not rows:
        return
    statements.flush()
    model = type(rows[0])
    if connection.vendor != "postgresql":  # an upsert on the keys, which are all there
        model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=names
        )
        return
    by_name = {f.name: f for f in model._meta.local_concrete_fields}
    fields = [by_name[n] for n in names]
    _rewrite(model, fields, [(r.pk, [getattr(r, f.attname) for f in fields]) for r in rows])


def update_each(
    model: type[models.Model], values: Mapping[int, Mapping[str, Any]], *, count: str
) -> None:
    """Set columns (by attribute name) of rows by key, to each its own values, and add one to the
    column `count` of each."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for pk, here in values.items():
        alike.setdefault(tuple(sorted(here.items())), []).append(pk)
    if connection.vendor != "postgresql" or len(alike) < FEW:
        for items, pks in alike.items():
            statements.update(model, pks, dict(items), count=count)
        return
    statements.flush()
    by_name = statements.fields_by_name(model)
    shapes: dict[tuple[str, ...], list[tuple[int, Sequence[Any]]]] = {}
    for items, pks in alike.items():
        rows = shapes.setdefault(tuple(name for name, _value in items), [])
        rows += [(pk, [value for _name, value in items]) for pk in pks]
    for names, rows in shapes.items():
        _rewrite(model, [by_name[n] for n in names], rows, count)


def _rewrite(
    model: type[models.Model],
    fields: "Sequence[models.Field[Any, Any]]",
    rows: Sequence[tuple[int, Sequence[Any]]],
    count: str = "",
) -> None:
    quote = connection.ops.quote_name
    key = model._meta.pk
    sets = [f"{quote(str(f.column))} = new.{quote(str(f.column))}" for f in fields]
    table = quote(model._meta.db_table)
    if count:
        number = quote(str(statements.fields_by_name(model)[count].column))
        sets.append(f"{number} = {table}.{number} + 1")
    told = ", ".join(f"{quote(str(f.column))} {f.rel_db_type(connection)}" for f in (key, *fields))
    statement = (
        f"UPDATE {table} SET {', '.join(sets)} FROM json_to_recordset(%s) AS new ({told}) "
        f"WHERE {table}.id = new.id"
    )  # names and types of our own model; the values travel beside the statement
    columns = [str(f.column) for f in (key, *fields)]
    with connection.cursor() as cursor:
        for i in range(0, len(rows), 1000):
            part = [dict(zip(columns, (pk, *here), strict=True)) for pk, here in rows[i : i + 1000]]
            cursor.execute(statement, [_dumped(part, str)])


def _writer(field: "models.Field[Any, Any]") -> Callable[[Any], str]:
    """How COPY writes what a field holds; never asked for None."""
    if isinstance(field, models.JSONField):
        encoder = field.encoder
        return _json if encoder is None else lambda value: _escaped(json.dumps(value, cls=encoder))
    if isinstance(field, models.BooleanField):
        return lambda value: "t" if value else "f"
    if isinstance(field, models.DateField):  # instants, too
        return methodcaller("isoformat")
    if isinstance(field, (models.IntegerField, models.ForeignKey, models.DecimalField)):
        return str
    return _text


def _json(value: Any) -> str:
    """Most columns of JSON are empty: those need no encoder."""
    if not value and type(value) in _EMPTY:
        return _EMPTY[type(value)]
    return _escaped(_dumped(value))


def _dumped(value: Any, default: Callable[[Any], Any] | None = None) -> str:
    """A value as JSON. What orjson refuses json may know: keys that are numbers, long numbers."""
    try:
        return orjson.dumps(value, default).decode()
    except TypeError:
        return json.dumps(value, default=default)


def _text(value: Any) -> str:
    text = str(value)
    return text if text.isalnum() else _escaped(text)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text
