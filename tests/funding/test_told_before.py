"""Money of which somebody said before who pays comes to a federal award by no detour, and by every
door that says so it can be asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from funding.actions import (
    ask_line,
    create_award,
    decide,
    reclassify,
    share_line,
)
from funding.models import Award, PurchaseLine, Reclassification, Unit, UnitShare
from people.actions.district import set_setting
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.funding.test_second_person import all_of, code_of
from tests.integrations.conftest import bring, equipment, undo, why
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
DURING, AFTER = date(2023, 6, 30), date(2024, 6, 30)
WHY = "Allowable after all"
ASK = "Who pays for it changes only after a second person approved it"


def listed(award: Award) -> str:
    return f"Tag,Cost,Award\nP1,1000.00,{award.name}\n"


def ledger(award: Award, *on: date) -> list[str]:
    return [
        build(award, as_of=day, known_at=days.now(), by=SYSTEM).extra["ledger"]
        for day in on or (DURING, AFTER, days.today())
    ]


PAID, NONE = ["1000.00"] * 3, ["0.00"] * 3


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def line(local: Award, lincoln: School) -> PurchaseLine:
    """The general fund paid for a thing since 2022."""
    purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(local, "100")], received_on=CAME
    )
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    return purchase.lines.get()


@pytest.fixture
def bare(line: PurchaseLine, fay: User) -> PurchaseLine:
    """It never paid after all."""
    reclassify([unit_of(line)], [], by=fay, reason=WHY, at=days.start_of_day(CAME))
    return line


def unit_of(line: PurchaseLine) -> Unit:
    return Unit.objects.get(line=line, voided_at=None)


def everywhere_refused(line: PurchaseLine, arp: Award, by: User, page: Of, api: Of) -> None:
    """On the page of the line and of the unit, by REST, and by a list."""
    share = {"award": arp.pk, "percent": "100"}
    for more in ({}, {"rest": True}):
        body = {"line": 1, "shares": [share], **more}
        rest_says(api(by), f"purchases/{line.purchase_id}/share", body, "approval-required", ASK)
    typed: dict[str, Any] = {"award_1": arp.pk, "percent_1": "100"}
    for url, more in (
        (f"/purchases/{line.purchase_id}/share/", {"line": line.pk}),
        (f"/units/{unit_of(line).pk}/share/", {}),
    ):
        page_says(page(by), url, typed | more, "approval-required", ASK)
    if Asset.objects.filter(unit=unit_of(line)).exists():
        assert ASK in why(bring(listed(arp), by=by, name="federal.csv"))
    assert ledger(arp) == NONE


def test_an_undone_list_makes_nothing_unsaid(
    bare: PurchaseLine, arp: Award, gift: Award, ana: User, client_of: Of, api_of: Of
) -> None:
    everywhere_refused(bare, arp, ana, client_of, api_of)
    session = bring(listed(gift), by=ana)
    assert ledger(gift) == PAID
    undo(session, by=ana)
    assert ledger(gift) == NONE
    everywhere_refused(bare, arp, ana, client_of, api_of)


def test_where_only_lists_that_were_undone_said_it_nothing_was_said(
    arp: Award, gift: Award, ana: User, lincoln: School
) -> None:
    purchase, [unit] = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    for n in range(2):
        undo(bring(listed(gift), by=ana, name=f"{n}.csv"), by=ana)
    share_line(purchase.lines.get(), all_of(arp), by=ana)
    assert ledger(arp) == PAID


def received_anew(line: PurchaseLine, by: User, api: Of) -> Unit:
    """Its thing lets go of it, it is void, and the same line is received again."""
    asset = Asset.objects.get(tag="P1")
    change_asset(asset, by=by, unit=None, reason=WHY)
    told = {"reason": "Never came"}
    path = f"/api/v1/units/{unit_of(line).pk}/void"
    assert api(by).post(path, told, "application/json").status_code == 200
    body = {"line": 1, "quantity": 1, "received_on": CAME.isoformat()}
    path = f"/api/v1/purchases/{line.purchase_id}/receive"
    assert api(by).post(path, body, "application/json").status_code == 200
    return unit_of(line)


def test_what_is_received_in_the_place_of_a_void_unit_is_the_same_money(
    line: PurchaseLine, arp: Award, local: Award, ana: User, client_of: Of, api_of: Of
) -> None:
    unit = received_anew(line, ana, api_of)
    everywhere_refused(line, arp, ana, client_of, api_of)
    change_asset(Asset.objects.get(tag="P1"), by=ana, unit=unit, reason=WHY)
    everywhere_refused(line, arp, ana, client_of, api_of)
    share_line(line, all_of(local), by=ana)
    assert ledger(local) == PAID


def test_nor_does_a_list_bring_it_on_the_same_line(
    line: PurchaseLine, arp: Award, local: Award, ana: User, api_of: Of
) -> None:
    number = line.purchase.number
    asset = Asset.objects.get(tag="P1")
    change_asset(asset, by=ana, unit=None, reason=WHY)
    told = {"reason": "Never came"}
    path = f"/api/v1/units/{unit_of(line).pk}/void"
    assert api_of(ana).post(path, told, "application/json").status_code == 200

    def row(award: str, name: str) -> str:
        rows = f"Tag,Acquired,Cost,Award,PO\nP1,2022-08-01,1000.00,{award},{number}\n"
        return why(bring(rows, by=ana, name=name))

    assert ASK in row(arp.name, "federal.csv")
    assert not Unit.objects.filter(voided_at=None).exists()
    assert not row("", "nobody.csv")
    brought = Unit.objects.get(voided_at=None).line
    assert code_of(lambda: share_line(brought, all_of(arp), by=ana)) == "approval-required"
    assert not row(local.name, "local.csv")
    assert ledger(local) == PAID
    assert ledger(arp) == NONE


def test_another_purchase_is_money_of_its_own(
    local: Award, arp: Award, ana: User, fay: User, api_of: Of
) -> None:
    purchase, units = make_purchase(quantity=2, amount="2000.00", received_on=CAME)
    line = purchase.lines.get()
    share_line(line, all_of(local), by=fay)
    path, told = f"/api/v1/units/{units[1].pk}/void", {"reason": "Never came"}
    assert api_of(ana).post(path, told, "application/json").status_code == 200
    other, _units = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    share_line(other.lines.get(), all_of(arp), by=fay)
    assert ledger(arp) == PAID


def test_what_moves_over_a_void_unit_counts_against_the_district_s_amount(
    line: PurchaseLine, gift: Award, ana: User, api_of: Of
) -> None:
    set_setting("reclassification_approval_from", "1500", by=ana, starts_on=days.today())
    received_anew(line, ana, api_of)
    assert code_of(lambda: share_line(line, all_of(gift), by=ana)) == "approval-required"


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
