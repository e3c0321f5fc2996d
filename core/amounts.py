"""Amounts as a column keeps them: so many places, and one zero."""

from decimal import ROUND_HALF_UP, Decimal


def settled(value: Decimal, places: int) -> Decimal:
    """An amount with the places of its column, however it was typed: -0, +5, 1E+2 and 7.500 are
    0.00, 5.00, 100.00 and 7.50. What is finer than the column is rounded as PostgreSQL does it,
    half away from zero. No database keeps the sign of a zero."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
