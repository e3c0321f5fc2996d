"""A thing of two rows is disposed once: two disposals that differ are not one."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from assets.actions import dispose_asset, verify_asset
from assets.models import Asset, Disposal
from core.access import SYSTEM
from funding.models import Award
from tests.integrations.conftest import bring, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import refusal
from tests.reports.gone import back, pair, sell, told
from tests.reports.merged import at, fresh, merged, refused

__all__ = ["equipment", "pair"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
SOLD = date(2025, 3, 1)


def test_it_is_disposed_once(arp: Award, pair: tuple[Asset, Asset]) -> None:
    gone, here = pair
    sell(gone)
    merged(here, gone)
    assert refused(lambda: dispose_asset(fresh(gone), by=SYSTEM, method="sold", disposed_on=SOLD))
    assert Disposal.objects.filter(reopened_at=None).count() == 1
    assert told(arp)[-1] == [("Disposed", SOLD, "Sold", Decimal("75.00"))]


@pytest.mark.parametrize(
    "other",
    [
        {"day": date(2025, 4, 1)},
        {"price": "80.00"},
        {"method": "auctioned"},
    ],
    ids=str,
)
def test_two_disposals_that_differ_are_not_one(
    arp: Award, pair: tuple[Asset, Asset], other: dict[str, object]
) -> None:
    loser, winner = pair
    sell(loser)
    sell(winner, **other)  # type: ignore[arg-type]
    before = told(arp)
    with refusal("disposed-otherwise"):
        assert refused(partial(merged, fresh(loser), winner)) == "disposed-otherwise"
    back(winner)
    merged(fresh(winner), loser)
    assert told(arp) == before


def test_the_same_disposal_told_twice_is_one(arp: Award, pair: tuple[Asset, Asset]) -> None:
    loser, winner = pair
    sell(loser)
    sell(winner)
    before = told(arp)
    merged(fresh(loser), winner)
    assert told(arp) == before


def test_what_was_seen_after_the_other_left_is_not_the_same(
    arp: Award, pair: tuple[Asset, Asset]
) -> None:
    gone, here = pair
    sell(gone)
    verify_asset(here, by=SYSTEM, at=at(date(2025, 6, 1)))
    before = told(arp)
    assert refused(partial(merged, fresh(here), gone)) == "disposed-before-seen"
    model = here.product
    row = f"Tag,Serial,Make,Model\nL,SW,{model.make},{model.model}\n"
    session = bring(row, settle="two=merge")
    assert "seen after that, on 06/01/2025" in why(session)
    assert told(arp) == before
