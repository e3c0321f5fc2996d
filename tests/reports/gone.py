"""Pairs of rows of which one is gone, and what the record tells of them."""

from datetime import date
from decimal import Decimal

import pytest

from assets.actions import change_status, dispose_asset, find_again, reopen_disposal
from assets.models import Asset, Status
from core.access import SYSTEM
from core.time import days
from funding.models import Award, Unit
from reports.property_record.build import build
from reports.property_record.columns import Row
from tests.integrations.conftest import equipment as equipment
from tests.reports.merged import Make, at, fresh

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
