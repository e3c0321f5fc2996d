"""Making two rows one never takes out of R1 that a thing left, or that nobody knows where it is."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from assets.actions import (
    change_status,
    dispose_asset,
    find_again,
    reopen_disposal,
    unmerge_assets,
    verify_asset,
)
from assets.models import Asset, Disposal, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.models import User
from reports.property_record.build import build
from reports.property_record.columns import Row
from tests.factories import make_purchase
from tests.forms import confirmed
from tests.integrations.conftest import bring, outcomes, undo, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, refusal, rest_says
from tests.reports.merged import CAME, Make, at, fresh, merged, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
SOLD = date(2025, 3, 1)
DAYS = [date(2024, 12, 31), date(2025, 2, 28), SOLD, date(2025, 6, 30)]
Told = list[tuple[str, date | None, str, Decimal | None]]


def told(award: Award) -> list[Told]:
    """What R1 says on past days and today: status and disposal."""
    found = []
    for day in (*DAYS, days.today()):
        rows = build(award, as_of=day, known_at=days.now(), by=SYSTEM).rows
        assert all(isinstance(row, Row) for row in rows)
        found.append([(r.status, r.disposed_on, r.method, r.sale_price) for r in rows])
    return found


def sell(asset: Asset, day: date = SOLD, price: str = "75.00", method: str = "sold") -> None:
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM, at=at(date(2025, 2, 3)))
    dispose_asset(
        fresh(asset), by=SYSTEM, method=method, disposed_on=day, sale_price=Decimal(price)
    )


def lose(asset: Asset) -> None:
    change_status(fresh(asset), to=Status.MISSING, by=SYSTEM, at=at(SOLD))


def back(asset: Asset) -> None:
    if fresh(asset).status == Status.DISPOSED:
        reopen_disposal(fresh(asset), by=SYSTEM, reason="Wrong tag", to=Status.IN_STOCK)
    else:
        find_again(fresh(asset), by=SYSTEM, at=at(date(2025, 6, 1)))


@pytest.fixture
def pair(paid: Unit, thing: Make) -> tuple[Asset, Asset]:
    """One that was paid for, and another row without money."""
    return thing("L", paid, serial="SL"), thing("W", serial="SW")


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


def test_lost_and_stolen_are_not_one_and_missing_may_be_lost(thing: Make) -> None:
    rows = {
        status: thing(status, None, status=status, legacy=True, serial="")
        for status in ("missing", "lost", "stolen")
    }
    assert refused(partial(merged, rows["lost"], rows["stolen"])) == "gone-otherwise"
    assert refused(partial(merged, rows["lost"], rows["missing"])) == "gone-otherwise"
    merged(rows["missing"], rows["lost"])
    assert fresh(rows["lost"]).status == "lost"


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


def test_money_that_came_later_is_not_of_what_had_left(arp: Award, thing: Make) -> None:
    gone = thing("L", None, None, status="disposed", legacy=True, disposed_on=date(2024, 6, 1))
    _purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(arp, "100")], received_on=CAME
    )
    paid = thing("W", unit, None)
    before = told(arp)
    assert refused(partial(merged, paid, gone)) == "disposed-before-received"
    assert told(arp) == before
