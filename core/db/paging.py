"""Keyset pages: as fast at the end as at the start; never OFFSET."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from core.problems import Invalid, Problem

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: Sequence[M]
    next: str | None
    previous: str | None


def encode(values: Sequence[Any]) -> str:
    """A cursor: opaque to whoever carries it."""
    text = json.dumps([str(v) if v is not None else None for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, size: int) -> list[Any]:
    """The values of a cursor. Raises Invalid for anything that is not one."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(raw)
    except (ValueError, binascii.Error) as error:
        raise Invalid(_bad()) from error
    if (
        not isinstance(values, list)
        or len(values) != size
        or any(not isinstance(v, str) or "\x00" in v for v in values)
    ):
        raise Invalid(_bad())
    return values


def _bad() -> Problem:
    return Problem(
        "cursor", _("This page address is not valid; start from the first page."), "cursor"
    )


def _beyond(keys: Sequence[str], values: Sequence[Any], forward: bool) -> Q:
    """Rows after (or before) the cursor in an order whose keys may each descend (`-key`)."""
    q, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        up = not key.startswith("-") if forward else key.startswith("-")
        q |= equal & Q(**{f"{name}__{'gt' if up else 'lt'}": value})
        equal &= Q(**{name: value})
    # The first key alone bounds the rows, too: a planner finds the place in the index by that,
    # where the alternatives would make it walk there from the start.
    first = keys[0].lstrip("-")
    up = keys[0].startswith("-") != forward
    return Q(**{f"{first}__{'gte' if up else 'lte'}": values[0]}) & q


def paginate(
    rows: QuerySet[M],
    keys: Sequence[str],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> Page[M]:
    """A page of an ordered query. `keys` are never-null fields that end in a unique one.

    Raises Invalid for a cursor that is not one of ours."""
    backwards = before is not None and after is None
    cursor = before if backwards else after
    order = [k[1:] if k.startswith("-") else f"-{k}" for k in keys] if backwards else list(keys)
    try:
        if cursor is not None:
            rows = rows.filter(_beyond(keys, decode(cursor, len(keys)), not backwards))
        found = list(rows.order_by(*order)[: size + 1])
    except (ValueError, TypeError, OverflowError) as error:
        raise Invalid(_bad()) from error
    except Exception as error:
        if type(error).__name__ in ("ValidationError", "DataError"):
            raise Invalid(_bad()) from error
        raise
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()

    def key_of(row: M) -> str:
        values = []
        for key in keys:
            value: Any = row
            for part in key.lstrip("-").split("__"):
                value = getattr(value, part)
            values.append(value)
        return encode(values)

    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and ((backwards and more) or (not backwards and cursor is not None))
    return Page(
        found, key_of(found[-1]) if has_next else None, key_of(found[0]) if has_previous else None
    )
