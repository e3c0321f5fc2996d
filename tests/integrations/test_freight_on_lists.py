"""Freight and amounts that are said later of what a list brought, whose costs are its own."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    add_line,
    ask_unit,
    change_line,
    decide,
    receive_units,
    record_purchase,
    remove_line,
)
from funding.models import Award, Purchase, PurchaseLine, Unit, UnitShare
from people.models import User
from tests.integrations.conftest import bring, look_at, outcomes, undo

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
    assert "in all: $1,320.00" in page
    assert "in all: $440.00" in page
    add_line(purchase, LineDraft("Rebate", 1, Decimal(-1760)), by=fay, reason=WHY)
    assert costs() == ["0.00"] * 4
    remove_line(line(4), by=fay, reason=WHY)
    amount(3, "80")
    assert costs() == ["315.00"] * 4
    assert verify.verify().findings == []
    undo(session)
    assert costs() == ["315.00"] * 4, "somebody said since what they cost"


HEADINGS = "Tag,Make,Model,PO,Cost,Award 1\n"


@pytest.mark.parametrize(
    ("rows", "freight", "bear"),
    [
        ((500, 500), 50, ["525.00", "525.00"]),
        ((500, 700), 60, ["525.00", "735.00"]),
        ((100, 100, 100.01), 25, ["108.33", "108.33", "108.35"]),
        ((500, 500), -100, ["450.00", "450.00"]),
        ((500, 500), -1000, ["0.00", "0.00"]),
    ],
)
def test_a_list_brought_again_leaves_freight_on_its_things(
    rows: tuple[float, ...], freight: int, bear: list[str], arp: Award
) -> None:
    """The list says what each costs without it, and a nightly one took it off each night."""
    text = HEADINGS + "".join(f"C{n},Acer,X,PO-1,{x},\n" for n, x in enumerate(rows))
    bring(text)
    draft = LineDraft("Freight or discount", int(freight < 0), Decimal(freight))
    add_line(Purchase.objects.get(), draft, by=SYSTEM, reason=WHY)
    assert sorted(costs()) == bear
    assert outcomes(bring(text)) == {"same": len(rows)}
    assert sorted(costs()) == bear
    landed = "".join(f"C{n},Acer,X,PO-1,{x},\n" for n, x in enumerate(costs()))
    assert outcomes(look_at(HEADINGS + landed)) == {"same": len(rows)}
    really = text.replace(f",{rows[0]},", f",{rows[0] + 2},")
    assert "update" in outcomes(look_at(really)), "another cost is a change"


def test_what_an_award_pays_with_freight_is_what_a_list_says_that_it_pays(
    arp: Award, fay: User, ana: User
) -> None:
    text = HEADINGS + f"C1,Acer,X,PO-1,500,{arp.name}\n"
    bring(text)
    add_line(Purchase.objects.get(), LineDraft("Freight", 0, Decimal(25)), by=SYSTEM, reason=WHY)
    assert outcomes(look_at(text)) == {"same": 1}
    whole = [ShareDraft(arp, percent=Decimal(100))]
    decide(ask_unit(Unit.objects.get(), whole, by=fay, reason=WHY), by=ana, approve=True)
    assert UnitShare.objects.standing().get().amount == 525
    assert outcomes(look_at(text)) == {"same": 1}


def test_a_list_takes_received_units_at_their_cost_without_freight() -> None:
    """It bought them a second time, on a line of their own."""
    lines = [LineDraft("Acer X", 2, Decimal(1000)), LineDraft("Freight", 0, Decimal(50))]
    record_purchase("PO-1", by=SYSTEM, lines=lines)
    receive_units(line(), 2, by=SYSTEM, received_on=days.today())
    bring(HEADINGS + "C1,Acer,X,PO-1,500,\nC2,Acer,X,PO-1,525,\n")
    assert costs() == ["525.00"] * 2
    assert Unit.objects.count() == Asset.objects.exclude(unit=None).count() == 2


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
