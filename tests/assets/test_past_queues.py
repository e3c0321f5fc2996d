"""What a list of a past day counts is of that day: every filter, and every queue or a refusal."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client

from assets.actions import (
    assign_asset,
    dispose_asset,
    move_asset,
    return_asset,
    verify_asset,
)
from assets.lists.filters import AssetFilter
from assets.lists.queues import QUEUES
from assets.models import Asset
from core.access import SYSTEM
from core.problems import Invalid
from core.time import days
from funding.actions import ShareDraft, share_line
from funding.models import Award
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def tags(by: User, back: int, **asked: object) -> list[str]:
    """The tags of what matches as of so many days ago."""
    data = QueryDict(mutable=True)
    day = days.today() - timedelta(days=back)
    data.update({k: str(v) for k, v in asked.items()} | {"as_of": day.isoformat()})
    return sorted(AssetFilter.parse(data, by).apply(by).values_list("tag", flat=True))


@pytest.fixture
def placed(lincoln: School, room: Room, maria: Person) -> Asset:
    """Not placed for ten days after it came back, and in a room since; not seen in 24 months
    until it was seen yesterday; its award was told late."""
    old = days.now() - timedelta(days=1000)
    asset = make_asset(school=lincoln, tag="P-1", at=old, room=room)
    verify_asset(asset, by=SYSTEM, at=days.now() - timedelta(days=990))
    assign_asset(asset, to=maria, by=SYSTEM, at=days.now() - timedelta(days=40))
    return_asset(asset, by=SYSTEM, at=days.now() - timedelta(days=30))
    move_asset(asset, to=room, by=SYSTEM, at=days.now() - timedelta(days=20))
    verify_asset(asset, by=SYSTEM, at=days.now() - timedelta(days=1))
    asset.refresh_from_db()
    return asset


def test_what_was_not_placed_on_a_day_is_what_was_not_placed_then(
    placed: Asset, tom: User, ana: User
) -> None:
    assert tags(tom, 25, queue="unplaced") == ["P-1"]
    assert tags(tom, 35, queue="unplaced") == []
    assert tags(tom, 5, queue="unplaced") == []
    gone = make_asset(
        school=placed.school,
        tag="P-2",
        at=days.now() - timedelta(days=60),
        status="awaiting_disposal",
        legacy=True,
    )
    return_to = placed.school.rooms.get(code="LIB")
    move_asset(gone, to=return_to, by=SYSTEM, at=days.now() - timedelta(days=50))
    dispose_asset(gone, by=SYSTEM, method="recycled", disposed_on=days.today() - timedelta(days=3))
    assert tags(ana, 1, queue="no_unit") == ["P-1"], "nothing waits for what is gone"
    assert tags(ana, 10, queue="no_unit") == ["P-1", "P-2"], "it was not gone then"


def test_what_was_not_seen_in_24_months_is_asked_of_the_sightings_until_that_day(
    placed: Asset, tom: User
) -> None:
    assert tags(tom, 0, queue="not_verified") == []
    assert tags(tom, 2, queue="not_verified") == ["P-1"], "it was seen again only later"
    assert tags(tom, 500, queue="not_verified") == [], "it had been seen within 24 months then"


def test_what_no_award_paid_for_on_a_day_is_asked_of_the_shares_of_that_day(
    lincoln: School, ana: User, arp: Award
) -> None:
    old = days.now() - timedelta(days=30)
    purchase, units = make_purchase(quantity=1)
    make_asset(school=lincoln, tag="S-1", unit=units[0], at=old)
    share_line(
        purchase.lines.get(),
        [ShareDraft(arp, percent=Decimal(100))],
        by=SYSTEM,
        at=days.now() - timedelta(days=10),
    )
    assert tags(ana, 20, queue="no_share") == ["S-1"]
    assert tags(ana, 5, queue="no_share") == []
    assert tags(ana, 20, queue="no_unit") == []
    assert (tags(ana, 20, award=arp.pk), tags(ana, 5, award=arp.pk)) == ([], ["S-1"])


def test_a_queue_that_cannot_be_asked_of_a_past_day_is_refused_and_says_so(
    lincoln: School, ana: User, client_of: Of
) -> None:
    yesterday = days.today() - timedelta(days=1)
    for url in ("/assets/", "/assets/export.csv", "/assets/labels/"):
        answer = client_of(ana).get(f"{url}?queue=cost_unknown&as_of={yesterday}")
        assert answer.status_code == 400, url
        assert "for today alone" in answer.content.decode(), url
    today = client_of(ana).get(f"/assets/?queue=cost_unknown&as_of={days.today()}")
    assert today.status_code == 200
    with pytest.raises(Invalid) as error:
        tags(ana, 1, queue="cost_unknown")
    assert [p.code for p in error.value.problems] == ["queue-of-today"]


@pytest.mark.parametrize("queue", list(QUEUES))
def test_a_queue_as_of_today_is_the_queue_of_today(queue: str, placed: Asset, ana: User) -> None:
    old = days.now() - timedelta(days=9)
    _purchase, units = make_purchase(quantity=2, amount=None)
    for n, unit in enumerate((*units, None)):
        make_asset(school=placed.school, tag=f"Q-{n}", unit=unit, at=old)
    now = AssetFilter.parse(QueryDict(f"queue={queue}"), ana).apply(ana)
    assert tags(ana, 0, queue=queue) == sorted(now.values_list("tag", flat=True))


def test_every_other_filter_with_a_day_asks_what_was_so_then(
    placed: Asset, lincoln: School, room: Room, maria: Person, tom: User
) -> None:
    for back, status, there, holder in (
        (41, "in_stock", ["P-1"], []),
        (35, "in_use", [], ["P-1"]),
        (25, "in_stock", [], []),
        (5, "in_stock", ["P-1"], []),
    ):
        assert tags(tom, back, status=status) == ["P-1"], back
        assert tags(tom, back, room=room.pk) == there, back
        assert tags(tom, back, holder=maria.pk) == holder, back
        assert tags(tom, back, school=lincoln.pk, q="acer") == ["P-1"], back
    assert tags(tom, 2000, school=lincoln.pk) == [], "it was not there yet"


def test_a_day_at_a_school_of_others_tells_nobody_where_it_was(
    placed: Asset, washington: School, ned: User, tom: User
) -> None:
    move_asset(placed, to=washington.rooms.get(code="101"), by=SYSTEM)
    assert tags(ned, 0) == ["P-1"]
    assert tags(ned, 25, queue="unplaced") == [], "where it was is not Ned's to know"
    assert tags(ned, 25) == ["P-1"]


def test_what_was_last_seen_24_months_ago_today_is_not_late_and_a_day_before_is(
    tom: User, lincoln: School
) -> None:
    """The same day of the month, as the property record counts it."""
    last = days.months_before(days.today(), 24)
    for tag, day in (("S-1", last), ("S-2", last - timedelta(days=1))):
        thing = make_asset(school=lincoln, tag=tag, at=days.now() - timedelta(days=1000))
        verify_asset(thing, by=SYSTEM, at=days.end_of_day(day))
    assert tags(tom, 0, queue="not_verified") == ["S-2"]
    assert tags(tom, 1, queue="not_verified") == []


def test_months_before_end_with_their_month() -> None:
    assert days.months_before(date(2024, 2, 29), 24) == date(2022, 2, 28)
    assert days.months_before(date(2026, 12, 31), 1) == date(2026, 11, 30)
    assert days.months_before(date(2026, 1, 15), 24) == date(2024, 1, 15)
