"""A discount or credit is a negative line: the other lines of the purchase bear it to the cent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.access import SYSTEM
from core.models import Entry, EntryWords
from core.problems import Refused
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    add_line,
    change_line,
    receive_units,
    record_purchase,
    set_unit_cost,
    share_line,
)
from funding.models import Award, Purchase, PurchaseLine
from people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
CAME = date(2026, 3, 1)
WHY = "Credit memo 17"


def bought(*amounts: str | None, number: str = "26-5000") -> Purchase:
    """A purchase with a line of three things for each amount (below zero: a discount)."""
    lines = [
        LineDraft("Things", 1 if a and a.startswith("-") else 3, Decimal(a) if a else None)
        for a in amounts
    ]
    return record_purchase(number, by=SYSTEM, lines=lines)


def receive(purchase: Purchase, number: int, quantity: int = 3) -> None:
    receive_units(purchase.lines.get(number=number), quantity, by=SYSTEM, received_on=CAME)


def costs(purchase: Purchase, number: int) -> list[Decimal | None]:
    line = purchase.lines.get(number=number)
    return list(line.units.order_by("number").values_list("cost", flat=True))


def code_of(do: Callable[[], Any]) -> str:
    before = Entry.objects.count(), PurchaseLine.objects.count()
    with pytest.raises(Refused) as refused:
        do()
    assert before == (Entry.objects.count(), PurchaseLine.objects.count())
    return str(refused.value.problems[0].code)


def credit(amount: str) -> LineDraft:
    return LineDraft("Discount", 1, Decimal(amount))


@pytest.mark.parametrize("less", ["0.01", "0.05", "1.00", "99.97", "333.33", "1000.00"])
def test_a_discount_is_borne_to_the_cent_whatever_is_received_first(less: str) -> None:
    purchase = bought("600.00", "-" + less, "400.00")
    for number, quantity in ((3, 1), (1, 2), (3, 2), (1, 1)):
        receive(purchase, number, quantity)
    one, two = costs(purchase, 1), costs(purchase, 3)
    total = sum([*one, *two])
    assert (
        total == Decimal("1000.00") - Decimal(less) == sum(x.amount for x in purchase.lines.all())
    )
    exact = Decimal(less) * 6 / 10
    assert abs(sum(one) - (600 - exact)) < Decimal("0.01"), "by largest remainder"
    assert max(one) - min(one) <= Decimal("0.01")
    assert not purchase.lines.get(number=2).units.exists()


def test_a_credit_that_comes_later_changes_what_is_here_only_with_a_reason(
    local: Award, fay: User, client_of: Browser
) -> None:
    purchase = bought("600.00", "400.00")
    receive(purchase, 1, 2)
    draft = credit("-100.00")
    assert code_of(lambda: add_line(purchase, draft, by=fay)) == "reason-missing"
    url = f"/purchases/{purchase.pk}/lines/new/"
    typed = {"description": "Discount", "quantity": "1", "amount": "-100.00"}
    assert "say why it changes" in client_of(fay).post(url, typed).content.decode()
    assert client_of(fay).post(url, typed | {"reason": WHY}).status_code == 302
    assert costs(purchase, 1) == [Decimal("180.00")] * 2
    told = Entry.objects.filter(kind="unit.cost_set")
    assert [e.changes["cost"] for e in told] == [["200.00", "180.00"]] * 2
    assert [d["reason"] for d in EntryWords.objects.said(e.data for e in told)] == [WHY] * 2
    receive(purchase, 1, 1)
    receive(purchase, 2)
    assert sum([*costs(purchase, 1), *costs(purchase, 2)]) == Decimal("900.00")
    page = client_of(fay).get(f"/purchases/{purchase.pk}/").content.decode()
    assert "−$100.00" in page and "$540.00" in page and "Discount or credit" in page
    assert "$900.00" in client_of(fay).get("/purchases/").content.decode()


def test_a_credit_on_what_awards_pay_whole_waits_for_them(local: Award, fay: User) -> None:
    purchase = bought("600.00")
    receive(purchase, 1)
    share_line(purchase.lines.get(), [ShareDraft(local, percent=Decimal(100))], by=fay)
    do = lambda: add_line(purchase, credit("-60.00"), by=fay, reason=WHY)  # noqa: E731
    assert code_of(do) == "cost-below-shares"
    less, line = [ShareDraft(local, Decimal("540.00"))], purchase.lines.get(number=1)
    share_line(line, less, by=fay, reason=WHY)
    assert code_of(do) == "cost-below-shares", "of the days before they pay the whole still"
    share_line(line, less, by=fay, reason=WHY, at=days.start_of_day(CAME))
    do()
    assert costs(purchase, 1) == [Decimal("180.00")] * 3


def test_a_cost_that_somebody_stated_is_not_spread_over(fay: User) -> None:
    purchase = bought("600.00")
    receive(purchase, 1)
    unit = purchase.lines.get().units.get(number=1)
    set_unit_cost(unit, Decimal("210.00"), by=fay, reason="Its invoice")
    assert code_of(lambda: add_line(purchase, credit("-6.00"), by=fay, reason=WHY)) == "own-costs"


def test_what_is_no_discount_is_refused(fay: User, client_of: Browser) -> None:
    purchase = bought("100.00", None)
    assert code_of(lambda: add_line(purchase, credit("-100.01"), by=fay)) == "credit-too-large"
    assert code_of(lambda: bought("100.00", "-60.00", "-40.01", number="N")) == "credit-too-large"
    two = LineDraft("Discount", 2, Decimal("-1.00"))
    assert code_of(lambda: add_line(purchase, two, by=fay)) == "credit-quantity"
    assert code_of(lambda: add_line(purchase, LineDraft("Things", 0), by=fay)) == "quantity"
    line = add_line(purchase, credit("-10.00"), by=fay)
    assert code_of(lambda: change_line(line, by=fay, amount=Decimal(1))) == "credit-positive"
    assert code_of(lambda: change_line(line, by=fay, amount=Decimal(-101))) == "credit-too-large"
    first = purchase.lines.get(number=1)
    assert code_of(lambda: change_line(first, by=fay, amount=Decimal(-1))) == "amount-negative"
    assert code_of(lambda: change_line(first, by=fay, amount=Decimal(9))) == "credit-too-large"
    receive_ = lambda: receive_units(line, 1, by=fay, received_on=CAME)  # noqa: E731
    assert code_of(receive_) == "nothing-comes"
    assert (
        "Discount" not in client_of(fay).get(f"/purchases/{purchase.pk}/receive/").content.decode()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchaseLine.objects.filter(pk=first.pk).update(amount=Decimal(-1))


def test_a_line_whose_amount_comes_late_takes_its_part(fay: User) -> None:
    purchase = bought("600.00", None, "-60.00")
    receive(purchase, 1)
    assert costs(purchase, 1) == [Decimal("180.00")] * 3
    other = purchase.lines.get(number=2)
    assert code_of(lambda: change_line(other, by=fay, amount=Decimal(600))) == "reason-missing"
    change_line(other, by=fay, amount=Decimal(600), reason="Invoice")
    assert costs(purchase, 1) == [Decimal("190.00")] * 3
    receive(purchase, 2)
    assert costs(purchase, 2) == [Decimal("190.00")] * 3
