"""Percents that do not end."""

from decimal import Decimal

import pytest

from core.access import SYSTEM
from core.time import days
from funding.actions import ShareDraft, share_unit
from funding.models import Award
from people.models import School
from reports.property_record.build import build
from tests.factories import make_asset, make_purchase


@pytest.mark.django_db
@pytest.mark.parametrize(("paid", "percent"), [("2", "66.67"), ("1", "33.33"), ("3", "100.00")])
def test_what_awards_pay_is_rounded_to_the_nearest_hundredth(
    paid: str, percent: str, arp: Award, lincoln: School
) -> None:
    _purchase, [unit] = make_purchase(quantity=1, amount="3.00")
    share_unit(unit, [ShareDraft(arp, Decimal(paid))], by=SYSTEM, at=None, reason="")
    make_asset(school=lincoln, unit=unit)
    dataset = build(arp, as_of=days.today(), known_at=days.now(), by=SYSTEM)
    place = [c.key for c in dataset.columns].index("federal_percent")
    assert dataset.rows[0][place] == Decimal(percent)
