"""Which columns of which table the journal holds, and how a value stands in it.

A model says beneath itself what it is to the journal: a `noun`, whose rows are subjects of entries,
or `part_of` a noun, whose rows stand within the entries of their subject. What is neither, and each
column that no entry holds, stands with its reason in settings.NOT_JOURNALED
(district_assets/not_journaled.py); tests/test_house.py fails for everything else.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db import models

from core.amounts import settled
from core.facts.salts import masked

Values = dict[str, Any]
Derived = Mapping[str, tuple[str, Callable[[Any], Any]]]


@dataclass(frozen=True)
class Column:
    """A column by its field's name: where its value is, and how the journal writes it."""

    name: str
    attname: str
    plain: Callable[[Any], Any]
    masked: bool = False

    @property
    def encodes(self) -> bool:
        """Whether a value that the database gives is not the journal's already."""
        return self.plain is not _same

    def encode(self, value: Any, salt: str) -> Any:
        """A value as JSON: exact strings for money, UTC for instants, keys for rows."""
        if value is None or value == "":
            return value
        return hidden(salt, value) if self.masked else self.plain(value)


def hidden(salt: str, value: Any) -> str:
    """A value that the journal masks; PostgreSQL gives the keys of JSON in an order of its own."""
    if isinstance(value, dict | list):
        return masked(salt, json.dumps(value, sort_keys=True))
    return masked(salt, str(value))


@dataclass(frozen=True)
class Table:
    """A model as the journal knows it. A part names the column of its subject (`of`: a foreign key,
    or a pair of columns that say type and id) and the key by which an entry speaks of a row."""

    model: type[models.Model]
    of: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    derived: Derived = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @cached_property
    def label(self) -> str:
        return self.model._meta.label_lower

    @cached_property
    def _silent(self) -> frozenset[str]:
        """What a change of it is not told of."""
        return frozenset(not_journaled(self.label))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns that entries hold."""
        left_out = {*not_journaled(self.label), *self.of}
        made = {}
        for f in self.model._meta.local_concrete_fields:
            if (not f.primary_key and f.name not in left_out) or f.name in self.key:
                made[f.name] = Column(f.name, f.attname, _plain(f), f.name in self.masks)
        return made

    def encode(self, row: models.Model) -> Values:
        """A row as an entry holds it: each column by its name. What is empty is not named."""
        here, values = row.__dict__, {}
        for name, attname, plain_, masked_ in self._readers:
            value = here[attname] if attname in here else getattr(row, attname)
            if value is None or value == "":
                continue
            if masked_:
                value = hidden(getattr(row, "salt", ""), value)
            elif plain_ is not None:
                value = plain_(value)
            values[name] = value
        return values

    @cached_property
    def _readers(self) -> list[tuple[str, str, Callable[[Any], Any] | None, bool]]:
        """What `encode` asks of each column: half of an import's entries are made there."""
        return [
            (c.name, c.attname, c.plain if c.encodes else None, c.masked)
            for c in self.columns.values()
        ]

    def encode_changes(self, row: Any, changes: Mapping[str, tuple[Any, Any]]) -> Values:
        """Changes, old -> new, as an entry holds them. What is no column stays as it is."""
        salt = getattr(row, "salt", "")
        told = {}
        for name, (old, new) in changes.items():
            column = self.columns.get(name)
            if column is None:
                told[name] = [plain(old), plain(new)]
            elif name not in self._silent:
                told[name] = [column.encode(_key(old), salt), column.encode(_key(new), salt)]
        return told


_tables: dict[str, Table] = {}


def noun(
    model: type[models.Model],
    *,
    masks: Iterable[str] = (),
    derived: Derived | None = None,
    names: Iterable[str] = (),
) -> None:
    """The rows of a model are subjects of entries. `masks` are columns with a person's values or
    typed words; `derived` ones follow from another: name -> (source, how). `names` are what things
    are called: typed, and in the clear, so that every past day can be asked."""
    _tables[model._meta.label_lower] = Table(
        model, masks=tuple(masks), derived=derived or {}, names=tuple(names)
    )


def part_of(
    model: type[models.Model],
    *of: str,
    key: Iterable[str],
    masks: Iterable[str] = (),
    derived: Derived | None = None,
    names: Iterable[str] = (),
) -> None:
    """The rows of a model stand within the entries of a noun, which the columns `of` name."""
    _tables[model._meta.label_lower] = Table(
        model, of, tuple(key), tuple(masks), derived or {}, tuple(names)
    )


def table(model: type[models.Model] | models.Model | str) -> Table | None:
    """A model as the journal knows it; None for what is no fact of the register."""
    return _tables.get(model if isinstance(model, str) else model._meta.label_lower)


def tables() -> Sequence[Table]:
    """All of them, nouns and parts."""
    return list(_tables.values())


def parts(noun_: Table) -> list[Table]:
    """The tables whose rows stand within the entries of a noun."""
    found = []
    for part in _tables.values():
        if len(part.of) == 2:
            found.append(part)
        elif part.of:
            related = part.model._meta.get_field(part.of[0]).related_model
            if related is noun_.model:
                found.append(part)
    return found


@cache
def not_journaled(label: str) -> Mapping[str, str]:
    """Columns of a model that no entry holds, each with its reason; `*` is the whole table."""
    found: dict[str, str] = {}
    for name, reason in settings.NOT_JOURNALED.items():
        model, _dot, column = name.rpartition(".")
        if model == label:
            found[column] = reason
        elif name == label:
            found["*"] = reason
    return found


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def plain(value: Any) -> Any:
    """A value as the journal keeps it: JSON, with ids for rows and exact strings for money."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return format(value + 0, "f")  # one zero
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _plain(field_: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    if isinstance(field_, models.DecimalField):
        places = field_.decimal_places
        return lambda value: format(settled(Decimal(value), places), "f")
    if isinstance(field_, models.JSONField):
        return lambda value: json.loads(json.dumps(value, default=plain))
    if isinstance(field_, models.DateTimeField):
        return lambda value: value.astimezone(UTC).isoformat()
    if isinstance(field_, models.DateField):
        return lambda value: value.isoformat()
    return _same


def _same(value: Any) -> Any:
    return value
