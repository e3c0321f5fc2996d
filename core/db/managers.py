"""A model's door: its QuerySet as manager, by the QuerySet's own type."""

from typing import Any, TypeVar, cast

from django.db.models import QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


def manager(rows: type[Rows]) -> Rows:
    """The manager that has the methods of this QuerySet."""
    return cast(Rows, rows.as_manager())
