"""A row with money goes into none that was gone while it was here: R1 would say both in turn."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client

from assets.actions import change_status, dispose_asset
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from funding.models import Award, Unit
from people.models import User
from tests.integrations.conftest import bring, outcomes, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, refusal, rest_says
from tests.reports.gone import SOLD, back, lose, sell, told
from tests.reports.merged import Make, at, fresh, merged, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]


@pytest.fixture
def pair(paid: Unit, thing: Make) -> tuple[Asset, Asset]:
    """The row with the money, and one without."""
    return thing("L", paid, serial="SL"), thing("W", serial="SW")


@pytest.mark.parametrize(
    ("goes", "said"),
    [
        (sell, "W is disposed since 03/01/2025, and the money is on L, which was here then"),
        (lose, "W is missing since 03/01/2025, and the money is on L, which was here then"),
    ],
)
def test_the_row_with_the_money_says_it_first(
    arp: Award,
    pair: tuple[Asset, Asset],
    ana: User,
    client_of: Of,
    api_of: Of,
    goes: Callable[[Asset], None],
    said: str,
) -> None:
    here, gone = pair
    goes(gone)
    before, code = told(arp), "gone-before-merge"
    typed = {"into": "W", "reason": "The same"}
    page_says(client_of(ana), f"/assets/{here.pk}/merge/", typed, code, said)
    body = {"into": gone.pk, "reason": "The same"}
    rest_says(api_of(ana), f"assets/{here.pk}/merge", body, code, said, pointer="/into")
    other = {"into": here.pk, "reason": "The same"}  # nor is the other way round advised
    refusals = rest_says(api_of(ana), f"assets/{gone.pk}/merge", other, "gone-otherwise", said)
    assert "instead" not in refusals["message"]
    if goes is lose:  # an import does nothing with what is disposed
        model = here.product
        row = f"Tag,Serial,Make,Model\nW,SL,{model.make},{model.model}\n"
        session = bring(row, settle="two=merge")
        assert outcomes(session) == {"refused": 1}
        assert said in why(session)
    assert told(arp) == before
    goes(here)
    then = told(arp)
    assert [r[0][0] for r in then][2:] == [r[0][0] for r in then][-1:] * 3
    merged(fresh(here), gone)
    assert told(arp) == then
    assert verify.verify().findings == []


@pytest.mark.parametrize("goes", [sell, lose])
def test_or_it_was_not_gone_at_all(
    arp: Award, pair: tuple[Asset, Asset], goes: Callable[[Asset], None]
) -> None:
    here, gone = pair
    goes(gone)
    before = told(arp)
    back(gone)
    merged(fresh(here), gone)
    assert told(arp) == before


def test_what_is_gone_since_today_tells_of_no_past_day(
    arp: Award, pair: tuple[Asset, Asset]
) -> None:
    here, gone = pair
    before = told(arp)
    change_status(gone, to=Status.MISSING, by=SYSTEM)
    merged(here, gone)
    assert told(arp)[:-1] == before[:-1]
    assert told(arp)[-1][0][0] == "Missing"


def test_missing_for_longer_is_told_of_the_row_with_the_money(
    arp: Award, pair: tuple[Asset, Asset]
) -> None:
    here, gone = pair
    lose(gone)
    change_status(here, to=Status.MISSING, by=SYSTEM, at=at(date(2025, 7, 1)))
    before = told(arp)
    with refusal("gone-before-merge"):
        assert refused(partial(merged, fresh(here), gone)) == "gone-before-merge"
    assert told(arp) == before


def test_how_it_left_is_told_of_the_row_with_the_money(
    arp: Award, pair: tuple[Asset, Asset]
) -> None:
    here, gone = pair
    sell(gone)
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(here), to=status, by=SYSTEM, at=at(date(2025, 2, 3)))
    dispose_asset(fresh(here), by=SYSTEM, method="sold", disposed_on=SOLD)
    before = told(arp)
    assert refused(partial(merged, fresh(here), gone)) == "disposed-otherwise"
    assert told(arp) == before
