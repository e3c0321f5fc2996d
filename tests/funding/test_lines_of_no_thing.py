"""A line that was taken off bears nothing: neither a discount or freight, nor an amount."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import (
    LineDraft,
    add_line,
    change_line,
    receive_units,
    record_purchase,
    remove_line,
    void_unit,
)
from funding.models import Purchase, PurchaseLine
from people.models import User
from tests.funding.mistyped import act, costs, line_of, sound

__all__ = ["act"]

pytestmark = pytest.mark.django_db
Act = Callable[..., tuple[bool, str]]
Of = Callable[..., Client]
DAY = date(2026, 3, 1)
SAID = "Nothing is to come of this line: give its quantity, too"


@pytest.fixture
def taken_off(fay: User) -> Purchase:
    """Two laptops came. What came of line 2 was another order's, and so was the line."""
    lines = [LineDraft("Laptops", 2, Decimal(100)), LineDraft("Cases", 2, Decimal(100))]
    purchase = record_purchase("PO-1", by=SYSTEM, lines=lines)
    (unit,) = receive_units(line_of(purchase, 2), 1, by=SYSTEM, received_on=DAY)
    void_unit(unit, by=fay, reason="Another order's")
    remove_line(line_of(purchase, 2), by=fay)
    receive_units(line_of(purchase), 2, by=SYSTEM, received_on=DAY)
    return purchase


def test_fay_gives_no_amount_to_a_line_of_which_nothing_is_to_come(
    act: Act, taken_off: Purchase, fay: User
) -> None:
    for amount in ("60.00", "0.00"):
        done, answer = act(fay, taken_off, "change", 2, amount=amount, reason="The invoice")
        assert not done
        assert SAID in answer
    add_line(taken_off, LineDraft("Rebate", 1, Decimal(-30)), by=fay, reason="Memo")
    assert costs(taken_off) == [Decimal(35)] * 2
    sound()


def test_the_refusal_has_a_code_and_words_stay_free(taken_off: Purchase, fay: User) -> None:
    with pytest.raises(Refused) as refused:
        change_line(line_of(taken_off, 2), by=fay, amount=Decimal(60))
    assert [p.code for p in refused.value.problems] == ["amount-of-nothing"]
    assert change_line(line_of(taken_off, 2), by=fay, account="4-310").account == "4-310"


def test_with_a_quantity_it_is_a_line_again(act: Act, taken_off: Purchase, fay: User) -> None:
    assert act(fay, taken_off, "change", 2, quantity="1", amount="50.00", reason="It came")[0]
    add_line(taken_off, LineDraft("Rebate", 1, Decimal(-30)), by=fay, reason="Memo")
    assert costs(taken_off) == [Decimal(40)] * 2
    sound()


@pytest.mark.parametrize(("amount", "each"), [(-30, 35), (30, 65)], ids=["discount", "freight"])
def test_an_amount_that_it_was_given_before_bears_nothing(
    amount: int, each: int, taken_off: Purchase, fay: User
) -> None:
    """An older release took it."""
    PurchaseLine.objects.filter(purchase=taken_off, number=2).update(amount=Decimal(60))
    add_line(taken_off, LineDraft("Of all", 0, Decimal(amount)), by=fay, reason="Memo")
    assert costs(taken_off) == [Decimal(each)] * 2
    PurchaseLine.objects.filter(purchase=taken_off, number=2).update(amount=None)
