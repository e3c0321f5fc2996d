"""Freight or tax of the whole order is a line of no thing: the others bear it, and nobody waits."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from funding.actions import LineDraft, add_line, change_line, receive_units, record_purchase
from funding.models import Purchase, PurchaseLine, Unit
from funding.models.purchase import LineKind
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
DAY = date(2026, 3, 1)


@pytest.fixture
def purchase() -> Purchase:
    lines = [LineDraft("Laptops", 2, Decimal(600)), LineDraft("Cases", 2, Decimal(100))]
    return record_purchase("PO-1", by=SYSTEM, lines=lines)


def line(purchase: Purchase, number: int) -> PurchaseLine:
    return PurchaseLine.objects.get(purchase=purchase, number=number)


def costs() -> list[Decimal | None]:
    return list(Unit.objects.order_by("line__number", "number").values_list("cost", flat=True))


def receive(purchase: Purchase) -> None:
    for number in (1, 2):
        receive_units(line(purchase, number), 2, by=SYSTEM, received_on=DAY)


def test_freight_is_spread_and_not_received(purchase: Purchase, fay: User, client_of: Of) -> None:
    client, url = client_of(fay), f"/purchases/{purchase.pk}/"
    typed = {"description": "Freight", "quantity": "0", "amount": "70.00"}
    assert client.post(f"{url}lines/new/", typed).status_code == 302
    freight = line(purchase, 3)
    assert (freight.kind, freight.quantity) == (LineKind.CHARGE, 0)
    receive(purchase)
    assert costs() == [Decimal(330), Decimal(330), Decimal(55), Decimal(55)]
    page = client.get(url).content.decode()
    assert "spread over the other lines" in page
    assert "its part of freight and tax: $60.00" in page
    assert "in all: $660.00" in page
    assert "Freight" not in client.get(f"{url}receive/").content.decode()
    assert "Freight" not in client.get(f"{url}share/").content.decode()
    with pytest.raises(Refused, match="Nothing comes of freight or tax"):
        receive_units(freight, 1, by=fay, received_on=DAY)
    assert verify.verify().findings == []


def test_freight_that_was_typed_as_a_thing(purchase: Purchase, fay: User) -> None:
    """It waited to be received, and stood in nobody's cost."""
    receive(purchase)
    add_line(purchase, LineDraft("Freight", 1, Decimal(70)), by=SYSTEM)
    with pytest.raises(Refused, match="say why it changes"):
        change_line(line(purchase, 3), by=fay, quantity=0)
    change_line(line(purchase, 3), by=fay, quantity=0, reason="It is freight")
    assert line(purchase, 3).kind == LineKind.CHARGE
    assert costs() == [Decimal(330), Decimal(330), Decimal(55), Decimal(55)]
    with pytest.raises(Refused, match="has an amount") as refused:
        change_line(line(purchase, 3), by=fay, amount=None, reason="Unknown")
    assert refused.value.problems[0].code == "charge-missing"
    change_line(line(purchase, 3), by=fay, quantity=1, reason="An item after all")
    assert line(purchase, 3).kind == LineKind.ORDERED
    assert costs() == [Decimal(300), Decimal(300), Decimal(50), Decimal(50)]
    assert verify.verify().findings == []


def test_freight_and_a_discount(purchase: Purchase) -> None:
    add_line(purchase, LineDraft("Freight", 0, Decimal(70)), by=SYSTEM)
    add_line(purchase, LineDraft("Rebate", 1, Decimal(-140)), by=SYSTEM)
    receive(purchase)
    assert costs() == [Decimal(270), Decimal(270), Decimal(45), Decimal(45)]


def test_fay_reads_what_the_total_consists_of(
    purchase: Purchase, fay: User, tom: User, client_of: Of
) -> None:
    def page(who: User) -> str:
        found = client_of(who).get(f"/purchases/{purchase.pk}/").content.decode()
        return " ".join(re.sub("<[^>]+>", " ", found).split())

    assert "Total $700.00" in page(fay)
    assert "things: " not in page(fay), "there is nothing else in it"
    for draft in (LineDraft("Freight", 0, Decimal(70)), LineDraft("Rebate", 1, Decimal(-140))):
        add_line(purchase, draft, by=SYSTEM)
    add_line(purchase, LineDraft("Carts", 1), by=SYSTEM)
    told = page(fay)
    assert "$600.00 its part of freight, tax and discount: −$60.00 in all: $540.00" in told
    assert (
        "Total $630.00 items: $700.00 freight and tax: $70.00 discount: −$140.00 "
        "1 amount is not known yet" in told
    )
    assert "Total" not in page(tom), "what other schools' items cost is not his"
