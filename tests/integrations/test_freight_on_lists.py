"""Freight and amounts that are said later of what a list brought, whose costs are its own."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from funding.actions import LineDraft, add_line, change_line, record_purchase, remove_line
from funding.models import Purchase, PurchaseLine, Unit
from people.models import User
from tests.integrations.conftest import bring, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
Of = Callable[..., Client]
WHY = "The invoice says so"


def line(number: int = 1) -> PurchaseLine:
    return PurchaseLine.objects.get(number=number)


def costs(number: int = 1) -> list[str]:
    units = Unit.objects.filter(line__number=number, voided_at=None).order_by("number")
    return [str(cost) for cost in units.values_list("cost", flat=True)]


def amount(number: int, said: str) -> None:
    change_line(line(number), by=SYSTEM, reason=WHY, amount=Decimal(said))


def test_freight_comes_onto_what_a_list_brought(fay: User, client_of: Of) -> None:
    """It passed by all that lists bring, and a cart of the same order bore the whole of it."""
    rows = "".join(f"C{n},Acer,X,PO-1,300\n" for n in range(4))
    session = bring("Tag,Make,Model,PO,Cost\n" + rows)
    purchase = Purchase.objects.get()
    add_line(purchase, LineDraft("Cart", 1, Decimal(400)), by=SYSTEM)
    freight = LineDraft("Freight", 0, Decimal(160))
    with pytest.raises(Refused, match="say why it changes"):
        add_line(purchase, freight, by=fay)
    add_line(purchase, freight, by=fay, reason=WHY)
    assert costs() == ["330.00"] * 4
    page = client_of(fay).get(f"/purchases/{purchase.pk}/").content.decode()
    assert "with freight and tax $1,320.00" in page
    assert "with freight and tax $440.00" in page
    add_line(purchase, LineDraft("Rebate", 1, Decimal(-1760)), by=fay, reason=WHY)
    assert costs() == ["0.00"] * 4
    remove_line(line(4), by=fay, reason=WHY)
    amount(3, "80")
    assert costs() == ["315.00"] * 4
    assert verify.verify().findings == []
    undo(session)
    assert costs() == ["315.00"] * 4, "somebody said since what they cost"


def test_an_amount_that_was_said_of_what_a_list_brought_goes_with_it() -> None:
    session = bring("Tag,Make,Model,PO,Cost\nC1,Acer,X,PO-1,300\nC2,Acer,X,PO-1,300\n")
    amount(1, "600")
    undo(session)
    assert (line().quantity, line().amount) == (0, None)


def test_freight_that_was_there_first_comes_onto_it_with_its_amount(fay: User) -> None:
    purchase = record_purchase("PO-1", by=fay, lines=[LineDraft("Freight", 0, Decimal(10))])
    bring("Tag,Make,Model,PO,Cost\nC1,Acer,X,PO-1,300\nC2,Acer,X,PO-1,300\n")
    assert costs(2) == ["300.00"] * 2
    amount(2, "600")
    assert costs(2) == ["305.00"] * 2
    assert purchase.lines.count() == 2
