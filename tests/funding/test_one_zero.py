"""There is one zero, and an amount has the places of its column: what the journal says is what the
database keeps, however it was typed."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assets.models import Disposal
from core.access import SYSTEM
from core.models import Entry
from funding.actions import LineDraft, add_line, change_award, record_purchase, set_unit_cost
from funding.models import Award, Purchase, Unit
from people.models import School, User
from tests.factories import make_asset, make_purchase
from tests.funding.mistyped import Act, act, line_of, mistyped, sound
from tests.people.test_two_editors import fields

__all__ = ["act", "mistyped"]

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
ZEROS = ["-0", "-0.00"]


def typed(client: Client, path: str, **values: str) -> int:
    """Fill in the form of a page and send it; what is answered."""
    sent = fields(client.get(path).content.decode()) | values
    status: int = client.post(path, sent).status_code
    return status


@pytest.mark.parametrize("zero", ZEROS)
def test_an_amount_of_minus_zero_is_zero_on_a_new_purchase(
    zero: str, fay: User, client_of: Of, api_of: Of
) -> None:
    page = {"number": "PO-1", "description": "Pens", "quantity": "1", "amount": zero}
    assert typed(client_of(fay), "/purchases/new/", **page) == 302
    rest = {"description": "Pens", "quantity": 1, "amount": zero}
    body = json.dumps({"number": "PO-2", "lines": [rest]})
    made = api_of(fay).post("/api/v1/purchases", body, "application/json")
    assert made.json()["lines"][0]["amount"] == "0.00"
    for told in Entry.objects.filter(kind="purchase.recorded"):
        assert told.data["rows"]["funding.purchaseline"][0]["amount"] == "0.00"
    sound()


@pytest.mark.parametrize("zero", ZEROS)
def test_fay_puts_an_amount_right_to_nothing(
    zero: str, act: Act, mistyped: Purchase, fay: User
) -> None:
    assert act(fay, mistyped, "change", 1, amount=zero, reason="A gift after all")[0]
    assert str(line_of(mistyped).amount) == "0.00"
    told = Entry.objects.get(kind="purchase.line_changed")
    assert told.changes["amount"] == ["2450.00", "0.00"]
    sound()


@pytest.mark.parametrize(("text", "kept"), [("-0.00", "0.00"), ("1E+2", "100.00"), ("+5", "5.00")])
def test_what_a_page_takes_for_a_cost_is_kept_and_told_alike(
    text: str, kept: str, mistyped: Purchase, fay: User, client_of: Of
) -> None:
    unit = Unit.objects.filter(line__purchase=mistyped).earliest("number")
    assert typed(client_of(fay), f"/units/{unit.pk}/cost/", cost=text, reason="Invoice") == 302
    unit.refresh_from_db()
    told = Entry.objects.get(kind="unit.cost_set")
    assert (str(unit.cost), told.changes["cost"]) == (kept, ["35.00", kept])
    sound()


def test_an_award_of_minus_zero(arp: Award, fay: User, client_of: Of) -> None:
    zeros = dict.fromkeys(("amount", "equipment_threshold", "federal_percent"), "-0.00")
    assert typed(client_of(fay), f"/awards/{arp.pk}/edit/", **zeros) == 302
    arp.refresh_from_db()
    assert (str(arp.amount), str(arp.federal_percent)) == ("0.00", "0.000")
    sound()


def test_ana_sells_a_thing_for_minus_zero(lincoln: School, ana: User, client_of: Of) -> None:
    asset = make_asset(school=lincoln, legacy=True, status="awaiting_disposal")
    sold = {"method": "sold", "sale_price": "-0", "fair_market_value": "-0.0", "recipient": "Bo"}
    assert typed(client_of(ana), f"/assets/{asset.pk}/dispose/", **sold) == 302
    row = Disposal.objects.get()
    assert (str(row.sale_price), str(row.fair_market_value)) == ("0.00", "0.00")
    sound()


@pytest.mark.parametrize("text", ["-0", "1E+2", "+5", "7.5", "7.500", "1.005", "2.675", "1.015"])
def test_the_journal_says_what_the_database_keeps_of_any_amount(text: str, arp: Award) -> None:
    """Whoever calls the actions: an import, a command, a door that is still to come."""
    amount = Decimal(text)
    purchase, [unit] = make_purchase(quantity=1, amount="9.00")
    set_unit_cost(unit, amount, by=SYSTEM, reason="Invoice")
    change_award(arp, by=SYSTEM, amount=amount)
    for row in (unit, arp):
        row.refresh_from_db()
    assert told("unit.cost_set", "cost") == str(unit.cost)
    assert told("award.changed", "amount") == str(arp.amount)
    if amount == amount.quantize(Decimal("0.01")):  # a line is of whole cents
        add_line(purchase, LineDraft("Pens", 1, amount), by=SYSTEM)
        record_purchase("PO-3", by=SYSTEM, lines=[LineDraft("Pens", 1, amount)])
    sound()


def told(kind: str, name: str) -> Any:
    """What the one entry of a kind says that a column became."""
    return Entry.objects.get(kind=kind).changes[name][1]
