"""A purchase that was mistyped, and Fay's ways to put it right: by page and by REST."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal import verify
from funding.actions import LineDraft, receive_units, record_purchase
from funding.models import Purchase, PurchaseLine, Unit
from people.models import User
from tests.people.test_two_editors import fields

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
