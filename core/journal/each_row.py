"""Checks that go row by row: what somebody wrote into one row keeps no finding of another back."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import DatabaseError
from django.db.models import Model, QuerySet

log = logging.getLogger(__name__)
CHUNK = 500
M = TypeVar("M", bound=Model)
#: What a check stumbles over where no code of this house could have written a value.
ODD = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    OSError,
    DatabaseError,
)


def found_in_each(
    rows: QuerySet[M], check: Callable[[M], Iterable[str]], called: str
) -> Iterator[str]:
    """What a check finds in each row, by key; `called`: the noun in a sentence. A row that cannot
    be read is a finding itself."""
    pks = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(pks, CHUNK)):
        there = _read(rows, chunk)
        for pk in chunk:
            try:
                row = there[pk] if there is not None else rows.get(pk=pk)
                yield from list(check(row))
            except ODD as error:
                log.warning("verify.row_unread", exc_info=True, extra={"row": f"{called} {pk}"})
                yield f"The {called} {pk} cannot be read: {type(error).__name__}."


def _read(rows: QuerySet[M], pks: list[Any]) -> dict[Any, M] | None:
    """The rows with these keys; None where one of them cannot be read."""
    try:
        return {row.pk: row for row in rows.filter(pk__in=pks)}
    except ODD:
        return None
