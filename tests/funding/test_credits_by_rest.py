"""Discounts and credits by REST are borne as by page."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from funding.actions import LineWanted, ensure_lines
from funding.models import Purchase
from people.models import User
from tests.funding.test_credits import costs

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
Api = Callable[..., Client]


def test_rest_takes_a_discount_and_an_import_never_hangs_a_thing_on_it(
    rob: User, api_of: Api
) -> None:
    lines = [
        {"description": "Things", "quantity": 2, "amount": "100.00"},
        {"description": "Discount", "quantity": 1, "amount": "-10.01", "invoice_number": "CM-1"},
    ]
    body = {"number": "PO-9", "lines": lines}
    made = api_of(rob).post("/api/v1/purchases", body, "application/json")
    assert made.status_code == 201, made.content
    told = [(x["quantity"], x["amount"], x["kind"]) for x in made.json()["lines"]]
    assert told == [(2, "100.00", "ordered"), (0, "-10.01", "credit")]
    bad = body | {"number": "PO-10", "lines": [lines[0] | {"amount": "-0"}, lines[1]]}
    assert api_of(rob).post("/api/v1/purchases", bad, "application/json").status_code == 409
    found = ensure_lines([LineWanted("PO-9", "CM-1")], by=rob)
    assert [x.kind for x in found.values()] == ["ordered"], "a line of its own"


def test_a_discount_is_borne_by_the_other_lines_by_rest_as_by_page(
    rob: User, fay: User, api_of: Api, client_of: Browser
) -> None:
    lines = [
        {"description": "Laptops", "quantity": 3, "amount": "600.00"},
        {"description": "Carts", "quantity": 3, "amount": "400.00"},
        {"description": "Discount", "quantity": 1, "amount": "-100.01"},
    ]
    api = api_of(rob)
    made = api.post("/api/v1/purchases", {"number": "PO-11", "lines": lines}, "application/json")
    api.post(
        f"/api/v1/purchases/{made.json()['id']}/receive",
        {"line": 1, "quantity": 3, "received_on": "2026-03-01"},
        "application/json",
    )
    typed = {
        "line": Purchase.objects.get().lines.get(number=2).pk,
        "quantity": 3,
        "received_on": "2026-03-01",
    }
    client, path = client_of(fay), f"/purchases/{made.json()['id']}/receive/"
    client.post(path, client.shown(path) | typed)
    purchase = Purchase.objects.get()
    assert sum(costs(purchase, 1)) == Decimal("539.99"), "600.00 less 6 / 10 of 100.01"
    assert sum(costs(purchase, 2)) == Decimal("360.00")
    page = client_of(fay).get(f"/purchases/{purchase.pk}/").content.decode()
    assert page.count("no award or fund yet") == 2, "a discount waits for no award"
    assert page.count("spread over the other lines") == 1
