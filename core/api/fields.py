"""Fields that take exactly what the contract says: no number sent as text, no text as a number."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.amounts import settled
from core.text.lines import CONTROL, control_problems, is_seen, unseen_problems
from core.time import days

LARGEST_ID = 2**62
MAIL = rf"^([^{CONTROL}\s@]+@[^{CONTROL}\s@]+)?$"
MONEY = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
SIGNED = r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$"
PERCENT = r"^(100(\.00?)?|[0-9]{1,2}(\.[0-9]{1,2})?)$"
FINE_PERCENT = r"^(100(\.0{1,3})?|[0-9]{1,2}(\.[0-9]{1,3})?)$"
OUT_OF_RANGE = "out-of-range"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9-]{10}[Tt][0-9:]{8}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")


def _in_living_memory(value: Any) -> Any:
    if not days.in_range(value):
        raise serializers.ValidationError(days.OUT_OF_RANGE, code=OUT_OF_RANGE)
    return value


class WholeField(serializers.IntegerField):
    """A JSON number without a fraction; 2.0 is one."""

    def to_internal_value(self, data: Any) -> int:
        whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not whole:
            self.fail("invalid")
        return int(data)


class IdField(WholeField):
    """The number of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class FlagField(serializers.BooleanField):
    """A JSON true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return bool(data)


class LineField(serializers.CharField):
    """Text in one line, without control characters: nothing that a label, a CSV or a screen
    reader would take for something else than text."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # Before the ends are trimmed: what is trimmed may be a control character, too.
        if isinstance(data, str):
            for problem in control_problems(data):
                raise serializers.ValidationError(problem.message, code=problem.code)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text = str(super().to_internal_value(data))
        if text and self.allow_blank:
            return text if is_seen(text) else ""
        for problem in unseen_problems(text):
            raise serializers.ValidationError(problem.message, code=problem.code)
        return text


class MailField(LineField):
    """An email address, or nothing."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str) and not re.fullmatch(MAIL[1:-1], data):
            raise serializers.ValidationError(_("This is not an email address."), code="email")
        return super().run_validation(data)


class MoneyField(serializers.DecimalField):
    """Dollars and cents, never negative, as text so that no client rounds them."""

    shape = MONEY
    places = 2

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 14, "decimal_places": self.places}
        super().__init__(min_value=Decimal(0), **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not re.fullmatch(self.shape[1:-1], data):
            self.fail("invalid")
        return settled(Decimal(data), self.places)


class SignedMoneyField(MoneyField):
    """Dollars and cents; below zero it is a discount or credit."""

    shape = SIGNED

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_value = None
        self.validators = [v for v in self.validators if not isinstance(v, MinValueValidator)]


class PercentField(MoneyField):
    """Percent, 0 to 100 with at most two decimals."""

    shape = PERCENT
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Give a percentage from 0 to 100 as text, with at most two decimals.")
    }


class FinePercentField(PercentField):
    """Percent, 0 to 100 with at most three decimals: what an award says of its federal part."""

    shape = FINE_PERCENT
    places = 3
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Give a percentage from 0 to 100 as text, with at most three decimals.")
    }


class DayField(serializers.DateField):
    """A day as 2025-08-12."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("invalid", format="2025-08-12")
        day: date = _in_living_memory(super().to_internal_value(value))
        return day


class InstantField(serializers.DateTimeField):
    """An instant with its offset: 2025-08-12T14:30:00Z."""

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            self.fail("invalid", format="2025-08-12T14:30:00Z")
        at: datetime = _in_living_memory(super().to_internal_value(value))
        return at

    def enforce_timezone(self, value: Any) -> Any:
        return value  # its offset was sent
