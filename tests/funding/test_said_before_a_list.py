"""What fell away by an acquired day comes back with the earlier day, also where a list said since
who pays and was undone."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from assets.actions import correct_asset
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.actions import create_award, paid_since, reclassify, share_line, share_units
from funding.models import Award, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.forms import confirmation
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import bring, equipment, undo

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
ACQUIRED, ENDED, LATER = date(2022, 8, 1), date(2024, 1, 1), date(2025, 2, 1)
DURING, AFTER = date(2023, 6, 30), date(2025, 6, 30)
WHY = "The invoice says so"


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def thing(local: Award, lincoln: School, fay: User, ana: User) -> Asset:
    """The general fund paid for it from 2022 to 2024; then it is told that it came in 2025."""
    purchase, [unit] = make_purchase(quantity=1, amount="1000.00", received_on=LATER)
    asset = make_asset(school=lincoln, tag="S1", unit=unit, acquired_on=ACQUIRED)
    share_line(purchase.lines.get(), all_of(local), by=fay, at=morning(ACQUIRED))
    reclassify([unit], [], by=fay, reason=WHY, at=morning(ENDED))
    correct_asset(asset, by=ana, reason=WHY, acquired_on=LATER)
    assert told(local) == (NONE, NONE)
    return asset


def morning(day: date) -> datetime:
    return days.start_of_day(day)


PAID, NONE = (["S1"], "1000.00"), ([], "0.00")


def told(award: Award) -> tuple[tuple[list[str], str], ...]:
    """Of an award's record while the general fund paid, and after the later day."""
    assert verify.verify().findings == []
    found = [build(award, as_of=d, known_at=days.now(), by=SYSTEM) for d in (DURING, AFTER)]
    assert not {"ledger", "unit-twice"} & {f.code for one in found for f in one.findings}
    return tuple(([row[0] for row in one.rows], one.extra["ledger"]) for one in found)


def by_action(asset: Asset, by: User, page: Of, api: Of) -> None:
    correct_asset(asset, by=by, reason=WHY, acquired_on=ACQUIRED)


def by_rest(asset: Asset, by: User, page: Of, api: Of) -> None:
    body = {"reason": WHY, "acquired_on": ACQUIRED.isoformat()}
    answer = api(by).post(f"/api/v1/assets/{asset.pk}/correct", body, "application/json")
    assert answer.status_code == 200, answer.content


def by_page(asset: Asset, by: User, page: Of, api: Of) -> None:
    typed = {"tag": "S1", "product": asset.product_id, "acquired_on": ACQUIRED.isoformat()}
    address, client = f"/assets/{asset.pk}/correct/", page(by)
    seen = client.post(address, typed | {"reason": WHY}).content.decode()
    answer = client.post(address, confirmation(seen, address))
    assert answer.status_code == 302, answer.content.decode()


def by_list(asset: Asset, by: User, page: Of, api: Of) -> None:
    bring(f"Tag,Acquired\nS1,{ACQUIRED}\n", by=by, name="acquired.csv")


Correct = Callable[[Asset, User, Of, Of], None]
CORRECTIONS = [by_action, by_rest, by_page, by_list]


@pytest.mark.parametrize("correct", CORRECTIONS)
@pytest.mark.parametrize("lists", [0, 1, 2])
def test_an_undone_list_makes_nothing_forgotten(
    thing: Asset,
    local: Award,
    gift: Award,
    ana: User,
    client_of: Of,
    api_of: Of,
    lists: int,
    correct: Correct,
) -> None:
    for n in range(lists):
        session = bring(f"Tag,Cost,Award\nS1,1000.00,{gift.name}\n", by=ana, name=f"{n}.csv")
        assert told(gift) == (NONE, PAID)
        undo(session, by=ana)
        assert session.rows.get().undone
        assert told(gift) == (NONE, NONE)
    correct(thing, ana, client_of, api_of)
    assert told(local) == (PAID, NONE)
    assert told(gift) == (NONE, NONE)


def test_what_a_list_said_and_stands_is_not_forgotten_either(
    thing: Asset, local: Award, gift: Award, ana: User
) -> None:
    bring(f"Tag,Cost,Award\nS1,1000.00,{gift.name}\n", by=ana)
    correct_asset(thing, by=ana, reason=WHY, acquired_on=ACQUIRED)
    assert (told(local), told(gift)) == ((PAID, NONE), (NONE, PAID))


def test_nor_where_it_was_dated_between(thing: Asset, local: Award, gift: Award, ana: User) -> None:
    """What a list said is taken back once its thing has been dated again: that alone is unsaid."""
    unit = Unit.objects.get(pk=thing.unit_id)
    share_units([(unit, all_of(gift))], by=ana, at=morning(LATER))
    correct_asset(thing, by=ana, reason=WHY, acquired_on=date(2024, 6, 1))
    assert (told(local), told(gift)) == ((NONE, NONE), (NONE, PAID))
    share_units([(unit, [])], by=ana, at=paid_since([unit.pk]), undoing=True)
    correct_asset(thing, by=ana, reason=WHY, acquired_on=ACQUIRED)
    assert (told(local), told(gift)) == ((PAID, NONE), (NONE, NONE))
