"""What is received before the unit that it stands for is void is bought with the same money as what
is received after: asked is on what a thing ever stood."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import (
    LineDraft,
    receive_units,
    record_purchase,
    share_unit,
)
from funding.models import Award, Purchase, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset
from tests.funding.test_second_person import all_of
from tests.funding.test_thing_moves import put_on
from tests.integrations.conftest import bring, equipment, why
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, DURING = date(2022, 8, 1), date(2023, 6, 30)
WHY = "Never came"
ASK = "Who pays for it changes only after a second person approved it"


def told(award: Award) -> list[tuple[list[str], str]]:
    """Of an award's record on days past and today: the tags and the ledger."""
    assert verify.verify().findings == []
    found = []
    for day in (CAME, DURING, days.today()):
        record = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
        found.append((sorted(row[0] for row in record.rows), record.extra["ledger"]))
    return found


NONE = [([], "0.00")] * 3
PAID = [(["X"], "1000.00")] * 3


@pytest.fixture(params=["one line", "two lines"])
def purchase(request: pytest.FixtureRequest, local: Award, fay: User, lincoln: School) -> Purchase:
    """Two are ordered, on one line or two; one came in 2022, and the general fund paid for it."""
    lines = {
        "one line": [LineDraft("Laptops", 2, Decimal(2000))],
        "two lines": [LineDraft("Laptop", 1, Decimal(1000)) for _n in range(2)],
    }[request.param]
    purchase = record_purchase("PO-T5", by=SYSTEM, lines=lines)
    line = purchase.lines.get(number=1)
    [unit] = receive_units(line, 1, by=SYSTEM, received_on=CAME)
    share_unit(unit, all_of(local), by=fay, at=None, reason="")
    make_asset(school=lincoln, tag="X", serial="SX", unit=unit, acquired_on=CAME)
    return purchase


def post(api: Client, path: str, body: Any) -> None:
    answer = api.post(f"/api/v1/{path}", body, "application/json")
    assert answer.status_code in (200, 201), answer.content


def received(purchase: Purchase, api: Client) -> Unit:
    """The other is received, too."""
    body = {"line": purchase.lines.count(), "quantity": 1, "received_on": CAME.isoformat()}
    post(api, f"purchases/{purchase.pk}/receive", body)
    return Unit.objects.order_by("-pk")[0]


def voided(unit: int | None, api: Client) -> None:
    post(api, f"units/{unit}/void", {"reason": WHY})


def body_of(unit: Unit, award: Award) -> dict[str, Any]:
    return {
        "line": unit.line.number,
        "shares": [{"award": award.pk, "percent": "100"}],
        "reason": WHY,
    }


@pytest.fixture
def substitute(purchase: Purchase, fay: User, ana: User, api_of: Of) -> Unit:
    """The thing was put on it, and the one before it is void."""
    unit, thing = received(purchase, api_of(fay)), Asset.objects.get()
    first = thing.unit_id
    assert put_on(thing, unit, api_of(ana)).status_code == 200
    voided(first, api_of(fay))
    return unit


def test_it_comes_to_a_federal_award_at_no_door(
    substitute: Unit, arp: Award, fay: User, ana: User, api_of: Of, client_of: Of
) -> None:
    order, page = substitute.line.purchase_id, client_of(fay)
    rest_says(
        api_of(fay), f"purchases/{order}/share", body_of(substitute, arp), "approval-required", ASK
    )
    typed = {"award_1": arp.pk, "percent_1": "100", "reason": WHY}
    line = {"line": substitute.line_id}
    page_says(page, f"/purchases/{order}/share/", typed | line, "approval-required", ASK)
    page_says(page, f"/units/{substitute.pk}/share/", typed, "approval-required", ASK)
    assert ASK in why(bring(f"Tag,Cost,Award\nX,1000.00,{arp.name}\n", by=ana))
    assert told(arp) == NONE
    asked = api_of(fay).post(
        "/api/v1/reclassifications",
        body_of(substitute, arp) | {"purchase": order},
        "application/json",
    )
    assert asked.status_code == 201, asked.content
    post(api_of(ana), f"reclassifications/{asked.json()['id']}/decide", {"decision": "approve"})
    assert told(arp) == PAID


def test_nor_once_another_row_stands_for_it(
    substitute: Unit, arp: Award, fay: User, ana: User, lincoln: School, api_of: Of
) -> None:
    """The thing is said never to have been; what hangs there now says no serial number."""
    post(api_of(ana), f"assets/{Asset.objects.get().pk}/void", {"reason": WHY})
    make_asset(school=lincoln, tag="Y", serial="", unit=substitute, acquired_on=CAME)
    path = f"purchases/{substitute.line.purchase_id}/share"
    rest_says(api_of(fay), path, body_of(substitute, arp), "approval-required", ASK)
    assert told(arp) == NONE


def test_the_same_money_pays_for_it(substitute: Unit, local: Award, fay: User, api_of: Of) -> None:
    path = f"purchases/{substitute.line.purchase_id}/share"
    post(api_of(fay), path, body_of(substitute, local))
    assert told(local) == PAID


def test_the_other_thing_of_a_purchase_is_of_its_own_money(
    purchase: Purchase, arp: Award, local: Award, fay: User, ana: User, lincoln: School, api_of: Of
) -> None:
    """Also where the first was put on its unit by mistake, while that one is not void."""
    unit, thing = received(purchase, api_of(fay)), Asset.objects.get()
    first = thing.unit
    for one in (unit, first):
        assert put_on(Asset.objects.get(tag="X"), one, api_of(ana)).status_code == 200
    make_asset(school=lincoln, tag="Z", unit=unit, acquired_on=CAME)
    share_unit(unit, all_of(arp), by=fay, at=None, reason="")
    assert told(arp) == [(["Z"], "1000.00")] * 3
    assert told(local) == PAID
