"""What is refused says what to do first, and what would be refused is not offered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset, correct_asset
from assets.models import Asset
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from people.models import Person, School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def test_what_is_out_is_not_offered_to_be_in_stock(
    tom: User, client_of: Of, lincoln: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln, tag="100911")
    assign_asset(asset, to=maria, by=SYSTEM)
    address = f"/assets/{asset.pk}/status/"
    page = client_of(tom).get(address)
    offered = [value for value, _label in page.context["form"].fields["status"].choices]
    assert "in_repair" in offered
    assert not {"in_stock", "surplus"} & {*offered}
    assert "what is out is checked in before" in page.content.decode()


def test_who_dates_back_reads_that_the_acquired_day_comes_first(
    tom: User, lincoln: School, maria: Person
) -> None:
    asset = make_asset(school=lincoln, tag="100912")
    at = days.now() - timedelta(days=20)
    with pytest.raises(Refused, match="the day on which it was acquired"):
        assign_asset(asset, to=maria, by=tom, at=at)
    day = days.local_date(at) - timedelta(days=5)
    correct_asset(asset, by=tom, reason="it came in the summer", acquired_on=day)
    assign_asset(asset, to=maria, by=tom, at=at)
    assert Asset.objects.get(pk=asset.pk).holder == maria
