"""What left is disposed since its own day in R1, whatever its papers said of later ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from assets.actions import change_asset, change_status, dispose_asset, reopen_disposal
from assets.models import Asset, AssetSpan, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.actions import create_room
from people.models import Room, School, User
from reports.property_record.build import build
from tests.integrations.conftest import bring, outcomes, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import refusal
from tests.reports.merged import Make, at, fresh, known_days, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
SOLD = date(2025, 3, 1)
PAST = [date(2024, 12, 31), date(2025, 2, 28), SOLD, date(2025, 6, 30), date(2026, 6, 30)]
LEFT = ("Disposed", SOLD, "Sold", Decimal("75.00"))
Row = tuple[str, date | None, str, Decimal | None]


def told(award: Award, known: object = None) -> list[Row]:
    """What R1 says on past days and today."""
    found = []
    for day in (*PAST, days.today()):
        report = build(award, as_of=day, known_at=known or days.now(), by=SYSTEM)  # type: ignore[arg-type]
        [row] = report.rows
        found.append((row.status, row.disposed_on, row.method, row.sale_price))
    return found


@pytest.fixture
def gym(lincoln: School) -> Room:
    return create_room(lincoln, "Gym", by=SYSTEM)


def today(asset: Asset) -> None:
    """As the page does it."""
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM)


def then_edited(asset: Asset) -> None:
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM, at=at(date(2024, 11, 1)))
    room = create_room(asset.school, "Store", by=SYSTEM)
    change_asset(fresh(asset), by=SYSTEM, home_room=room)


def in_between(asset: Asset) -> None:
    change_status(fresh(asset), to=Status.SURPLUS, by=SYSTEM, at=at(date(2025, 5, 1)))
    room = create_room(asset.school, "Store", by=SYSTEM)
    change_asset(fresh(asset), by=SYSTEM, home_room=room)
    change_status(fresh(asset), to=Status.AWAITING_DISPOSAL, by=SYSTEM)


def sell(asset: Asset, door: str, page: Client, api: Client) -> None:
    if door == "page":
        typed = {"method": "sold", "disposed_on": "03/01/2025", "sale_price": "75.00"}
        page.post(f"/assets/{asset.pk}/dispose/", typed)
    else:
        body = {"method": "sold", "disposed_on": "2025-03-01", "sale_price": "75.00"}
        path = f"/api/v1/assets/{asset.pk}/dispose"
        api.post(path, body, content_type="application/json")
    assert fresh(asset).status == Status.DISPOSED


@pytest.mark.parametrize(
    ("papers", "door"),
    [(today, "page"), (then_edited, "rest"), (in_between, "rest")],
)
def test_it_is_disposed_since_its_day_and_back_as_it_was(
    arp: Award,
    paid: Unit,
    thing: Make,
    gym: Room,
    ana: User,
    client_of: Of,
    api_of: Of,
    papers: Callable[[Asset], None],
    door: str,
) -> None:
    asset = thing("K1", paid, room=gym, condition="good")
    papers(asset)
    before, then, spans = told(arp), days.now(), known_days()
    assert before[3][0] != "Disposed"
    home = fresh(asset).home_room_id
    sell(asset, door, client_of(ana), api_of(ana))
    assert told(arp) == [*before[:2], *[LEFT] * 4]
    assert told(arp, then) == before  # as known before
    gone = AssetSpan.objects.known().filter(asset=asset, valid_from__gte=days.start_of_day(SOLD))
    assert {(s.status, s.place, s.holder_id) for s in gone} == {("disposed", "closed", None)}
    assert (fresh(asset).home_room_id, fresh(asset).condition) == (home, "good")
    assert verify.verify().findings == []
    reopen_disposal(fresh(asset), by=SYSTEM, reason="Wrong tag", to=Status.SURPLUS)
    assert fresh(asset).home_room_id == home
    back = told(arp)
    assert back[-1][0] == "Surplus"
    if papers is not then_edited:  # its papers were not of its day: each past day as before
        assert back[:-1] == before[:-1]
        assert known_days() == spans
    assert verify.verify().findings == []
    change_status(fresh(asset), to=Status.AWAITING_DISPOSAL, by=SYSTEM)
    sell(asset, "rest", client_of(ana), api_of(ana))
    assert told(arp) == [*before[:2], *[LEFT] * 4]


def test_the_import_of_the_same_says_the_same(arp: Award) -> None:
    head = "Tag,Make,Model,Status,Acquired,Received,Disposal date,Disposal method,Cost,PO,Award\n"
    row = f"M1,HP,11,Disposed,8/1/2024,8/1/2024,3/1/2025,Sold,1000.00,PO-M1,{arp.name}\n"
    session = bring(head + row)
    assert outcomes(session) == {"create": 1}, why(session)
    assert [r[:2] for r in told(arp)[2:]] == [LEFT[:2]] * 4
    assert [r[0] for r in told(arp)[:2]] != ["Disposed"] * 2


def test_what_was_told_of_its_own_day_is_before_it_left(
    arp: Award, paid: Unit, thing: Make
) -> None:
    asset = thing("K2", paid)
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM, at=at(SOLD))
    dispose_asset(fresh(asset), by=SYSTEM, method="sold", disposed_on=SOLD)
    last = AssetSpan.objects.known().filter(asset=asset).in_order().last()
    assert last is not None
    assert (last.status, last.valid_from) == ("disposed", at(SOLD))
    assert [r[0] for r in told(arp)][1:3] == ["In stock", "Disposed"]


def test_nor_before_it_was_there(arp: Award, paid: Unit, thing: Make) -> None:
    asset = thing("K3", paid)
    today(asset)
    before = told(arp)
    sold = partial(dispose_asset, fresh(asset), by=SYSTEM, method="sold")
    with refusal("disposed-before-acquired"):
        assert refused(lambda: sold(disposed_on=date(2023, 1, 1))) == "disposed-before-acquired"
    assert told(arp) == before
    sold(disposed_on=days.today())
    assert told(arp)[:-1] == before[:-1]
