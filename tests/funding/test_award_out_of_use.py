"""An award that somebody put out of use pays for nothing new, at whatever door; what it pays
already, and paid, stays its own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.actions import ask_units, change_award, create_award, reclassify, share_line
from funding.models import Award, PurchaseLine, Reclassification, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.funding.test_second_person import all_of
from tests.integrations.conftest import bring, equipment, why
from tests.refusing import page_says, rest_says

__all__ = ["equipment"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district", "equipment")]
Of = Callable[[User], Client]
CAME, DURING = date(2022, 8, 1), date(2023, 6, 30)
SAID = "Out of use: Gift. It pays for nothing new: name another award"


def ledger(award: Award) -> list[str]:
    return [
        build(award, as_of=day, known_at=days.now(), by=SYSTEM).extra["ledger"]
        for day in (DURING, days.today())
    ]


@pytest.fixture
def gift(local: Award) -> Award:
    found = create_award(by=SYSTEM, program=local.program, name="Gift")
    return change_award(found, by=SYSTEM, active=False)


@pytest.fixture
def line(lincoln: School) -> PurchaseLine:
    purchase, [unit] = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    return purchase.lines.get()


def unit_of(line: PurchaseLine) -> Unit:
    return Unit.objects.get(line=line)


def shares(award: Award) -> list[dict[str, Any]]:
    return [{"award": award.pk, "percent": "100"}]


def test_no_door_takes_it_for_something_new(
    line: PurchaseLine, gift: Award, local: Award, fay: User, client_of: Of, api_of: Of
) -> None:
    api, page, unit = api_of(fay), client_of(fay), unit_of(line)
    typed = {"award_1": gift.pk, "percent_1": "100", "reason": "It did"}
    for _round in ("nobody pays", "another pays"):
        body = {"line": 1, "shares": shares(gift), "reason": "It did"}
        rest_says(api, f"purchases/{line.purchase_id}/share", body, "award-closed", SAID)
        body = {"shares": shares(gift), "reason": "It did"}
        rest_says(api, f"units/{unit.pk}/reclassify", body, "award-closed", SAID)
        url = f"/purchases/{line.purchase_id}/share/"
        page_says(page, url, typed | {"line": line.pk}, "award-closed", SAID)
        page_says(page, f"/units/{unit.pk}/share/", typed, "award-closed", SAID)
        page_says(page, f"/units/{unit.pk}/share/", typed | {"ask": "1"}, "award-closed", SAID)
        body = {"unit": unit.pk, "shares": shares(gift), "reason": "It did"}
        rest_says(api, "reclassifications", body, "award-closed", SAID)
        share_line(line, all_of(local), by=fay, reason="The district did")
    assert ledger(gift) == ["0.00", "0.00"]
    assert not Reclassification.objects.exists()


def test_a_list_is_asked_whether_it_did(line: PurchaseLine, gift: Award, fay: User) -> None:
    listed = f"Tag,Cost,Award\nP1,1000.00,{gift.name}\n"
    assert "Gift is out of use. Did it pay for this item?" in why(bring(listed, by=SYSTEM))
    assert ledger(gift) == ["0.00", "0.00"]


def test_what_the_sentence_says_is_done_so_and_stays(
    line: PurchaseLine, gift: Award, local: Award, fay: User, client_of: Of
) -> None:
    used = change_award(gift, by=fay, active=True)
    share_line(line, all_of(used), by=fay)
    change_award(used, by=fay, active=False)
    assert ledger(gift) == ["1000.00", "1000.00"]
    unit, since = unit_of(line), days.start_of_day(date(2024, 1, 1))
    reclassify([unit], all_of(local), by=fay, reason="The gift was spent", at=since)
    assert ledger(gift) == ["1000.00", "0.00"]
    back = days.start_of_day(date(2024, 6, 1))
    reclassify([unit], all_of(gift), by=fay, reason="It was not", at=back)
    assert ledger(gift) == ["1000.00", "1000.00"], "what it paid for it may go on paying"

    more, [other] = make_purchase(quantity=1, amount="1000.00", received_on=CAME)
    with pytest.raises(Refused, match="Out of use"):
        reclassify([unit, other], all_of(gift), by=fay, reason="Both")
    with pytest.raises(Refused, match="Out of use"):
        ask_units([other], all_of(gift), by=fay, reason="Both")
    assert Asset.objects.get(tag="P1").unit == unit
    share_line(more.lines.get(), all_of(local), by=fay)
