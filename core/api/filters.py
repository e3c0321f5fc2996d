"""Filters of a list by django-filter: each says how its text is read, too, for the contract."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from core.api.parameters import Kind


class QueryFilter(django_filters.Filter):  # type: ignore[misc]  # it has no types
    """What a parameter asks of the rows: a column and a lookup. Its text was read by its kind
    before it comes here, so that nothing that was asked for counts as empty."""

    field_class = forms.Field

    def __init__(self, kind: Kind, column: str, lookup: str = "exact") -> None:
        super().__init__(field_name=column, lookup_expr=lookup, label="")
        self.kind = kind

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return (
            qs if value is None else qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value})
        )


class Filters(django_filters.FilterSet):  # type: ignore[misc]  # it has no types
    """The filters of a noun. The base has none."""

    @classmethod
    def kinds(cls) -> dict[str, Kind]:
        """How each is read and told, by its name."""
        return {name: found.kind for name, found in cls.base_filters.items()}

    @classmethod
    def applied(cls, asked: Mapping[str, Any], rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that are asked for. Most lists are read without a filter: none is set up then,
        which took a tenth of the list of 50."""
        return rows if cls.base_filters.keys().isdisjoint(asked) else cls(asked, rows).qs
