"""Fay puts right what was mistyped of a purchase: its number, and the quantity, amount and words of
its lines; and takes off a line that never was. By page and by REST."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from core.models import Entry
from core.problems import NotPermitted, Refused, Stale
from funding.actions import (
    LineDraft,
    LineWanted,
    ShareDraft,
    add_line,
    change_line,
    change_purchase,
    ensure_lines,
    receive_units,
    record_purchase,
    remove_line,
    set_unit_cost,
    share_line,
    void_unit,
)
from funding.models import Award, Purchase, PurchaseLine, Unit
from funding.models.purchase import LineKind
from people.models import User
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
Act = Callable[..., tuple[bool, str]]
DAY = date(2026, 3, 1)


@pytest.fixture
def mistyped() -> Purchase:
    """Typed O for 0, and 70 for 7; seven came."""
    lines = [LineDraft("Laptops", 70, Decimal("2450.00"))]
    purchase = record_purchase("26-0O1", by=SYSTEM, lines=lines)
    receive_units(purchase.lines.get(), 7, by=SYSTEM, received_on=DAY)
    return purchase


@pytest.fixture(params=["page", "rest"])
def act(request: pytest.FixtureRequest, client_of: Of, api_of: Of) -> Act:
    """Do something to a purchase (`edit`) or one of its lines (`change`, `remove`) as somebody.
    Whether it was done, and what is answered."""

    def page(who: User, purchase: Purchase, how: str, line: int = 0, **values: str) -> Any:
        of = {"edit": "edit/", "change": f"lines/{line}/", "remove": f"lines/{line}/remove/"}
        url, client = f"/purchases/{purchase.pk}/{of[how]}", client_of(who)
        answer = client.post(url, {**fields(client.get(url).content.decode()), **values})
        return answer.status_code == 302, answer.content.decode()

    def rest(who: User, purchase: Purchase, how: str, line: int = 0, **values: str) -> Any:
        url, api = f"/api/v1/purchases/{purchase.pk}", api_of(who)
        seen = {"If-Match": api.get(url)["ETag"]}
        body: dict[str, Any] = {**values, **({"line": line} if line else {})}
        if "quantity" in body:
            body["quantity"] = int(body["quantity"])
        send, to = (api.patch, url) if how == "edit" else (api.post, f"{url}/{how}-line")
        answer = send(to, json.dumps(body), "application/json", headers=seen)
        return answer.status_code == 200, str(answer.json())

    def told(*args: Any, **values: str) -> tuple[bool, str]:
        done, answer = (page if request.param == "page" else rest)(*args, **values)
        return done, str(answer).replace("&#x27;", "'")

    return told


def costs(purchase: Purchase) -> list[Decimal | None]:
    units = Unit.objects.filter(line__purchase=purchase, voided_at=None)
    return list(units.order_by("number").values_list("cost", flat=True))


def line_of(purchase: Purchase, number: int = 1) -> PurchaseLine:
    return PurchaseLine.objects.get(purchase=purchase, number=number)


def sound() -> None:
    assert verify.verify().findings == []


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
    assert "A line is for at least one thing." in answer
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


def test_a_number_is_put_right(act: Act, mistyped: Purchase, fay: User) -> None:
    record_purchase("26-002", by=SYSTEM, lines=[LineDraft("Cases", 1)])
    for number, why in (
        ("26-001", "say why it changes"),
        ("26-002", "There is a purchase of this number already"),
    ):
        done, answer = act(fay, mistyped, "edit", number=number)
        assert not done
        assert why in answer
    assert act(fay, mistyped, "edit", number="26-001", reason="Typed O for 0")[0]
    mistyped.refresh_from_db()
    assert mistyped.number == "26-001"
    told = Entry.objects.get(kind="purchase.changed")
    assert told.changes["number"] == ["26-0O1", "26-001"]
    with pytest.raises(Refused, match="Give the PO number"):
        change_purchase(mistyped, by=fay, number=" ", reason="None")
    sound()


def test_a_list_finds_its_purchase_again(act: Act, fay: User) -> None:
    wanted = LineWanted("INITIAL-list", "", "", LineKind.INITIAL_BALANCE)
    [line] = ensure_lines([wanted], by=SYSTEM).values()
    done, answer = act(fay, line.purchase, "edit", number="26-001")
    assert not done
    assert "A list brought this without a purchase order, and finds it by this." in answer


def test_a_line_that_never_was_is_taken_off(act: Act, mistyped: Purchase, fay: User) -> None:
    add_line(mistyped, LineDraft("Laptosp", 7, Decimal("100.00")), by=SYSTEM)
    assert act(fay, mistyped, "remove", 2)[0]
    assert [line.number for line in mistyped.lines.all()] == [1]
    told = Entry.objects.get(kind="purchase.line_removed")
    assert (told.by_id, told.data["line"]) == (fay.pk, 2)
    done, answer = act(fay, mistyped, "remove", 1)
    assert not done
    assert "Something of it was received: change its quantity to what came." in answer
    sound()


def test_a_discount_that_is_taken_off_is_borne_no_more(
    act: Act, mistyped: Purchase, fay: User
) -> None:
    change_line(line_of(mistyped), by=fay, quantity=7, reason="Typed 70 for 7")
    add_line(mistyped, LineDraft("Rebate", 1, Decimal(-70)), by=SYSTEM, reason="Memo")
    assert costs(mistyped) == [Decimal("340.00")] * 7
    done, answer = act(fay, mistyped, "remove", 2)
    assert not done
    assert "say why it changes" in answer
    assert act(fay, mistyped, "remove", 2, reason="Of another order")[0]
    assert costs(mistyped) == [Decimal("350.00")] * 7
    sound()


def test_of_what_was_void_the_line_stays_and_nothing_is_to_come(fay: User) -> None:
    purchase = record_purchase("PO-1", by=SYSTEM, lines=[LineDraft("Laptops", 2, Decimal(10))])
    (unit,) = receive_units(line_of(purchase), 1, by=SYSTEM, received_on=DAY)
    void_unit(unit, by=fay, reason="Another order's")
    remove_line(line_of(purchase), by=fay, reason="Another order's")
    line = line_of(purchase)
    assert (line.quantity, line.amount) == (0, None)
    sound()


def test_two_officers_and_a_dock(mistyped: Purchase, fay: User, tom: User, api_of: Of) -> None:
    """Who read the purchase before somebody changed a line of it is told."""
    url = f"/api/v1/purchases/{mistyped.pk}"
    seen = {"If-Match": api_of(fay).get(url)["ETag"]}
    change_line(line_of(mistyped), by=SYSTEM, account="11-000")
    body = json.dumps({"line": 1, "account": "12-000"})
    old = api_of(fay).post(f"{url}/change-line", body, "application/json", headers=seen)
    assert old.status_code == 412
    none = api_of(fay).post(f"{url}/change-line", body, "application/json")
    assert none.status_code == 428
    with pytest.raises(Stale):
        remove_line(line_of(mistyped), by=fay, version=1)
    for act in (change_line, remove_line):
        with pytest.raises(NotPermitted):
            act(line_of(mistyped), by=tom)
