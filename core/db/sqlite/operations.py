"""What SQLite keeps of an amount: what PostgreSQL would."""

from decimal import Decimal
from typing import Any

from django.db.backends.sqlite3 import operations

from core.amounts import settled


class DatabaseOperations(operations.DatabaseOperations):
    def adapt_decimalfield_value(
        self,
        value: Decimal | None,
        max_digits: int | None = None,
        decimal_places: int | None = None,
    ) -> Any:
        """A column of SQLite has no places of its own: it would keep fractions of a cent, which
        the journal does not tell."""
        if value is None or decimal_places is None or not value.is_finite():
            return value
        return settled(value, decimal_places)
