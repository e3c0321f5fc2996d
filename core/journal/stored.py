"""What a column holds, read from what is stored and not from what Django makes of it.

SQLite stores what it is given: a day without its zeros, an instant of "0", a fraction of a cent. To
Django's readers the first is the same day, the second nothing and the third a round amount, while
every question (before that day? still open? what sum?) is answered from what is stored. So there a
column is read as it is; what Django would not have written stands beside no value of the journal.
PostgreSQL has types, and its columns say what they are.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection, models

Reader = Callable[[Any], Any]
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?", re.ASCII)


class AsStored(models.Func):
    """A column of SQLite as it is stored: to a plus before it no reader is attached."""

    template = "+%(expressions)s"
    output_field = models.TextField()


def is_raw() -> bool:
    """Whether columns are read as they are stored."""
    return connection.vendor == "sqlite"


def reader(field: "models.Field[Any, Any]") -> Reader:
    """How a stored value (never NULL) becomes what the journal says of it; what cannot have been
    written by this house becomes a sentence, which the journal never says."""
    if isinstance(field, models.ForeignKey):
        return reader(field.target_field)
    if isinstance(field, models.BooleanField):
        return lambda value: bool(value) if type(value) is int and value in (0, 1) else _no(value)
    if isinstance(field, models.IntegerField):
        return lambda value: value if type(value) is int else _no(value)
    if isinstance(field, models.DecimalField):
        return _amount(field.decimal_places)
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.DateField):
        return lambda value: value if _is(_DAY, value) else _no(value)
    if isinstance(field, models.JSONField):
        return _json(field.encoder)
    return lambda value: value if type(value) is str else _no(value)


def is_ours(field: "models.Field[Any, Any]") -> Callable[[Any], bool]:
    """Whether a stored value is one that this house writes into such a column."""
    read = reader(field)

    def asked(value: Any) -> bool:
        if value is None or (found := read(value)) is value:
            return True
        return not isinstance(found, str) or found != _no(value)

    return asked


def _no(value: Any) -> str:
    return f"stored as {value!r}"


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return type(value) is str and pattern.fullmatch(value) is not None


def _instant(value: Any) -> str:
    if not _is(_INSTANT, value) or value.endswith(".000000"):
        return _no(value)
    return f"{value[:10]}T{value[11:]}+00:00"


def _amount(places: int) -> Reader:
    cents = Decimal(1).scaleb(-places)

    def read(value: Any) -> str:
        if type(value) not in (int, float):
            return _no(value)
        try:
            exact = Decimal(str(value)).quantize(cents)
        except InvalidOperation:  # infinity, or more digits than there are
            return _no(value)
        return format(exact, "f") if float(exact) == value else _no(value)

    return read


def _json(encoder: type[json.JSONEncoder] | None) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not str:
            return _no(value)
        try:
            found = json.loads(value)
        except ValueError:
            return _no(value)
        # Django wrote it: another text is another's, even where it reads the same.
        return found if json.dumps(found, cls=encoder) == value else _no(value)

    return read
