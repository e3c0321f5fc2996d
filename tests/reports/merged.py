"""Rows that are merged, and what R1 says of them day by day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from assets.actions import merge_assets
from assets.models import Asset, AssetSpan
from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.models import Award, Unit, UnitShare
from people.models import School
from reports.property_record.build import build
from reports.property_record.columns import Row
from tests.factories import make_asset, make_purchase

CAME = date(2024, 8, 1)
#: The day before and that of the receipt, days between, yesterday and today.
PAST = [date(2024, 7, 31), CAME, date(2024, 12, 31), date(2025, 6, 30)]
FIELDS = (
    "acquired_on",
    "condition",
    "condition_on",
    "description",
    "home_room_id",
    "last_verified_on",
    "title_holder",
    "use",
)


def every_day(*more: date) -> list[date]:
    return [*PAST, *more, days.today() - timedelta(days=1), days.today()]


def bought(award: Award, amount: str) -> Unit:
    _purchase, [unit] = make_purchase(
        quantity=1, amount=amount, shares=[(award, "100")], received_on=CAME
    )
    return unit


def fresh(asset: Asset) -> Asset:
    return Asset.objects.get(pk=asset.pk)


def told(award: Award, day: date, known_at: datetime | None = None) -> tuple[list[str], str, str]:
    """Of an award's record: the tags, the ledger, and how many units are no thing. The rows and
    those are the ledger."""
    known = known_at or days.now()
    found = build(award, as_of=day, known_at=known, by=SYSTEM)
    rest = Decimal(found.extra["untagged_amount"])
    assert Decimal(found.extra["ledger"]) == found.totals.federal + rest
    assert not {"ledger", "unit-twice"} & {f.code for f in found.findings}
    return sorted(r[0] for r in found.rows), found.extra["ledger"], found.extra["untagged"]


def record(award: Award, known_at: datetime | None = None) -> Row:
    """The only row of an award's record today."""
    known = known_at or days.now()
    [row] = build(award, as_of=days.today(), known_at=known, by=SYSTEM).rows
    assert isinstance(row, Row)
    return row


def is_with(award: Award, amount: str, *tags: str, since: date = CAME) -> None:
    """From a day on its money is with the first of these, and today with the last."""
    for day in every_day(since, since - timedelta(days=1)):
        tag = tags[-1] if day == days.today() else tags[0]
        expected = ([tag], amount, "0") if day >= since else ([], "0.00", "0")
        assert told(award, day) == expected, day


def is_with_none(award: Award, amount: str) -> None:
    for day in every_day():
        expected = ([], amount, "1") if day >= CAME else ([], "0.00", "0")
        assert told(award, day) == expected, day


Make = Callable[..., Asset]
Known = dict[str, list[tuple[object, ...]]]


def merged(loser: Asset, winner: Asset) -> None:
    merge_assets(loser, into=fresh(winner), by=SYSTEM, reason="One item")


def at(day: date) -> datetime:
    return days.start_of_day(day) + timedelta(hours=9)


def known_days() -> Known:
    """What is known of each row and of each unit's money, day by day until yesterday."""
    found: Known = {}
    spans = AssetSpan.objects.known().in_order()
    shares = UnitShare.objects.known().order_by("award", "valid_from", "pk")
    for row in [*spans, *shares]:
        if row.valid_to is not None and row.valid_to <= row.valid_from:
            continue
        if days.local_date(row.valid_from) == days.today():
            continue
        if isinstance(row, AssetSpan):
            key = f"thing {row.asset_id}"
            told = (row.listed_on, *(getattr(row, f) for f in AssetSpan.fields))
        else:
            key, told = f"unit {row.unit_id} {row.award_id}", (row.amount,)
        end = row.valid_to if row.valid_to and days.local_date(row.valid_to) < days.today() else ""
        parts = found.setdefault(key, [])
        if parts and parts[-1][1] == row.valid_from and parts[-1][2:] == told:
            parts[-1] = (parts[-1][0], end, *told)
        else:
            parts.append((row.valid_from, end, *told))
    return found


def refused(act: Callable[[], object]) -> str:
    """The code with which an act is refused; what it did before is taken back."""
    with pytest.raises(Refused) as no, transaction.atomic():
        act()
    return str(no.value.problems[0].code)


@pytest.fixture
def paid(arp: Award) -> Unit:
    return bought(arp, "1000.00")


@pytest.fixture
def thing(lincoln: School) -> Callable[..., Asset]:
    return lambda tag, unit=None, acquired_on=CAME, **more: make_asset(
        school=lincoln, tag=tag, unit=unit, acquired_on=acquired_on, **more
    )
