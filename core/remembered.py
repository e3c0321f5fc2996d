"""Rows of the small tables as they were known at an instant: what entries changed since is taken back.

Spans keep the state of things in two times; names and terms (of awards, schools, products, settings)
are kept by their entries. Before an older installation's baseline nobody wrote them all down.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from core import columns
from core.models.entry import BASELINE, Entry
from core.salts import ERASED

M = TypeVar("M", bound=models.Model)


@dataclass
class Earlier:
    """What differed: per row its columns as they were known then. `untold`: rows of which nobody
    can tell what else did, since they were written down later. `masks`: of columns that the journal
    masks, what stood for them then: it tells whether the words are still the same, never what they
    were."""

    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    untold: set[int] = field(default_factory=set)
    masks: dict[int, dict[str, str]] = field(default_factory=dict)

    def of(self, row: M) -> M:
        """A row as it was known then; a copy where something differed, never to be saved."""
        if not (differs := self.values.get(row.pk)):
            return row
        then = copy(row)
        for name, value in differs.items():
            setattr(then, _field(type(row), name).attname, value)
        return then

    def get(self, pk: int, name: str, now: Any) -> Any:
        """One column as it was known then, `now` being what it is."""
        return self.values.get(pk, {}).get(name, now)


def anything_since(known_at: datetime) -> bool:
    """Whether an entry was recorded after an instant; most questions are about now."""
    last = Entry.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    return last is not None and last > known_at


def earlier(
    model: type[models.Model], known_at: datetime, *names: str, kinds: Iterable[str] = ()
) -> Earlier:
    """What was known otherwise of a model's rows at an instant, of these columns. Give the `kinds`
    of entries that may change them where a table is large."""
    found = Earlier()
    if not anything_since(known_at):
        return found
    label = model._meta.label_lower
    entries = Entry.objects.filter(subject_type=label, recorded_at__gt=known_at)
    if kinds:
        told = {*kinds, f"{model._meta.model_name}{BASELINE}"}
        entries = entries.filter(kind__in=told)
    rows = entries.order_by("-id").values_list("subject_id", "kind", "changes", "data")
    table = columns.table(label)
    masks = table.masks if table else ()
    for pk, kind, changes, data in rows.iterator(chunk_size=5000):
        if kind.endswith(BASELINE):
            found.untold.add(pk)
        if data.get("whole"):
            continue
        for name, pair in data.get("row", changes).items():
            if name not in names or not isinstance(pair, list):
                continue
            if name in masks:
                found.masks.setdefault(pk, {})[name] = pair[0] or ""
            else:
                found.values.setdefault(pk, {})[name] = _typed(_field(model, name), pair[0])
    for pk, stood in found.masks.items():
        for name in [name for name, mask in stood.items() if mask == ERASED]:
            stood[name] = _mask_before(label, pk, name, known_at)
    return found


def _mask_before(label: str, pk: int, name: str, known_at: datetime) -> str:
    """What stood for words that were blanked since: the blanking itself, their salt being gone, says
    nothing of them, but the last entry that was known then does."""
    known = Entry.objects.filter(subject_type=label, subject_id=pk, recorded_at__lte=known_at)
    for changes, data in known.order_by("-id").values_list("changes", "data"):
        pair = data.get("row", changes).get(name)
        if isinstance(pair, list):
            return pair[1] or ""
    return ERASED


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _typed(field_: Any, value: Any) -> Any:
    if value is None:
        return None if field_.null else ""
    if isinstance(field_, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field_, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field_, models.DecimalField):
        return Decimal(value)
    return value


def earlier_parts(
    model: type[models.Model], noun: type[models.Model], known_at: datetime, *names: str
) -> Earlier:
    """`earlier` for the rows of a part that entries of its noun name by their key `id`."""
    found = Earlier()
    if not anything_since(known_at):
        return found
    label = model._meta.label_lower
    entries = Entry.objects.filter(
        subject_type=noun._meta.label_lower, recorded_at__gt=known_at, data__has_key="touched"
    )
    for touched in entries.order_by("-id").values_list("data__touched", flat=True):
        for told in touched.get(label, []):
            for name in {*names} & {*told}:
                value = _typed(_field(model, name), told[name][0])
                found.values.setdefault(told["id"], {})[name] = value
    return found
