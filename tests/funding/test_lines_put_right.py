"""Fay puts right what was mistyped of the lines of a purchase: quantity, amount and words. By page
and by REST."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import Refused
from funding.actions import (
    LineDraft,
    ShareDraft,
    add_line,
    change_line,
    record_purchase,
    set_unit_cost,
    share_line,
    void_unit,
)
from funding.models import Award, Purchase, Unit
from people.models import User
from tests.funding.mistyped import act, costs, line_of, mistyped, sound

__all__ = ["act", "mistyped"]

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
Act = Callable[..., tuple[bool, str]]


def test_a_quantity_is_put_right_and_the_costs_follow(
    act: Act, mistyped: Purchase, arp: Award, fay: User
) -> None:
    share_line(line_of(mistyped), [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    assert costs(mistyped) == [Decimal("35.00")] * 7
    done, answer = act(fay, mistyped, "change", 1, quantity="7")
    assert not done
    assert "Something of it was received: say why it changes." in answer
    assert costs(mistyped) == [Decimal("35.00")] * 7
    assert act(fay, mistyped, "change", 1, quantity="7", reason="Typed 70 for 7")[0]
    assert line_of(mistyped).quantity == 7
    assert costs(mistyped) == [Decimal("350.00")] * 7
    told = Entry.objects.get(kind="purchase.line_changed")
    assert (told.by_id, told.changes["quantity"]) == (fay.pk, [70, 7])
    assert Entry.objects.filter(kind="unit.cost_set").count() == 7
    sound()


def test_quantity_amount_and_words_at_once(act: Act, mistyped: Purchase, fay: User) -> None:
    said = {"description": "Tablets", "quantity": "10", "amount": "5000.00"}
    assert act(fay, mistyped, "change", 1, **said, reason="The invoice says so")[0]
    line = line_of(mistyped)
    assert (line.description, line.quantity, line.amount) == ("Tablets", 10, Decimal("5000.00"))
    assert costs(mistyped) == [Decimal("500.00")] * 7
    sound()


def test_no_fewer_than_were_received(act: Act, mistyped: Purchase, fay: User) -> None:
    done, answer = act(fay, mistyped, "change", 1, quantity="6", reason="Six")
    assert not done
    assert "7 of it were received. Void first what never came." in answer
    assert line_of(mistyped).quantity == 70


def test_nothing_is_no_quantity(act: Act, fay: User) -> None:
    purchase = record_purchase("PO-1", by=SYSTEM, lines=[LineDraft("Laptops", 2)])
    done, answer = act(fay, purchase, "change", 1, quantity="0")
    assert not done
    assert "A line is for at least one item." in answer
    assert act(fay, purchase, "change", 1, quantity="3")[0], "nothing came: no reason is asked"
    assert line_of(purchase).quantity == 3


def test_what_was_void_leaves_no_hole(mistyped: Purchase, fay: User) -> None:
    """The second of the seven never came: six were ordered, and each has a number of them."""
    second = Unit.objects.get(line__purchase=mistyped, number=2)
    void_unit(second, by=fay, reason="Never came")
    change_line(line_of(mistyped), by=fay, quantity=6, reason="Six came", amount=Decimal(2100))
    units = Unit.objects.filter(line__purchase=mistyped, voided_at=None)
    assert sorted(units.values_list("number", "cost")) == [(n, Decimal(350)) for n in range(1, 7)]
    moved = Entry.objects.get(kind="unit.numbered")
    assert moved.changes["number"] == [7, 2]
    sound()


def test_a_cost_that_somebody_stated_stays_with_another_quantity(
    mistyped: Purchase, fay: User
) -> None:
    first = Unit.objects.get(line__purchase=mistyped, number=1)
    set_unit_cost(first, Decimal("400.00"), by=fay, reason="The invoice")
    change_line(line_of(mistyped), by=fay, quantity=7, reason="Typed 70 for 7")
    assert costs(mistyped) == [Decimal("400.00"), *[Decimal("350.00")] * 6]


def test_more_were_ordered_than_awards_can_pay_for(
    mistyped: Purchase, arp: Award, fay: User
) -> None:
    share_line(line_of(mistyped), [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    with pytest.raises(Refused, match="Reclassify them first"):
        change_line(line_of(mistyped), by=fay, quantity=80, reason="Eighty")
    assert line_of(mistyped).quantity == 70


def test_a_discount_has_no_quantity(mistyped: Purchase, fay: User, api_of: Of) -> None:
    add_line(mistyped, LineDraft("Rebate", 1, Decimal(-70)), by=SYSTEM, reason="Memo")
    with pytest.raises(Refused, match="its quantity is 1"):
        change_line(line_of(mistyped, 2), by=fay, quantity=5, reason="Five")
    change_line(line_of(mistyped, 2), by=fay, quantity=1)
    assert line_of(mistyped, 2).quantity == 0
