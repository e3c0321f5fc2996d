"""What one person may not do at once they may not do in steps either."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.actions import ShareDraft, create_award, reclassify, share_unit, share_units
from funding.models import Award, Unit, UnitShare
from people.actions.district import set_setting
from people.models import User
from tests.factories import make_purchase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
WHY = "Allowable after all"


def all_of(award: Award) -> list[ShareDraft]:
    return [ShareDraft(award, percent=Decimal(100))]


def refused(act: Callable[[], object]) -> bool:
    with pytest.raises(Refused) as error:
        act()
    return {p.code for p in error.value.problems} == {"approval-required"}


def paid(unit: Unit) -> set[str]:
    rows = UnitShare.objects.filter(unit=unit, known_to=None, valid_to=None)
    return set(rows.values_list("award__name", flat=True))


def unit_of(award: Award, at: int = 30) -> Unit:
    _purchase, (unit,) = make_purchase(
        quantity=1, amount="50000.00", shares=[(award, "100")], at=days.now() - timedelta(days=at)
    )
    return unit


@pytest.mark.parametrize("days_ago", [None, 0, 5, 30])
def test_cost_comes_to_a_federal_award_by_no_detour(
    local: Award, arp: Award, fay: User, days_ago: int | None
) -> None:
    """First nobody pays, then a federal award does: whenever the first step is said to begin."""
    unit = unit_of(local)
    at = None if days_ago is None else days.now() - timedelta(days=days_ago)
    assert refused(lambda: share_unit(unit, all_of(arp), by=fay, at=at, reason=WHY))
    share_unit(unit, [], by=fay, at=at, reason=WHY)
    for again in (None, days.now(), days.now() - timedelta(days=20)):
        assert refused(lambda: share_unit(unit, all_of(arp), by=fay, at=again, reason=WHY))  # noqa: B023
    assert paid(unit) == set()


def test_it_comes_by_rest_by_no_detour(
    local: Award, arp: Award, fay: User, api_of: Callable[..., Client]
) -> None:
    unit, api = unit_of(local), api_of(fay)
    path = f"/api/v1/units/{unit.pk}/reclassify"
    to_arp = {"shares": [{"award": arp.pk, "percent": "100"}], "reason": WHY}
    for body, status in ((to_arp, 409), ({"shares": [], "reason": WHY}, 200), (to_arp, 409)):
        answer = api.post(path, body | {"at": days.now().isoformat()}, "application/json")
        assert answer.status_code == status, answer.content
    assert paid(unit) == set()


def test_money_of_the_past_counts_against_the_district_s_amount(
    local: Award, ana: User, fay: User
) -> None:
    set_setting("reclassification_approval_from", "400", by=ana, starts_on=days.today())
    bond = create_award(by=SYSTEM, program=local.program, name="Bond")
    unit = unit_of(local, at=80)
    moment = days.now() - timedelta(days=5)
    set_aside = UnitShare.objects.filter(unit=unit)
    assert refused(lambda: reclassify([unit], all_of(bond), by=fay, reason=WHY, at=moment))
    share_unit_approved(unit, bond, moment)
    earlier = days.now() - timedelta(days=75)
    assert refused(lambda: reclassify([unit], all_of(bond), by=fay, reason=WHY, at=earlier))
    assert set_aside.filter(known_to=None).count() == 2


def share_unit_approved(unit: Unit, award: Award, at: object) -> None:
    from funding.actions.shares import units_plan, write

    plan = units_plan([(unit, all_of(award))])
    write(plan, by=SYSTEM, at=at, kind="unit.reclassified", data={"reason": WHY}, approved=True)  # type: ignore[arg-type]


def test_what_comes_back_counts_against_the_district_s_amount(
    local: Award, ana: User, fay: User
) -> None:
    unit = unit_of(local)
    share_unit(unit, [], by=fay, at=None, reason=WHY)
    set_setting("reclassification_approval_from", "400", by=ana, starts_on=days.today())
    assert refused(lambda: share_unit(unit, all_of(local), by=fay, at=days.now(), reason=WHY))


def test_what_an_undone_import_said_was_not_said(arp: Award, fay: User) -> None:
    """Its file is brought again, and pays again without a second person."""
    _purchase, (unit,) = make_purchase(quantity=1, amount="50000.00")
    began = days.now() - timedelta(days=3)
    share_units([(unit, all_of(arp))], by=fay, at=began)
    share_units([(unit, [])], by=fay, at=began, undoing=True)
    share_units([(unit, all_of(arp))], by=fay, at=began)
    assert paid(unit) == {arp.name}
