"""The day on which a thing was acquired is no way around who decides on its money."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset, correct_asset, register_asset, void_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import ask_unit, create_award, decide, reclassify, share_unit
from funding.models import Award, Unit, UnitShare
from people.actions.district import set_setting
from people.models import School, User
from tests.factories import make_product
from tests.funding.test_second_person import all_of, code_of
from tests.integrations.conftest import bring, equipment, look_at, why
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
Of = Callable[[User], Client]
ACQUIRED, SINCE, LATER = date(2022, 7, 1), date(2025, 1, 1), date(2025, 6, 1)
WHY = "The invoice says so"
SAID = "What paid for it before 06/01/2025 would never have"


def listed(award: Award, equipment: Category) -> Asset:
    """A thing of a list, which says when it was acquired and who paid, and no day of receipt."""
    bring(
        f"Tag,Category,Make,Model,Acquired,Cost,Award\nK1,{equipment},Zeta,Z1,2022-07-01,777.11,"
        f"{award}\n"
    )
    return Asset.objects.get(tag="K1")


def moved(asset: Asset, award: Award, fay: User, ana: User, day: date = SINCE) -> None:
    """From a day on another award pays: asked and approved."""
    unit = unit_of(asset)
    row = ask_unit(unit, all_of(award), by=fay, reason=WHY, at=days.start_of_day(day))
    decide(row, by=ana, approve=True)


def unit_of(asset: Asset) -> Unit:
    assert asset.unit is not None
    return asset.unit


def pays(asset: Asset) -> list[tuple[str, date]]:
    """Who pays since when, as known now; the journal tells the same."""
    assert verify.verify().findings == []
    rows = UnitShare.objects.known().filter(unit=unit_of(asset)).order_by("valid_from")
    return [(s.award.name, days.local_date(s.valid_from)) for s in rows]


@pytest.fixture
def thing(arp: Award, local: Award, fay: User, ana: User, equipment: Category) -> Asset:
    """ARP paid for it since 2022, the general fund does since 2025."""
    asset = listed(arp, equipment)
    moved(asset, local, fay, ana)
    return asset


DOORS: dict[str, Callable[[Asset, User], Any]] = {
    "correct": lambda asset, by: correct_asset(asset, by=by, reason=WHY, acquired_on=LATER),
    "change": lambda asset, by: change_asset(asset, by=by, acquired_on=LATER),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["tom", "rob", "ana"])
def test_nobody_dates_federal_years_away(
    thing: Asset, tom: User, rob: User, ana: User, door: str, who: str
) -> None:
    by = {"tom": tom, "rob": rob, "ana": ana}[who]
    assert code_of(lambda: DOORS[door](thing, by)) == "approval-required"


@pytest.mark.parametrize("who", ["tom", "rob", "ana"])
def test_nor_by_taking_the_day_back(
    thing: Asset, arp: Award, local: Award, tom: User, rob: User, ana: User, who: str
) -> None:
    """Who does not know any more when it came knows no later day: the list's stands in."""
    change_asset(thing, by={"tom": tom, "rob": rob, "ana": ana}[who], acquired_on=None)
    assert pays(thing) == [(arp.name, ACQUIRED), (local.name, SINCE)]


def test_the_refusal_says_what_to_do_and_no_award(
    thing: Asset, arp: Award, rob: User, client_of: Of, api_of: Of
) -> None:
    body = {"reason": WHY, "acquired_on": LATER.isoformat()}
    rest_says(api_of(rob), f"assets/{thing.pk}/correct", body, "approval-required", SAID)
    typed = body | {"tag": "K1", "product": thing.product_id}
    path = f"/assets/{thing.pk}/correct/"
    page = page_says(client_of(rob), path, typed, "approval-required", SAID)
    assert arp.name not in page


def test_it_is_dated_once_a_second_person_approved_who_paid(
    thing: Asset, local: Award, fay: User, ana: User, rob: User
) -> None:
    moved(thing, local, fay, ana, ACQUIRED)
    correct_asset(thing, by=rob, reason=WHY, acquired_on=LATER)
    assert pays(thing) == [(local.name, LATER)]


def test_another_thing_on_its_unit_dates_them_away_no_more(
    thing: Asset, lincoln: School, ana: User
) -> None:
    unit = unit_of(thing)
    void_asset(thing, by=ana, reason="Never was")
    new = {"tag": "K2", "product": make_product(), "school": lincoln, "unit": unit}
    assert code_of(lambda: register_asset(by=ana, acquired_on=LATER, **new)) == "approval-required"
    assert pays(register_asset(by=ana, acquired_on=ACQUIRED, **new))[0][1] == ACQUIRED


def test_a_list_that_would_is_refused_by_its_row(thing: Asset, arp: Award, local: Award) -> None:
    looked = look_at("Tag,Acquired\nK1,2025-06-01\n")
    assert SAID in why(looked), "the preview says so"
    session = bring("Tag,Acquired\nK1,2025-06-01\n")
    (row,) = session.rows.all()
    assert not row.applied and SAID in str(row.problems)
    assert pays(thing) == [(arp.name, ACQUIRED), (local.name, SINCE)]


def test_the_same_awards_are_dated_by_their_thing_as_before(
    arp: Award, local: Award, fay: User, ana: User, equipment: Category
) -> None:
    asset = listed(arp, equipment)
    correct_asset(asset, by=ana, reason=WHY, acquired_on=LATER)
    assert pays(asset) == [(arp.name, LATER)]
    moved(asset, local, fay, ana, date(2025, 9, 1))
    correct_asset(asset, by=ana, reason=WHY, acquired_on=ACQUIRED)
    assert pays(asset) == [(arp.name, ACQUIRED), (local.name, date(2025, 9, 1))]


def test_what_fell_away_is_not_forgotten_by_what_is_said_next(
    local: Award, fay: User, ana: User, equipment: Category
) -> None:
    gift = create_award(by=SYSTEM, program=local.program, name="Gift")
    bond = create_award(by=SYSTEM, program=local.program, name="Bond")
    asset = listed(local, equipment)
    reclassify([unit_of(asset)], all_of(gift), by=fay, reason=WHY, at=days.start_of_day(SINCE))
    correct_asset(asset, by=ana, reason=WHY, acquired_on=LATER)
    assert pays(asset) == [("Gift", LATER)]
    reclassify([unit_of(asset)], all_of(bond), by=fay, reason=WHY, at=days.start_of_day(LATER))
    for day in (date(2025, 7, 1), date(2023, 7, 1), ACQUIRED):
        correct_asset(asset, by=ana, reason=WHY, acquired_on=day)
    assert pays(asset) == [(local.name, ACQUIRED), ("Gift", SINCE), ("Bond", LATER)]
    share_unit(unit_of(asset), [], by=fay, at=days.start_of_day(ACQUIRED), reason=WHY)
    correct_asset(asset, by=ana, reason=WHY, acquired_on=date(2022, 8, 1))
    assert pays(asset) == [], "who says that nobody ever paid is taken at their word"


def test_from_the_district_s_amount_on_local_money_needs_one_too(
    local: Award, fay: User, ana: User, equipment: Category
) -> None:
    gift = create_award(by=SYSTEM, program=local.program, name="Gift")
    asset = listed(local, equipment)
    reclassify([unit_of(asset)], all_of(gift), by=fay, reason=WHY, at=days.start_of_day(SINCE))
    set_setting("reclassification_approval_from", "777.11", by=ana, starts_on=days.today())
    assert code_of(lambda: DOORS["correct"](asset, ana)) == "approval-required"
    set_setting("reclassification_approval_from", "777.12", by=SYSTEM, starts_on=days.today())
    DOORS["correct"](asset, ana)
    assert (
        code_of(lambda: reclassify([unit_of(asset)], all_of(local), by=fay, reason=WHY))
        == "approval-required"
    ), "what fell away counts with what moves next"
