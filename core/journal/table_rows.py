"""The rows of a table as the journal would tell them, to be compared with what it does tell."""

from collections.abc import Callable, Container, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import CharField, ForeignKey, Func, Q, QuerySet, TextField

from core.facts.columns import Column, Table, Values, hidden, tables
from core.journal import stored
from core.journal.stored import AsStored

Row = tuple[int, Values, list[str]]
CHUNK = 5000


def in_use() -> frozenset[str]:
    """The labels of the tables that have rows, and of the nouns that entries tell of: most of a
    small register's have neither, and to ask one takes as long as to read a few rows."""
    told = " OR EXISTS (SELECT 1 FROM core_entry WHERE subject_type = %s)"
    questions, asked = [], []
    for table in tables():
        name = connection.ops.quote_name(table.model._meta.db_table)
        rows = f"EXISTS (SELECT 1 FROM {name})"  # noqa: S608
        questions.append(f"SELECT CAST(%s AS text) WHERE {rows}{'' if table.of else told}")
        asked += [table.label] * (1 if table.of else 2)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions), asked)
        return frozenset(label for (label,) in cursor.fetchall())


def rows_of(table: Table, key: str, where: Q | None = None) -> Iterator[Row]:
    """(key, columns as the journal holds them, what is wrong with the row in itself), by key."""
    model = table.model
    salted = [f.name for f in model._meta.local_concrete_fields if f.name == "salt"]
    derived = list(table.derived.items())
    rows: QuerySet[Any] = model._default_manager.filter(where or Q()).order_by(key, "pk")
    if stored.is_raw():
        rows = rows.annotate(key_kind=Func(key, function="typeof", output_field=CharField()))
        rows = rows.filter(key_kind="integer")  # others are told by `_without_number`
    names = [
        *(c.attname for c in table.columns.values()),
        *salted,
        *(name for name, _how in derived),
        *(source for _name, (source, _how) in derived),
    ]
    asked = [AsStored(name) for name in names] if stored.is_raw() else names
    readers = [
        (name, _reader(model, column), column.masked, _blank(model, column), i)
        for i, (name, column) in enumerate(table.columns.items(), start=1)
    ]
    width = len(readers) + 1
    for values in rows.values_list(key, *asked).iterator(chunk_size=CHUNK):
        told: Values = {}
        faults: list[str] = []
        for name, read, masks, blank, i in readers:
            value = values[i]
            if value is None or (value == "" and blank):
                continue
            if value == "" and blank is None:
                faults.append(f"{name} holds an empty text where nothing may stand")
                continue
            if read is not None and (value := read(value)) == "":
                continue
            told[name] = hidden(_salt(values[width]), value) if masks else value
        rest = values[width + len(salted) :]
        faults += [
            f"{name} does not follow from {source}"
            for n, (name, (source, how)) in enumerate(derived)
            if rest[n] != _derive(how, rest[len(derived) + n])
        ]
        yield values[0], told, faults


def _reader(model: type[models.Model], column: Column) -> stored.Reader | None:
    if stored.is_raw():
        return stored.reader(_field(model, column))
    return column.plain if column.encodes else None


def _blank(model: type[models.Model], column: Column) -> bool | None:
    """Whether a column may hold an empty text, which the journal does not name; None where nothing
    is NULL instead, for it names neither, and questions tell them apart. False: it is no text."""
    field_ = _field(model, column)
    if not isinstance(field_, CharField | TextField):
        return False
    return None if field_.null else True


def _salt(value: Any) -> str:
    return (
        value if isinstance(value, str) else ""
    )  # no text: what was masked with it does not match


def _derive(how: Callable[[Any], Any], source: Any) -> Any:
    return how(source) if isinstance(source, str) else None  # no text: another fault says so


def _field(model: type[models.Model], column: Column) -> "models.Field[Any, Any]":
    # A column, no relation from elsewhere.
    found: models.Field[Any, Any] = model._meta.get_field(column.name)  # type: ignore[assignment]
    return found


def part_rows(part: Table, noun: Table) -> Iterator[Row]:
    if len(part.of) == 1:
        key = part.model._meta.get_field(part.of[0])
        assert isinstance(key, ForeignKey)
        yield from rows_of(part, key.attname)
    else:
        type_, id_ = part.of
        yield from rows_of(part, id_, Q(**{type_: noun.label}))


def without_number(used: Container[str]) -> Iterator[str]:
    """Rows of which the key to their subject is no number: SQLite stores any text there, and no
    question finds them. `used`: the tables that have rows."""
    for table in tables() if stored.is_raw() else ():
        if table.label not in used:
            continue
        key = table.of[-1] if table.of else table.model._meta.pk.name
        kind = Func(key, function="typeof", output_field=CharField())
        rows = table.model._default_manager.annotate(key_kind=kind).exclude(key_kind="integer")
        if count := rows.count():
            yield f"{table.label}: {count} row(s) have no number as their {key}."
