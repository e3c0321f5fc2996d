"""No award paid for what was not there: at every door, with both days said."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from assets.actions import change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from funding.actions import (
    ShareDraft,
    ask_line,
    ask_units,
    decide,
    reclassify,
    share_line,
    share_unit,
    share_units,
)
from funding.models import Award, Unit, UnitShare
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.integrations.conftest import bring, equipment
from tests.refusing import page_says, refusal, rest_says

__all__ = ["equipment"]
pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
RECEIVED = date(2026, 3, 1)
EARLY = datetime(2020, 1, 1, 12, tzinfo=UTC)
SAID = "It was received on 03/01/2026: no award paid for it on 01/01/2020, before that."


def all_of(award: Award) -> list[ShareDraft]:
    return [ShareDraft(award, percent=Decimal(100))]


@pytest.fixture
def unit(local: Award) -> Unit:
    """Received in 2026, and paid by nobody."""
    _po, (unit,) = make_purchase(quantity=1, amount="1000.00", received_on=RECEIVED)
    return unit


def ledger(award: Award, day: date) -> str:
    assert verify.verify().findings == []
    told = build(award, as_of=day, known_at=days.now(), by=SYSTEM)
    return str(told.extra["ledger"])


DOORS: dict[str, Callable[[Unit, Award, User], Any]] = {
    "line": lambda unit, award, fay: share_line(
        unit.line, all_of(award), by=fay, at=EARLY, reason="Audit"
    ),
    "unit": lambda unit, award, fay: share_unit(
        unit, all_of(award), by=fay, at=EARLY, reason="Audit"
    ),
    "units": lambda unit, award, fay: share_units([(unit, all_of(award))], by=fay, at=EARLY),
    "each": lambda unit, award, fay: share_units(
        [(unit, all_of(award))], by=fay, at={unit.pk: EARLY}
    ),
    "reclassify": lambda unit, award, fay: reclassify(
        [unit], all_of(award), by=fay, reason="Audit", at=EARLY
    ),
    "ask": lambda unit, award, fay: ask_units(
        [unit], all_of(award), by=fay, reason="Audit", at=EARLY
    ),
    "ask for a line": lambda unit, award, fay: ask_line(
        unit.line, all_of(award), by=fay, reason="Audit", at=EARLY
    ),
}


@pytest.mark.parametrize("paid", [False, True])
@pytest.mark.parametrize("door", DOORS)
def test_no_act_lets_an_award_pay_before_the_receipt(
    unit: Unit, local: Award, fay: User, door: str, *, paid: bool
) -> None:
    if paid:
        share_unit(unit, all_of(local), by=SYSTEM, at=None, reason="")
    with refusal("paid-before-received"), pytest.raises(Refused) as error:
        DOORS[door](unit, local, fay)
    assert SAID in {str(p.message) for p in error.value.problems}
    assert ledger(local, date(2021, 6, 30)) == "0.00"


def test_no_page_and_no_program_does(
    unit: Unit, local: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    code, line = "paid-before-received", unit.line
    typed = {"award_1": local.pk, "percent_1": "100", "on": "01/01/2020", "reason": "Audit"}
    shares = {"shares": [{"award": local.pk, "percent": "100"}], "at": "2020-01-01T12:00:00Z"}
    for more in ({}, {"ask": "1"}):
        page_says(client_of(fay), f"/units/{unit.pk}/share/", typed | more, code, SAID)
        path = f"/purchases/{line.purchase_id}/share/"
        page_says(client_of(fay), path, typed | more | {"line": line.pk}, code, SAID)
    api, body = api_of(fay), shares | {"reason": "Audit"}
    rest_says(api, f"units/{unit.pk}/reclassify", body, code, SAID, pointer="/at")
    rest_says(api, "reclassifications", body | {"unit": unit.pk}, code, SAID, pointer="/at")
    path = f"purchases/{line.purchase_id}/share"
    rest_says(api, path, shares | {"line": line.number}, code, SAID, pointer="/at")
    assert not UnitShare.objects.exists()


def test_an_award_pays_since_its_thing_was_acquired_and_not_before(
    unit: Unit, local: Award, lincoln: School
) -> None:
    make_asset(school=lincoln, unit=unit, acquired_on=date(2024, 8, 1))
    day = days.start_of_day(date(2024, 7, 31))
    with refusal("paid-before-acquired"), pytest.raises(Refused, match="acquired on 08/01/2024"):
        reclassify([unit], all_of(local), by=SYSTEM, reason="Audit", at=day)
    day = days.start_of_day(date(2024, 8, 1))
    reclassify([unit], all_of(local), by=SYSTEM, reason="Audit", at=day)
    assert [ledger(local, date(2024, m, 31)) for m in (7, 8)] == ["0.00", "1000.00"]


def test_what_a_list_brought_without_a_day_says_first_when_it_was_acquired(
    local: Award, lincoln: School, equipment: Category
) -> None:
    bring("Tag,Make,Model,Room,Cost,PO\nN,Acer,C1,101,1000.00,PO-N\n", list_of="2026-03-01")
    thing = Asset.objects.get(tag="N")
    assert thing.unit is not None

    def pay() -> None:
        assert thing.unit is not None
        reclassify([thing.unit], all_of(local), by=SYSTEM, reason="Audit", at=day)

    day = days.start_of_day(date(2024, 8, 1))
    with refusal("paid-before-listed"), pytest.raises(Refused, match="03/01/2026 is the first"):
        pay()
    change_asset(thing, by=SYSTEM, acquired_on=date(2024, 8, 1))
    pay()
    assert [ledger(local, date(2024, m, 31)) for m in (7, 8)] == ["0.00", "1000.00"]


def test_what_was_asked_for_is_not_done_on_a_day_that_proved_too_early(
    unit: Unit, local: Award, lincoln: School, fay: User, ana: User
) -> None:
    thing = make_asset(school=lincoln, unit=unit, acquired_on=date(2024, 8, 1))
    late = days.start_of_day(date(2026, 4, 1))
    share_unit(unit, all_of(local), by=SYSTEM, at=late, reason="")
    at = days.start_of_day(date(2024, 9, 1))
    row = ask_units([unit], all_of(local), by=fay, reason="Audit", at=at)
    change_asset(thing, by=SYSTEM, acquired_on=None)
    with pytest.raises(Refused, match=r"received on 03/01/2026"):
        decide(row, by=ana, approve=True)
    assert ledger(local, date(2026, 3, 31)) == "0.00"
