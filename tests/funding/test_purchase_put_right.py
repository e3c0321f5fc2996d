"""Fay puts right the number of a purchase, and takes off a line that never was."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import NotPermitted, Refused, Stale
from funding.actions import (
    LineDraft,
    LineWanted,
    add_line,
    change_line,
    change_purchase,
    ensure_lines,
    receive_units,
    record_purchase,
    remove_line,
    void_unit,
)
from funding.models import Purchase
from funding.models.purchase import LineKind
from people.models import User
from tests.funding.mistyped import act, costs, line_of, mistyped, sound

__all__ = ["act", "mistyped"]

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
Act = Callable[..., tuple[bool, str]]
DAY = date(2026, 3, 1)


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
    before = Purchase.objects.get().version
    told = Entry.objects.filter(kind="purchase.line_changed").count()
    remove_line(line, by=fay, reason="Another order's")
    assert Purchase.objects.get().version == before, "whose form is open may send it"
    assert Entry.objects.filter(kind="purchase.line_changed").count() == told
    sound()


def test_the_number_of_a_line_is_given_once(mistyped: Purchase, fay: User, client_of: Of) -> None:
    """The history names lines by it: what is told of one that is gone is not another's."""
    add_line(mistyped, LineDraft("Laptosp", 7), by=SYSTEM)
    remove_line(line_of(mistyped, 2), by=fay)
    typed = {"description": "Cases", "quantity": "7"}
    url = f"/purchases/{mistyped.pk}/"
    assert client_of(fay).post(f"{url}lines/new/", typed).status_code == 302
    assert line_of(mistyped, 3).description == "Cases"
    remove_line(line_of(mistyped, 3), by=fay)
    brought = ensure_lines([LineWanted("26-0O1", "I-1")], by=SYSTEM)
    assert [x.number for x in brought.values()] == [4], "nor does a list give it again"
    added = Entry.objects.filter(kind="purchase.line_added").values_list("data__line", flat=True)
    assert list(added.order_by("pk")) == [2, 3, 4]
    sound()


def test_of_lines_that_are_all_gone_the_numbers_are_gone(fay: User) -> None:
    purchase = record_purchase("PO-1", by=SYSTEM, lines=[LineDraft("Laptops", 2)])
    remove_line(line_of(purchase), by=fay)
    assert add_line(purchase, LineDraft("Cases", 2), by=fay).number == 2


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
    for change in (change_line, remove_line):
        with pytest.raises(NotPermitted):
            change(line_of(mistyped), by=tom)
