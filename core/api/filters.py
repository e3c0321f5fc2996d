"""Filters of a list by django-filter: each declared once, for programs and for the pages that ask.

How text is read stands beside it, too: for programs strictly, by a kind, which the contract tells;
for people leniently (core.web.asked).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import django_filters
from django.db.models import QuerySet

from core.api.parameters import Kind
from core.web.asked import Reader

Rows = TypeVar("Rows", bound=QuerySet[Any])


class QueryFilter(django_filters.Filter):  # type: ignore[misc]  # it has no types
    """What a parameter asks of the rows: a column and a lookup, or a function of the rows. Its text
    was read before it comes here, so that nothing that was asked for counts as empty.

    `kind` reads what programs send, `page` what people ask in an address; None: not asked there.
    `change` makes what is looked for of what was read."""

    def __init__(
        self,
        kind: Kind | None,
        asks: str | Callable[[Any, Any], Any],
        lookup: str = "exact",
        *,
        change: Callable[[Any], Any] = lambda value: value,
        page: Reader | None = None,
    ) -> None:
        column = asks if isinstance(asks, str) else ""
        super().__init__(field_name=column, lookup_expr=lookup, label="")
        self.kind, self.page, self.change = kind, page, change
        self.asks = asks if callable(asks) else self._column

    def filter(self, qs: Rows, value: Any) -> Rows:
        """The rows that are asked for; None asks for nothing."""
        found: Rows = qs if value is None else self.asks(qs, self.change(value))
        return found

    def _column(self, rows: Any, value: Any) -> Any:
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": value})


class Filters(django_filters.FilterSet):  # type: ignore[misc]  # it has no types
    """The filters of a noun. The base has none."""

    @classmethod
    def kinds(cls) -> dict[str, Kind]:
        """How each that programs ask is read and told, by its name."""
        return {name: f.kind for name, f in cls.base_filters.items() if f.kind is not None}

    @classmethod
    def readers(cls) -> dict[str, Reader]:
        """How each that pages ask is read, by its name."""
        return {name: f.page for name, f in cls.base_filters.items() if f.page is not None}

    @classmethod
    def applied(cls, asked: Mapping[str, Any], rows: Rows) -> Rows:
        """The rows that are asked for. No form is set up to read once more what was read: that took
        a tenth of the list of 50."""
        for name, found in cls.base_filters.items():
            if name in asked:
                rows = found.filter(rows, asked[name])
        return rows
