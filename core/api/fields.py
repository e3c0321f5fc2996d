"""Fields that several nouns' serializers share."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers


class IdField(serializers.IntegerField):
    """The number of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**62, **kwargs)


class MoneyField(serializers.DecimalField):
    """Dollars and cents, never negative, as text so that no client rounds them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_digits=14, decimal_places=2, **kwargs)
