"""Money of which a list said before who pays, and each door that a federal award comes to it by."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assets.models import Asset
from core.access import SYSTEM
from core.time import days
from funding.actions import create_award, reclassify
from funding.models import Award, PurchaseLine, Unit
from people.models import School, User
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase
from tests.integrations.conftest import bring, why
from tests.refusing import page_says, rest_says

Of = Callable[[User], Client]
CAME, ENDED = date(2022, 8, 1), date(2024, 1, 1)
DURING, AFTER = date(2023, 6, 30), date(2024, 6, 30)
WHY = "Allowable after all"
ASK = "Who pays for it changes only after a second person approved it"


def listed(award: Award) -> str:
    return f"Tag,Cost,Award\nP1,1000.00,{award.name}\n"


def ledger(award: Award, *on: date) -> list[str]:
    return [
        build(award, as_of=day, known_at=days.now(), by=SYSTEM).extra["ledger"]
        for day in on or (DURING, AFTER, days.today())
    ]


PAID, NONE = ["1000.00"] * 3, ["0.00"] * 3


@pytest.fixture
def gift(local: Award) -> Award:
    return create_award(by=SYSTEM, program=local.program, name="Gift")


@pytest.fixture
def line(local: Award, lincoln: School) -> PurchaseLine:
    """The general fund paid for a thing since 2022."""
    purchase, [unit] = make_purchase(
        quantity=1, amount="1000.00", shares=[(local, "100")], received_on=CAME
    )
    make_asset(school=lincoln, tag="P1", unit=unit, acquired_on=CAME)
    return purchase.lines.get()


@pytest.fixture
def bare(line: PurchaseLine, fay: User) -> PurchaseLine:
    """It never paid after all."""
    reclassify([unit_of(line)], [], by=fay, reason=WHY, at=days.start_of_day(CAME))
    return line


def unit_of(line: PurchaseLine) -> Unit:
    return Unit.objects.get(line=line, voided_at=None)


def everywhere_refused(line: PurchaseLine, arp: Award, by: User, page: Of, api: Of) -> None:
    """On the page of the line and of the unit, by REST, and by a list."""
    share = {"award": arp.pk, "percent": "100"}
    for more in ({}, {"rest": True}):
        body = {"line": 1, "shares": [share], **more}
        rest_says(api(by), f"purchases/{line.purchase_id}/share", body, "approval-required", ASK)
    typed: dict[str, Any] = {"award_1": arp.pk, "percent_1": "100"}
    for url, more in (
        (f"/purchases/{line.purchase_id}/share/", {"line": line.pk}),
        (f"/units/{unit_of(line).pk}/share/", {}),
    ):
        page_says(page(by), url, typed | more, "approval-required", ASK)
    if Asset.objects.filter(unit=unit_of(line)).exists():
        assert ASK in why(bring(listed(arp), by=by, name="federal.csv"))
    assert ledger(arp) == NONE
