"""A void says that no award ever paid: past days count as much as today."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.time import days
from funding.actions import (
    ShareDraft,
    ask_unit,
    decide,
    share_unit,
    void_unit,
)
from funding.models import Award, Reclassification, Unit, UnitShare
from funding.rules.chronology import shown
from people.models import User
from tests.factories import make_purchase
from tests.funding.test_second_person import WHY, all_of, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
Of = Callable[[User], Client]
SINCE = date(2022, 5, 3)


def paid_since(award: Award, fay: User, *, parts: list[ShareDraft] | None = None) -> Unit:
    """A unit that an award pays for since its receipt in 2022, and on which no thing hangs."""
    _purchase, (unit, *_more) = make_purchase(received_on=SINCE)
    share_unit(unit, parts or all_of(award), by=fay, at=None, reason="")
    return unit


@pytest.fixture
def unit(arp: Award, local: Award, fay: User, ana: User) -> Unit:
    """ARP paid for it since 2022, the general fund does from now on: approved."""
    unit = paid_since(arp, fay)
    decide(ask_unit(unit, all_of(local), by=fay, reason=WHY), by=ana, approve=True)
    return unit


def years(unit: Unit) -> list[tuple[str, date]]:
    rows = UnitShare.objects.known().filter(unit=unit).order_by("valid_from")
    return [(s.award.name, days.local_date(s.valid_from)) for s in rows]


def test_federal_years_that_ended_are_not_voided_by_one_person(
    unit: Unit, arp: Award, local: Award, fay: User, api_of: Of
) -> None:
    answer = api_of(fay).post(f"/api/v1/units/{unit.pk}/void", {"reason": WHY}, "application/json")
    assert answer.status_code == 409, answer.content
    (error,) = answer.json()["errors"]
    assert error["code"] == "approval-required"
    assert shown(SINCE) in error["message"], "since when is said"
    assert years(unit) == [(arp.name, SINCE), (local.name, days.today())]


def test_what_the_refusal_says_is_what_leads_to_a_void(
    unit: Unit, fay: User, ana: User, client_of: Of
) -> None:
    page = client_of(fay)
    path = f"/units/{unit.pk}/void/"
    assert shown(SINCE) in page.post(path, {"reason": WHY}).content.decode()
    typed = {"award_1": "", "on": SINCE.isoformat(), "reason": WHY, "ask": "1"}
    page.post(f"/units/{unit.pk}/share/", typed)
    row = Reclassification.objects.get(done_at=None)
    client_of(ana).post(f"/reclassifications/{row.pk}/", {"approve": "1"})
    assert years(unit) == []
    page.post(path, {"reason": WHY})
    unit.refresh_from_db()
    assert unit.voided_at


def test_who_paid_once_can_be_taken_off_on_the_page_though_nobody_pays_now(
    arp: Award, fay: User, ana: User, client_of: Of
) -> None:
    unit = paid_since(arp, fay)
    decide(ask_unit(unit, [], by=fay, reason=WHY), by=ana, approve=True)
    assert code_of(lambda: void_unit(unit, by=fay, reason=WHY)) == "approval-required"
    typed = {"award_1": "", "on": SINCE.isoformat(), "reason": WHY, "ask": "1"}
    client_of(fay).post(f"/units/{unit.pk}/share/", typed)
    decide(Reclassification.objects.get(done_at=None), by=ana, approve=True)
    assert void_unit(unit, by=fay, reason=WHY).voided_at


def test_a_federal_share_of_nothing_counts(arp: Award, local: Award, fay: User) -> None:
    """R1 of the award lists what it pays $0.00 of, too."""
    parts = [ShareDraft(arp, Decimal(0)), ShareDraft(local, Decimal("300.00"))]
    unit = paid_since(arp, fay, parts=parts)
    assert code_of(lambda: void_unit(unit, by=fay, reason=WHY)) == "approval-required"


def test_local_money_alone_is_voided_as_before(local: Award, fay: User) -> None:
    unit = paid_since(local, fay)
    assert void_unit(unit, by=fay, reason=WHY).voided_at
    assert years(unit) == []
