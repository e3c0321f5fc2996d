"""Rows as they were known at an instant: what entries changed since is taken back.

Spans keep the state of things in two times; names and terms (of awards, schools, products,
settings) are kept by their entries. Before an older installation's baseline nobody wrote them all
down: what no entry before it tells cannot be told.
"""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.facts import columns
from core.facts.salts import ERASED
from core.models.entry import BASELINE, Entry

M = TypeVar("M", bound=models.Model)


def cannot_tell() -> str:
    """What is printed for words that nobody can tell."""
    return _("cannot tell")


@dataclass
class Earlier:
    """What differed: per row its columns as they were known then. `untold`: per row that was
    written down later the columns that nobody can tell. `masks`: of columns that the journal masks,
    what stood for them then: it tells whether the words are still the same, never what they
    were."""

    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    untold: dict[int, set[str]] = field(default_factory=dict)
    masks: dict[int, dict[str, str]] = field(default_factory=dict)

    def of(self, row: M) -> M:
        """A row as it was known then; a copy where something differed, never to be saved. Words
        that nobody can tell say so; what else is in `untold` is as it is now, and not to be relied
        on."""
        differs, untold = self.values.get(row.pk), self.untold.get(row.pk)
        if not differs and not untold:
            return row
        then = copy(row)
        for name, value in (differs or {}).items():
            setattr(then, _field(type(row), name).attname, value)
        for name in untold or ():
            if _words(_field(type(row), name)):
                setattr(then, name, cannot_tell())
        return then

    def get(self, pk: int, name: str, now: str) -> str:
        """Words as they were known then, `now` being what they are."""
        if name in self.untold.get(pk, ()):
            return cannot_tell()
        return str(self.values.get(pk, {}).get(name, now))

    def take(
        self, model: type[models.Model], pk: int, told: dict[str, Any], names: set[str]
    ) -> None:
        """Take back what an entry tells; they come latest first."""
        table = columns.table(model)
        masks = table.masks if table else ()
        for name in names & told.keys():
            if not isinstance(told[name], list):
                continue
            old = told[name][0]
            if name in masks:
                self.masks.setdefault(pk, {})[name] = old or ""
            else:
                self.values.setdefault(pk, {})[name] = _typed(_field(model, name), old)
            self.untold.get(pk, set()).discard(name)


def anything_since(known_at: datetime) -> bool:
    """Whether an entry was recorded after an instant; most questions are about now."""
    last = Entry.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    return last is not None and last > known_at


def earlier(model: type[models.Model], known_at: datetime, *names: str) -> Earlier:
    """What was known otherwise of a model's rows at an instant, of these columns: whichever entries
    tell of them, by what act ever."""
    found = Earlier()
    if not anything_since(known_at):
        return found
    label, wanted = model._meta.label_lower, {*names}
    # A row that came since was not known; what made it says nothing of then.
    tells = ~Q(data__has_key="whole") & (
        Q(changes__has_any_keys=list(names)) | Q(data__row__has_any_keys=list(names))
    )
    since = Entry.objects.filter(subject_type=label, recorded_at__gt=known_at)
    since = since.filter(tells | Q(kind=f"{model._meta.model_name}{BASELINE}"))
    rows = since.order_by("-id").values_list("subject_id", "kind", "changes", "data")
    for pk, kind, changes, data in rows.iterator(chunk_size=5000):
        if kind.endswith(BASELINE):
            found.untold[pk] = set(names)
        else:
            found.take(model, pk, data.get("row", changes), wanted)
    for pk, stood in found.masks.items():
        for name in [name for name, mask in stood.items() if mask == ERASED]:
            stood[name] = _mask_before(label, pk, name, known_at)
    return found


def _mask_before(label: str, pk: int, name: str, known_at: datetime) -> str:
    """What stood for words that were blanked since: the blanking itself, their salt being gone,
    says nothing of them, but the last entry that was known then does."""
    known = Entry.objects.filter(subject_type=label, subject_id=pk, recorded_at__lte=known_at)
    for changes, data in known.order_by("-id").values_list("changes", "data"):
        pair = data.get("row", changes).get(name)
        if isinstance(pair, list):
            return pair[1] or ""
    return ERASED


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _words(field_: Any) -> bool:
    return isinstance(field_, models.CharField | models.TextField) and not field_.choices


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
    label, wanted = model._meta.label_lower, {*names}
    since = Entry.objects.filter(subject_type=noun._meta.label_lower, recorded_at__gt=known_at)
    since = since.filter(data__has_any_keys=["touched", "baseline"])
    for data in since.order_by("-id").values_list("data", flat=True):
        if data.get("baseline"):
            for row in data.get("rows", {}).get(label, []):
                found.untold[row["id"]] = set(names)
        for told in data.get("touched", {}).get(label, []):
            found.take(model, told["id"], told, wanted)
    return found
