"""What is refused for want of a second person can be asked for by every door."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.time import days
from funding.actions import ask_line, decide, reclassify
from funding.models import Award, PurchaseLine, Reclassification, UnitShare
from people.models import User
from tests.factories import make_purchase
from tests.funding.said_before import bare, everywhere_refused, ledger, line, unit_of
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import equipment

__all__ = ["bare", "equipment", "line"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
WHY = "Allowable after all"


PAID, NONE = ["1000.00"] * 3, ["0.00"] * 3


Ask = Callable[[PurchaseLine, Award, User, Of, Of], Any]


def by_line_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> Any:
    typed = {"line": line.pk, "award_1": award.pk, "percent_1": "100", "reason": WHY, "ask": "1"}
    return page(by).post(f"/purchases/{line.purchase_id}/share/", typed)


def by_rest_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> Any:
    typed = {"line": line.pk, "award_1": award.pk, "percent_1": "100", "reason": WHY, "ask": "1"}
    url = f"/purchases/{line.purchase_id}/share/"
    return page(by).post(url, typed | {"rest_only": "on"})


def by_unit_page(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> Any:
    typed = {"award_1": award.pk, "percent_1": "100", "reason": WHY, "ask": "1"}
    return page(by).post(f"/units/{unit_of(line).pk}/share/", typed)


def by_api(line: PurchaseLine, award: Award, by: User, page: Of, api: Of, **more: Any) -> Any:
    body = {"shares": [{"award": award.pk, "percent": "100"}], "reason": WHY}
    of = {"purchase": line.purchase_id, "line": 1} | more if more else {"unit": unit_of(line).pk}
    return api(by).post("/api/v1/reclassifications", body | of, "application/json")


def by_line_api(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> Any:
    return by_api(line, award, by, page, api, rest=False)


def by_rest_api(line: PurchaseLine, award: Award, by: User, page: Of, api: Of) -> Any:
    return by_api(line, award, by, page, api, rest=True)


ASKS = [by_line_page, by_rest_page, by_unit_page, by_api, by_line_api, by_rest_api]


@pytest.mark.parametrize("ask", ASKS)
def test_what_is_refused_for_want_of_a_second_person_can_be_asked_for(
    bare: PurchaseLine, arp: Award, fay: User, ana: User, client_of: Of, api_of: Of, ask: Ask
) -> None:
    everywhere_refused(bare, arp, ana, client_of, api_of)
    assert ask(bare, arp, fay, client_of, api_of).status_code in (201, 302)
    row = Reclassification.objects.get()
    assert WHY in client_of(ana).get(f"/reclassifications/{row.pk}/").content.decode()
    assert ledger(arp) == NONE
    decide(row, by=ana, approve=True)
    assert ledger(arp) == PAID


def test_it_is_asked_for_since_nobody_pays(
    line: PurchaseLine, local: Award, arp: Award, fay: User, ana: User
) -> None:
    reclassify([unit_of(line)], [], by=fay, reason=WHY, at=days.start_of_day(ENDED))
    decide(ask_line(line, all_of(arp), by=fay, reason=WHY), by=ana, approve=True)
    assert ledger(local) == ["1000.00", "0.00", "0.00"]
    assert ledger(arp) == ["0.00", "1000.00", "1000.00"]


def test_the_rest_of_a_line_is_asked_for_alone(
    local: Award, arp: Award, fay: User, ana: User
) -> None:
    purchase, units = make_purchase(
        quantity=2, amount="2000.00", shares=[(local, "100")], received_on=CAME
    )
    reclassify([units[0]], [], by=fay, reason=WHY, at=days.start_of_day(CAME))
    row = ask_line(purchase.lines.get(), all_of(arp), by=fay, reason=WHY, rest=True)
    assert [u["unit"] for u in row.plan] == [units[0].pk]
    decide(row, by=ana, approve=True)
    assert ledger(local) == ledger(arp) == PAID


@pytest.mark.parametrize("ask", [by_unit_page, by_api])
def test_what_nobody_ever_said_is_not_asked_for(
    arp: Award, fay: User, client_of: Of, api_of: Of, ask: Ask
) -> None:
    purchase, _units = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    answer = ask(purchase.lines.get(), arp, fay, client_of, api_of)
    assert "nobody needs to approve that" in answer.content.decode()
    assert not Reclassification.objects.exists()
    assert not UnitShare.objects.exists()
