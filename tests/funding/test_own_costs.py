"""Things whose costs somebody stated: what their line costs in all can be said, and freight or a
discount of the whole order comes onto them, to the cent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from funding.actions import (
    LineDraft,
    add_line,
    change_line,
    receive_units,
    record_purchase,
    remove_line,
    set_unit_cost,
)
from funding.models import Purchase, PurchaseLine, Unit
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
WHY = "The invoice says so"


def stated(*costs: str, amount: str | None = None, quantity: int = 0) -> Purchase:
    """A purchase of one line whose units cost what Fay stated of each."""
    quantity = quantity or len(costs)
    draft = LineDraft("Desks", quantity, Decimal(amount) if amount else None)
    purchase = record_purchase("PO-U", by=SYSTEM, lines=[draft])
    received = receive_units(
        purchase.lines.get(), len(costs), by=SYSTEM, received_on=date(2026, 3, 1)
    )
    for unit, cost in zip(received, costs, strict=True):
        set_unit_cost(unit, Decimal(cost), by=SYSTEM, reason=WHY)
    return purchase


def line(number: int = 1) -> PurchaseLine:
    return PurchaseLine.objects.get(number=number)


def costs(number: int = 1) -> list[str]:
    units = Unit.objects.filter(line__number=number, voided_at=None).order_by("number")
    return [str(cost) for cost in units.values_list("cost", flat=True)]


def amount(number: int = 1, **more: str) -> None:
    change_line(line(number), by=SYSTEM, reason=WHY, **{k: Decimal(v) for k, v in more.items()})


@pytest.mark.parametrize(
    ("each", "before", "now"),
    [
        (["100", "100"], None, "200"),
        (["120", "80"], None, "200"),
        (["105", "105"], "200", "210"),
        (["110", "105"], "200", "215"),
    ],
)
def test_what_they_cost_together_can_be_said(each: list[str], before: str | None, now: str) -> None:
    stated(*each, amount=before)
    amount(amount=now)
    assert costs() == [f"{cost}.00" for cost in each]
    assert line().amount == Decimal(now)
    assert verify.verify().findings == []


def test_what_costs_its_part_already_is_no_hindrance() -> None:
    """Of three that were ordered one is to come."""
    stated("100", "100", quantity=3)
    amount(amount="300")
    assert costs() == ["100.00", "100.00"]
    receive_units(line(), 1, by=SYSTEM, received_on=date(2026, 3, 1))
    assert sum(map(Decimal, costs())) == 300


def test_another_amount_than_theirs_takes_a_cost_of_each() -> None:
    stated("100", "100")
    with pytest.raises(Refused, match="state the cost of each first") as refused:
        amount(amount="210")
    assert refused.value.problems[0].code == "own-costs"
    for unit, cost in zip(Unit.objects.order_by("number"), ("90", "120"), strict=True):
        set_unit_cost(unit, Decimal(cost), by=SYSTEM, reason=WHY)
    amount(amount="210")
    assert costs() == ["90.00", "120.00"]


@pytest.mark.parametrize("freight", ["0.01", "10.00", "33.33", "-0.05", "-250.00"])
def test_freight_and_discounts_are_borne_by_what_each_costs(freight: str) -> None:
    stated("600", "333.33", "66.67")
    change = Decimal(freight)
    add_line(line().purchase, LineDraft("Of all", int(change < 0), change), by=SYSTEM, reason=WHY)
    assert line().amount == Decimal(1000), "what they cost is what the line costs"
    assert sum(map(Decimal, costs())) == 1000 + change
    exact = [c * (1000 + change) / 1000 for c in (600, Decimal("333.33"), Decimal("66.67"))]
    assert all(abs(Decimal(c) - e) < Decimal("0.01") for c, e in zip(costs(), exact, strict=True))
    remove_line(line(2), by=SYSTEM, reason=WHY)
    assert sum(map(Decimal, costs())) == 1000
    assert verify.verify().findings == []


def test_freight_that_no_line_bears_yet_is_told(fay: User, client_of: Of) -> None:
    purchase = record_purchase("PO-1", by=SYSTEM, lines=[LineDraft("Laptops", 2)])
    add_line(purchase, LineDraft("Freight", 0, Decimal(70)), by=SYSTEM)
    client, url = client_of(fay), f"/purchases/{purchase.pk}/"
    assert "no line bears it yet" in client.get(url).content.decode()
    amount(amount="600")
    page = client.get(url).content.decode()
    assert "no line bears it yet" not in page
    assert "spread over the other lines" in page
