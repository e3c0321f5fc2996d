"""Columns of a small table's row as they were known at an instant, out of the journal."""

from datetime import date, datetime
from typing import Any

from django.db import models

from core.models import Entry


def as_known(row: models.Model, known_at: datetime | None, *names: str) -> dict[str, Any]:
    """The named columns of a row; what entries changed after `known_at` is taken back. A column
    that no entry tells of has always been as it is."""
    values = {name: getattr(row, name) for name in names}
    if known_at is None or row.pk is None:
        return values
    later = Entry.objects.filter(
        subject_type=row._meta.label_lower, subject_id=row.pk, recorded_at__gt=known_at
    )
    later = later.exclude(kind__endswith=".baselined")  # no news: what stood there already
    for changes in later.order_by("-pk").values_list("changes", flat=True):
        for name in names:
            if name in changes and isinstance(changes[name], list):
                values[name] = _typed(row._meta.get_field(name), changes[name][0])
    return values


def _typed(field: Any, value: Any) -> Any:
    if isinstance(field, models.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    return "" if value is None and not field.null else value
