"""Money is split exactly: over the line, then over the unit number, by largest remainder."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from funding.rules.split import evenly, matrix, percent_to_amounts

CENTS = st.integers(0, 2_000_000).map(lambda c: Decimal(c) / 100)
COSTS = st.lists(CENTS, min_size=1, max_size=30)


def d(*amounts: str) -> list[Decimal]:
    return [Decimal(a) for a in amounts]


def test_the_first_units_carry_the_odd_cents() -> None:
    assert evenly(Decimal("1000.00"), 3) == d("333.34", "333.33", "333.33")
    assert evenly(Decimal("0.02"), 3) == d("0.01", "0.01", "0.00")


def test_thirds_of_an_odd_amount_come_out_whole() -> None:
    assert percent_to_amounts(Decimal("100.00"), d("33.3333", "33.3333", "33.3334")) == d(
        "33.33", "33.33", "33.34"
    )
    assert matrix(d("0.01"), d("0.01")) == [d("0.01")]
    assert matrix(evenly(Decimal("100.01"), 3), d("33.34", "33.34", "33.33")) == [
        d("11.12", "11.11", "11.11"),
        d("11.11", "11.12", "11.11"),
        d("11.11", "11.11", "11.11"),
    ]


@given(COSTS, st.lists(st.integers(0, 100), min_size=1, max_size=5))
def test_rows_never_pay_more_than_a_unit_costs_and_columns_are_exact(
    costs: list[Decimal], weights: list[int]
) -> None:
    total, whole = sum(costs, Decimal(0)), max(100, sum(weights))
    awards = percent_to_amounts(total, [Decimal(w) * 100 / whole for w in weights])
    rows = matrix(costs, awards)
    assert [sum(column, Decimal(0)) for column in zip(*rows, strict=True)] == awards
    for cost, row in zip(costs, rows, strict=True):
        assert sum(row, Decimal(0)) <= cost and all(part >= 0 for part in row)
    if sum(awards, Decimal(0)) == total:
        assert [sum(row, Decimal(0)) for row in rows] == costs
