"""A disposal that was recorded by mistake never was, as known now; a day shows no later one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from assets.actions import (
    change_asset,
    change_status,
    dispose_asset,
    reopen_disposal,
)
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award
from people.models import User
from reports.dataset import Dataset
from reports.property_record.build import build
from tests.integrations.conftest import bring
from tests.integrations.test_never_was import record, ties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "arp")]
LIST = (
    "Tag,Make,Model,Serial,Room,Cost,PO,Award 1,Acquired\n"
    "D1,Acer,C1,DS1,101,100.00,PO-D,ARP ESSER 2021,2023-08-12\n"
)
LEFT = (
    "Tag,Make,Model,Serial,Status,Cost,PO,Award 1,Acquired,Disposal date\n"
    "D1,Acer,C1,DS1,Disposed,100.00,PO-D,ARP ESSER 2021,2023-08-12,2024-05-01\n"
)
SOLD, JULY, LATER = date(2024, 6, 30), date(2024, 7, 31), date(2024, 11, 29)
NOTHING = (None, "", None)


def left(dataset: Dataset) -> tuple[str, tuple[object, ...]]:
    """The one row's status, and when, how and for what it left."""
    [row] = dataset.rows
    codes = {f.code for f in dataset.findings}
    how = (row.disposed_on, row.method, row.sale_price)
    assert ("disposition" in codes) == (row.status == "Disposed" and None in how)
    return row.status, how


def sell(thing: Asset, day: date, price: str) -> None:
    dispose_asset(thing, by=SYSTEM, method="sold", disposed_on=day, sale_price=Decimal(price))


def ready(thing: Asset, month: int) -> None:
    for status, day in ((Status.SURPLUS, 1), (Status.AWAITING_DISPOSAL, 2)):
        at = days.start_of_day(date(2024, month, day))
        thing = change_status(thing, to=status, by=SYSTEM, at=at)


@pytest.fixture
def sold() -> Asset:
    """A laptop that was sold at the end of June 2024, as was recorded."""
    bring(LIST)
    thing = Asset.objects.get(tag="D1")
    ready(thing, 5)
    sell(thing, SOLD, "10.00")
    return thing


def test_a_disposal_that_was_a_mistake_is_on_no_day_as_known_now(sold: Asset, arp: Award) -> None:
    before = days.now()
    at_first = record(arp, JULY)
    assert left(at_first) == ("Disposed", (SOLD, "Sold", Decimal("10.00")))
    reopen_disposal(sold, by=SYSTEM, reason="It is still here")
    for day in (SOLD, JULY, LATER, days.today()):
        assert left(record(arp, day)) == ("Surplus", NOTHING)
        ties(record(arp, day), "D1", federal="100.00")
    assert left(record(arp, date(2024, 6, 29))) == ("Awaiting disposal", NOTHING)
    assert build(arp, as_of=JULY, known_at=before, by=SYSTEM).rows == at_first.rows
    assert verify.verify().findings == []


def test_a_day_shows_no_disposal_that_was_only_later(sold: Asset, arp: Award) -> None:
    reopen_disposal(sold, by=SYSTEM, reason="Wrong date", to=Status.IN_STOCK)
    ready(sold, 11)
    between = days.now()
    sell(sold, LATER, "99.00")
    for day in (SOLD, JULY):
        assert left(record(arp, day)) == ("In stock", NOTHING)
    later = ("Disposed", (LATER, "Sold", Decimal("99.00")))
    for day in (LATER, days.today()):
        assert left(record(arp, day)) == later
    then = build(arp, as_of=days.today(), known_at=between, by=SYSTEM)
    assert left(then) == ("Awaiting disposal", NOTHING)
    assert verify.verify().findings == []


def test_what_was_told_of_it_while_it_was_disposed_of_stays(sold: Asset, arp: Award) -> None:
    change_asset(sold, by=SYSTEM, condition="broken")
    reopen_disposal(sold, by=SYSTEM, reason="It is still here")
    for day, condition in ((JULY, "Unknown"), (days.today(), "Broken")):
        assert left(record(arp, day)) == ("Surplus", NOTHING)
        [row] = record(arp, day).rows
        assert row.condition == condition
    assert verify.verify().findings == []


def test_what_came_as_disposed_is_here_since_that_day_when_it_was_a_mistake(arp: Award) -> None:
    bring(LEFT)
    thing, before = Asset.objects.get(tag="D1"), days.now()
    assert left(record(arp, SOLD))[1][0] == date(2024, 5, 1)
    reopen_disposal(thing, by=SYSTEM, reason="It is still here")
    assert left(record(arp, date(2024, 4, 30))) == ("In use", NOTHING)
    for day in (date(2024, 5, 1), SOLD, days.today()):
        assert left(record(arp, day)) == ("Surplus", NOTHING)
    then = build(arp, as_of=SOLD, known_at=before, by=SYSTEM)
    assert left(then)[1][0] == date(2024, 5, 1)
    assert verify.verify().findings == []


def test_its_page_of_a_past_day_shows_no_later_disposal(
    sold: Asset, ana: User, client_of: Callable[[User], Client]
) -> None:
    def page(day: str) -> str:
        return client_of(ana).get(f"/assets/{sold.pk}/{day}").content.decode()

    assert "06/30/2024" in page("?as_of=2024-07-31").split('id="disposal"')[1]
    assert 'id="disposal"' not in page("?as_of=2024-06-29")
    reopen_disposal(sold, by=SYSTEM, reason="Wrong date")
    ready(sold, 11)
    sell(sold, LATER, "99.00")
    assert 'id="disposal"' not in page("?as_of=2024-07-31")
    [_before, then] = page("?as_of=2024-11-30").split('id="disposal"')
    assert "$99.00" in then
    assert "$10.00" not in then
    [_before, now] = page("").split('id="disposal"')
    assert "$99.00" in now
    assert "$10.00" in now, "each time, also the one that was a mistake"
