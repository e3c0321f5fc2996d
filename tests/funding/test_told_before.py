"""Money of which somebody said before who pays comes to a federal award by no detour."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset
from core.time import days
from funding.actions import share_line
from funding.models import Award, PurchaseLine, Unit
from people.actions.district import set_setting
from people.models import School, User
from tests.factories import make_asset, make_purchase
from tests.funding.said_before import bare, everywhere_refused, gift, ledger, line, listed, unit_of
from tests.funding.test_second_person import all_of, code_of
from tests.integrations.conftest import bring, equipment, undo, why

__all__ = ["bare", "equipment", "gift", "line"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
WHY = "Allowable after all"
ASK = "Who pays for it changes only after a second person approved it"


PAID, NONE = ["1000.00"] * 3, ["0.00"] * 3


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
