"""A status that is told late, of an earlier day, is held against that day."""

from datetime import timedelta

import pytest

from assets.actions import assign_asset, change_status, return_asset
from assets.models import Asset
from core.access import SYSTEM
from core.journal import verify
from core.problems import Refused
from core.time import days
from people.models import Person, School
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asset(lincoln: School) -> Asset:
    return make_asset(school=lincoln, tag="CH1", at=days.now() - 60 * DAY)


def told(asset: Asset, to: str, ago: int) -> None:
    fresh = Asset.objects.get(pk=asset.pk)
    change_status(fresh, to=to, by=SYSTEM, at=days.now() - ago * DAY)


def status(asset: Asset, ago: int) -> str:
    found: str = asset.spans.as_of(days.now() - ago * DAY).get().status
    return found


def refused(asset: Asset, to: str, ago: int) -> str:
    with pytest.raises(Refused) as error:
        told(asset, to, ago)
    return error.value.problems[0].code


def test_what_somebody_had_that_day_was_no_surplus(asset: Asset, maria: Person) -> None:
    assign_asset(asset, to=maria, by=SYSTEM, at=days.now() - 30 * DAY)
    return_asset(Asset.objects.get(), by=SYSTEM, at=days.now() - 10 * DAY)
    assert refused(asset, "surplus", 20) == "assigned"
    assert status(asset, 15) == "in_use"
    told(asset, "in_repair", 40)
    assert (status(asset, 35), status(asset, 20)) == ("in_repair", "in_use"), "the later word"


def test_what_was_on_its_way_that_day_was_not_in_repair(asset: Asset) -> None:
    told(asset, "in_transit", 20)
    told(asset, "in_stock", 10)
    assert refused(asset, "in_repair", 15) == "illegal-move"
    assert status(asset, 12) == "in_transit"


def test_what_it_is_today_may_be_told_of_an_earlier_day(asset: Asset) -> None:
    told(asset, "in_repair", 30)
    told(asset, "in_stock", 10)
    assert status(asset, 15) == "in_repair"
    told(asset, "in_stock", 20)
    assert [status(asset, ago) for ago in (25, 15, 5)] == ["in_repair", "in_stock", "in_stock"]
    assert verify.verify().findings == []
