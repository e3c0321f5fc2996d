"""Making two rows one never takes out of R1 that a thing left, or that nobody knows where it is."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client

from assets.actions import unmerge_assets
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from funding.models import Award
from people.models import User
from tests.factories import make_purchase
from tests.forms import confirmed
from tests.integrations.conftest import bring, outcomes, undo, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, rest_says
from tests.reports.gone import back, lose, pair, sell, told
from tests.reports.merged import CAME, Make, fresh, merged, refused

__all__ = ["equipment", "pair"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]


@pytest.mark.parametrize(("goes", "word"), [(sell, "disposed"), (lose, "missing")])
def test_what_is_gone_goes_into_nothing_that_is_here_at_no_door(
    arp: Award,
    pair: tuple[Asset, Asset],
    ana: User,
    client_of: Of,
    api_of: Of,
    goes: Callable[[Asset], None],
    word: str,
) -> None:
    loser, winner = pair
    goes(loser)
    before = told(arp)
    said = f"L is {word}, and W is in stock", "Merge W into L instead"
    typed = {"into": "W", "reason": "The same"}
    page_says(client_of(ana), f"/assets/{loser.pk}/merge/", typed, "gone-otherwise", *said)
    body = {"into": winner.pk, "reason": "The same"}
    path = f"assets/{loser.pk}/merge"
    rest_says(api_of(ana), path, body, "gone-otherwise", *said, pointer="/into")
    model = loser.product
    row = f"Tag,Serial,Make,Model\nW,SL,{model.make},{model.model}\n"
    session = bring(row, settle="two=merge")
    assert outcomes(session) == {"refused": 1}
    assert said[0] in why(session)
    assert told(arp) == before
    back(loser)
    merged(fresh(loser), winner)
    assert fresh(winner).unit_id is not None


@pytest.mark.parametrize(
    ("goes", "door"),
    # An import does nothing with what is disposed.
    [(sell, "page"), (sell, "rest"), (lose, "page"), (lose, "import")],
)
def test_what_is_here_goes_into_what_is_gone_and_every_day_stays_as_it_was(
    arp: Award,
    pair: tuple[Asset, Asset],
    ana: User,
    client_of: Of,
    api_of: Of,
    goes: Callable[[Asset], None],
    door: str,
) -> None:
    gone, here = pair
    goes(gone)
    before = told(arp)
    if door == "page":
        typed = {"into": "L", "reason": "The same"}
        confirmed(client_of(ana), f"/assets/{here.pk}/merge/", typed)
    elif door == "rest":
        api_of(ana).post(
            f"/api/v1/assets/{here.pk}/merge",
            {"into": gone.pk, "reason": "The same"},
            content_type="application/json",
        )
    else:
        model = here.product
        row = f"Tag,Serial,Make,Model\nL,SW,{model.make},{model.model}\n"
        session = bring(row, settle="two=merge")
        assert outcomes(session) == {"update": 1}, why(session)
    assert fresh(here).merged_into_id == gone.pk
    assert told(arp) == before
    if door == "import":
        undo(session)
        assert fresh(here).merged_into_id is None
    else:
        unmerge_assets(fresh(here), by=SYSTEM, reason="Two")
    assert told(arp) == before
    assert verify.verify().findings == []


def test_lost_and_stolen_are_not_one_and_missing_may_be_lost(thing: Make) -> None:
    rows = {
        status: thing(f"T-{status}", None, status=status, legacy=True, serial="")
        for status in ("missing", "lost", "stolen")
    }
    assert refused(partial(merged, rows["lost"], rows["stolen"])) == "gone-otherwise"
    assert refused(partial(merged, rows["lost"], rows["missing"])) == "gone-otherwise"
    merged(rows["missing"], rows["lost"])
    assert fresh(rows["lost"]).status == "lost"


def test_money_that_came_later_is_not_of_what_had_left(arp: Award, thing: Make) -> None:
    gone = thing("L", None, None, status="disposed", legacy=True, disposed_on=date(2024, 6, 1))
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME
    )
    paid = thing("W", unit, None)
    before = told(arp)
    assert refused(partial(merged, paid, gone)) == "disposed-before-received"
    assert told(arp) == before
