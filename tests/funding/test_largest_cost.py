"""What the things of a line would cost with their part of the freight is asked when the line is
entered or changed: more than a column holds is refused with a sentence, by page and by REST, and
nothing is kept of it."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from funding.actions import LineDraft, add_line, receive_units, record_purchase, set_unit_cost
from funding.models import Purchase, Unit
from funding.rules import credits as borne_by_others
from people.models import User
from tests.factories import make_purchase
from tests.funding.mistyped import DAY, Act, act, sound
from tests.people.test_two_editors import fields

__all__ = ["act"]

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
MOST = "999999999999.99"
SAID = "Look whether one of the amounts has a digit too many."


def freight(amount: str) -> LineDraft:
    return LineDraft("Freight", 0, Decimal(amount))


def ordered(*lines: LineDraft, received: bool = False) -> Purchase:
    purchase = record_purchase("PO-1", by=SYSTEM, lines=lines)
    if received:
        receive_units(purchase.lines.get(number=1), 1, by=SYSTEM, received_on=DAY)
    return purchase


def test_a_purchase_of_lines_that_cost_too_much_is_not_recorded(rob: User, api_of: Of) -> None:
    lines = [
        {"description": "Laptop", "quantity": 1, "amount": MOST},
        {"description": "Freight", "quantity": 0, "amount": "0.01"},
    ]
    body = {"number": "PO-1", "lines": lines}
    answer = api_of(rob).post("/api/v1/purchases", json.dumps(body), "application/json")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "cost-too-large")
    assert "would cost $1,000,000,000,000.00, and the most that a line costs is" in str(
        answer.json()
    )
    assert not Purchase.objects.exists()
    body["lines"] = lines[:1]
    made = api_of(rob).post("/api/v1/purchases", json.dumps(body), "application/json")
    assert made.status_code == 201, "as much as a column holds is taken"
    answer = receive(api_of(rob), made.json()["id"])
    assert answer.json()["units"][0]["cost"] == MOST
    sound()


@pytest.mark.parametrize("received", [False, True])
def test_fay_adds_no_freight_beyond_what_a_column_holds(
    received: bool, fay: User, client_of: Of
) -> None:
    purchase = ordered(LineDraft("Laptop", 1, Decimal(MOST)), received=received)
    client, path = client_of(fay), f"/purchases/{purchase.pk}/lines/new/"
    typed: dict[str, Any] = {"description": "Freight", "quantity": "0", "reason": "Invoice"}
    sent = fields(client.get(path).content.decode()) | typed | {"amount": MOST}
    answer = client.post(path, sent)
    assert answer.status_code == 200
    assert SAID in answer.content.decode()
    assert purchase.lines.count() == 1
    assert [u.cost for u in Unit.objects.all()] == [Decimal(MOST)] * received
    sound()


@pytest.mark.parametrize("received", [False, True])
@pytest.mark.parametrize("line", [1, 2])
def test_no_amount_is_changed_to_more_than_a_column_holds(
    line: int, received: bool, act: Act, fay: User
) -> None:
    purchase = ordered(LineDraft("Laptop", 1, Decimal("1.00")), freight("1.00"), received=received)
    done, answer = act(fay, purchase, "change", line, amount=MOST, reason="Invoice")
    assert not done
    assert SAID in answer
    assert {x.amount for x in purchase.lines.all()} == {Decimal("1.00")}
    assert [u.cost for u in Unit.objects.all()] == [Decimal("2.00")] * received
    assert act(fay, purchase, "change", line, amount="999999999998.99", reason="Invoice")[0]
    sound()


def test_a_discount_that_makes_room_stays(act: Act, fay: User) -> None:
    purchase = ordered(
        LineDraft("Laptop", 1, Decimal(MOST)), freight("5.00"), LineDraft("Less", 1, Decimal(-5))
    )
    done, answer = act(fay, purchase, "remove", 3)
    assert not done
    assert SAID in answer or "cost-too-large" in answer
    assert purchase.lines.count() == 3


def test_what_an_older_version_took_is_not_received_until_it_is_put_right(
    fay: User, api_of: Of, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    with monkeypatch.context() as before:
        before.setattr(borne_by_others, "MOST", Decimal("Infinity"))
        purchase = ordered(LineDraft("Laptop", 1, Decimal(MOST)))
        add_line(purchase, freight(MOST), by=SYSTEM)
    answer = receive(api_of(fay), purchase.pk)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "cost-too-large")
    assert not Unit.objects.exists()
    assert act(fay, purchase, "change", 2, quantity="0", amount="1.00")[0] is False
    assert act(fay, purchase, "change", 1, amount="1500.00")[0] is False, "the freight is too much"
    assert act(fay, purchase, "remove", 2)[0]
    assert receive(api_of(fay), purchase.pk).status_code == 200


def test_no_unit_costs_more_than_a_column_holds() -> None:
    """Whoever calls it: pages and REST take no such amount."""
    _purchase, [unit] = make_purchase(quantity=1, amount="9.00")
    with pytest.raises(Refused) as refused:
        set_unit_cost(unit, Decimal("1000000000000.00"), by=SYSTEM, reason="Invoice")
    assert [p.code for p in refused.value.problems] == ["cost-too-large"]
    unit.refresh_from_db()
    assert unit.cost == Decimal("9.00")


def receive(api: Client, purchase: int) -> Any:
    body = {"line": 1, "quantity": 1, "received_on": "2026-03-01"}
    return api.post(f"/api/v1/purchases/{purchase}/receive", json.dumps(body), "application/json")
