"""Ways in which somebody who owns the database changes what stands in it; each draws its table, row
and column from the models."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models

from core.facts import columns
from core.journal import guards, sealing
from core.models import Entry

Chance = random.Random


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def no_protection() -> Iterator[None]:
    """Neither guards nor foreign keys stand in the way."""
    guards.lift()
    if connection.vendor == "sqlite":
        run("PRAGMA foreign_keys=OFF")
    else:
        run("SET session_replication_role = replica")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            run("PRAGMA foreign_keys=ON")
        else:
            run("SET session_replication_role = origin")
        guards.install()


def every_table() -> list[type[models.Model]]:
    """The models whose rows the journal vouches for."""
    return [table.model for table in columns.tables() if table.model._default_manager.exists()]


def every_column() -> list[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """All columns of all models but keys, also of those that are not vouched for."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if not field.primary_key and columns.table(model) and model._default_manager.exists()
    ]


def sealed_columns() -> list[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """The columns of an entry that its seal vouches for."""
    fields = Entry._meta.local_concrete_fields
    return [(Entry, f) for f in fields if f.attname in sealing.FIELDS and not f.primary_key]


def vouched_for(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    """Whether a change of this column must be found: it is journaled, or derived and compared."""
    table = columns.table(model)
    assert table is not None
    exempt = columns.not_journaled(table.label)
    return field.name not in exempt or field.name in table.derived


def another(value: Any, field: "models.Field[Any, Any]", chance: Chance) -> Any:
    """A plausible value that is not this one."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + Decimal(chance.randint(1, 900)) / 100
    if isinstance(field, models.DateTimeField):
        return (value or datetime(2024, 5, 5, tzinfo=None).astimezone()) + timedelta(minutes=7)
    if isinstance(field, models.DateField):
        return (value or date(2024, 5, 5)) + timedelta(days=3)
    if isinstance(field, models.JSONField):
        return {"forged": chance.random()}
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value or 0)
        pks = sorted(others.values_list("pk", flat=True))
        return chance.choice(pks) if pks else (value or 0) + 1
    if isinstance(field, models.IntegerField):
        return (value or 0) + chance.randint(1, 5)
    choices = [key for key, _label in field.flatchoices if key != value]
    if choices:
        return chance.choice(choices)
    text = str(value or "")
    forged = text[:-1] + ("x" if text[-1:] != "x" else "y") if text else "x"
    return forged[: field.max_length or 500]


def change(model: type[models.Model], field: "models.Field[Any, Any]", chance: Chance) -> str:
    """Change one column of one row."""
    pk = chance.choice(sorted(model._default_manager.values_list("pk", flat=True)))
    value = model._default_manager.values_list(field.attname, flat=True).get(pk=pk)
    new = another(value, field, chance)
    model._default_manager.filter(pk=pk).update(**{field.attname: new})
    return f"{model._meta.label}.{field.name} of {pk}: {value!r} -> {new!r}"


def delete(chance: Chance) -> str:
    """A row is gone."""
    model = chance.choice(every_table())
    pk = chance.choice(sorted(model._default_manager.values_list("pk", flat=True)))
    key = connection.ops.quote_name(model._meta.pk.column)
    run(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} WHERE {key} = %s", pk)
    return f"{model._meta.label} {pk} deleted"


def insert(chance: Chance) -> str:
    """A plausible row more: a copy of one, with what must be unique made so."""
    model = chance.choice(every_table())
    row = chance.choice(list(model._default_manager.order_by("pk")))
    old = row.pk
    row.pk, row._state.adding = None, True
    for field in model._meta.local_concrete_fields:
        text = isinstance(field, models.CharField) and not field.choices
        if text and getattr(row, field.attname) and field.name not in ("status", "place"):
            longest = field.max_length or 500
            setattr(
                row,
                field.attname,
                f"{chance.randint(100, 999)}{getattr(row, field.attname)}"[:longest],
            )
    try:
        row.save(force_insert=True)
    except IntegrityError:
        raise Refused from None  # one of a kind: the database lets no second in
    return f"{model._meta.label} {old} copied to {row.pk}"


class Refused(Exception):
    """The database itself refused."""


def span_forgery(model: type[models.Model], chance: Chance) -> str:
    """What was known is retired, and another span says something else since the same day."""
    spans = model._default_manager.filter(known_to=None).order_by("pk")
    span: Any = chance.choice(list(spans))
    old = span.pk
    now = datetime.now().astimezone()
    model._default_manager.filter(pk=old).update(known_to=now)
    span.pk, span._state.adding, span.known_from, span.number = None, True, now, span.number + 1
    if hasattr(span, "amount"):
        span.amount += Decimal("0.01")
    else:
        span.condition = "poor" if span.condition != "poor" else "good"
    span.save(force_insert=True)
    return f"{model._meta.label} {old} superseded by {span.pk}"


def silent_retirement(model: type[models.Model], chance: Chance) -> str:
    """A span is retired and nothing comes in its place."""
    spans = model._default_manager.filter(known_to=None)
    pk = chance.choice(sorted(spans.values_list("pk", flat=True)))
    model._default_manager.filter(pk=pk).update(known_to=datetime.now().astimezone())
    return f"{model._meta.label} {pk} retired"


def otherwise(model: type[models.Model], field: "models.Field[Any, Any]") -> list[tuple[str, Any]]:
    """What a column of this kind could hold that reads the same, or as nothing, and answers
    questions otherwise: (SQL, value). PostgreSQL's types refuse all but the last."""
    column = connection.ops.quote_name(str(field.column))
    found: list[tuple[str, Any]] = []
    if connection.vendor == "sqlite":
        if isinstance(field, models.DecimalField):
            found += [(f"{column} + 0.004", None), (f"'x' || {column}", None)]
        elif isinstance(field, models.DateTimeField):
            found += [
                ("%s", "0"),
                (f"replace({column}, '-0', '-')", None),
                (f"{column} || '.0'", None),
                (f"replace({column}, ' ', 'T')", None),
                (f"CAST({column} AS BLOB)", None),
            ]
        elif isinstance(field, models.DateField):
            found += [("%s", "0"), (f"replace({column}, '-0', '-')", None)]
        elif isinstance(field, models.BooleanField | models.IntegerField | models.ForeignKey):
            found += [("%s", "x"), (f"{column} + 0.5", None)]
        elif isinstance(field, models.JSONField):
            found += [(f"' ' || {column}", None), (f"CAST({column} AS BLOB)", None)]
            found.append((f"replace({column}, 'e', '\\u0065')", None))
        else:
            found += [(f"CAST({column} AS BLOB)", None)]
        if not isinstance(field, models.CharField | models.TextField):
            found.append(("%s", ""))
    if field.null and isinstance(field, models.CharField | models.TextField):
        found.append(("%s", ""))
    return found


def store(model: type[models.Model], column: str, value: tuple[str, Any]) -> str:
    """Store something in a column of the first row that this changes."""
    table, key = (
        connection.ops.quote_name(x) for x in (model._meta.db_table, model._meta.pk.column)
    )
    name = connection.ops.quote_name(column)
    sql, given = value
    values = [given] * sql.count("%s")
    # TEXT keeps a number's type, which = does not tell.
    differs = f"({name} IS NOT {sql} OR typeof({name}) <> typeof({sql}))"
    if connection.vendor == "postgresql":
        differs = f"{name} IS DISTINCT FROM {sql}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {name} = {sql} WHERE {key} = "
            f"(SELECT {key} FROM {table} WHERE {differs} ORDER BY {key} LIMIT 1)",
            values * (3 if connection.vendor == "sqlite" else 2),
        )
        if not cursor.rowcount:
            raise Refused
    return f"{model._meta.label}.{column}: stored {sql} {given!r}"


Forgery = Callable[[Chance], str]
