"""Splitting money exactly: largest remainder, over the line and then the unit number."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")
#: What a column of money holds.
MOST = Decimal("999999999999.99")


def to_cents(amount: Decimal) -> int:
    """Dollars to whole cents. Raises ValueError for fractions of a cent."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has fractions of a cent")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """Whole cents to dollars with two decimals."""
    return (Decimal(cents) / 100).quantize(CENT)


def by_weight(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` cents by weights; the parts add up exactly, ties go to the earlier part."""
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts = [total * w // whole for w in weights]
    rest = [total * w % whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-rest[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def evenly(total: Decimal, count: int) -> list[Decimal]:
    """An amount over `count` units; the first units carry the odd cents."""
    return [from_cents(c) for c in by_weight(to_cents(total), [1] * count)]


def matrix(costs: Sequence[Decimal], awards: Sequence[Decimal]) -> list[list[Decimal]]:
    """Each award's amount over units of given costs: row sums never exceed the unit's cost,
    column sums are the awards' amounts to the cent. Raises ValueError where the awards pay more
    than the units cost."""
    cost = [to_cents(c) for c in costs]
    total = sum(cost)
    paid = [to_cents(a) for a in awards]
    rest = total - sum(paid)
    if rest < 0:
        raise ValueError("the awards pay more than the units cost")
    columns = [*paid, rest]  # what no award pays is a column of its own, so that rows are exact
    done = [0] * len(columns)
    rows: list[list[Decimal]] = []
    sofar = 0
    for unit in cost:
        sofar += unit
        exact = [a * sofar - d * total for a, d in zip(columns, done, strict=True)]
        row = [max(0, e // total) if total else 0 for e in exact]
        remainders = [(e - r * total, -i) for i, (e, r) in enumerate(zip(exact, row, strict=True))]
        order = sorted(range(len(row)), key=lambda i: remainders[i], reverse=True)
        short = unit - sum(row)
        for i in order:
            if short <= 0:
                break
            if done[i] + row[i] < columns[i]:
                row[i] += 1
                short -= 1
        for i in reversed(order):
            while short < 0 and row[i] > 0:
                row[i] -= 1
                short += 1
        done = [d + r for d, r in zip(done, row, strict=True)]
        rows.append([from_cents(r) for r in row[: len(paid)]])
    return rows


def percent_to_amounts(total: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """Percents of a total as amounts; exact when the per cents add up to 100."""
    scaled = [int(p * 1_000_000) for p in percents]
    left = max(0, 100 * 1_000_000 - sum(scaled))
    return [from_cents(c) for c in by_weight(to_cents(total), [*scaled, left])[: len(scaled)]]
