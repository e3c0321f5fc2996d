"""What somebody checked in, moved, found or noted was here then: it had not left, at no door."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from assets.actions import (
    assign_asset,
    change_asset,
    change_status,
    correct_asset,
    dispose_asset,
    find_again,
    move_asset,
    return_asset,
)
from assets.models import Asset, Status
from core.access import SYSTEM
from core.journal import verify
from core.time import days
from funding.models import Award, Unit
from people.actions import create_room
from people.models import Room, School, User
from reports.property_record.build import build
from tests.factories import make_student
from tests.integrations.conftest import bring, outcomes, why
from tests.integrations.conftest import equipment as equipment
from tests.refusing import page_says, rest_says
from tests.reports.merged import Make, at, fresh, merged, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment")]
Of = Callable[[User | None], Client]
LEFT, LATER = date(2025, 3, 1), date(2026, 2, 1)
DAYS = [date(2024, 12, 31), LEFT, date(2025, 6, 30), date(2026, 6, 30)]


def told(award: Award) -> list[list[tuple[str, date | None]]]:
    """What R1 says on past days and today."""
    built = [
        build(award, as_of=day, known_at=days.now(), by=SYSTEM) for day in (*DAYS, days.today())
    ]
    return [[(row.status, row.disposed_on) for row in report.rows] for report in built]


@pytest.fixture
def gym(lincoln: School) -> Room:
    return create_room(lincoln, "Gym", by=SYSTEM)


def checked_in(asset: Asset, gym: Room) -> None:
    kim = make_student(school=asset.school)
    assign_asset(asset, to=kim, by=SYSTEM, at=at(date(2025, 2, 1)))
    return_asset(fresh(asset), by=SYSTEM, at=at(LATER))


def moved(asset: Asset, gym: Room) -> None:
    move_asset(asset, to=gym, by=SYSTEM, at=at(LATER))


def put_right(asset: Asset, gym: Room) -> None:
    """It was in another room since then than was told."""
    reason = "Another room"
    correct_asset(asset, by=SYSTEM, reason=reason, serial="S9", room=gym, at=at(LATER))


def found(asset: Asset, gym: Room) -> None:
    change_status(asset, to=Status.MISSING, by=SYSTEM, at=at(date(2025, 2, 1)))
    find_again(fresh(asset), by=SYSTEM, at=at(LATER))


def repaired(asset: Asset, gym: Room) -> None:
    change_status(asset, to=Status.IN_REPAIR, by=SYSTEM, at=at(LATER))


def noted(asset: Asset, gym: Room) -> None:
    change_asset(asset, by=SYSTEM, condition="poor", condition_on=LATER)


SAID = "It was disposed on 03/01/2025, and "
BEFELL = [
    (checked_in, "returned", "checked in after that, on 02/01/2026"),
    (moved, "moved", "put into a room after that, on 02/01/2026"),
    (put_right, "moved", "put into a room after that, on 02/01/2026"),
    (found, "here", "somebody said after that, on 02/01/2026, that it was here"),
    (repaired, "here", "somebody said after that, on 02/01/2026, that it was here"),
    (noted, "noted", "its condition was noted after that, on 02/01/2026"),
]
Befell = Callable[[Asset, Room], None]


def waits(asset: Asset) -> Asset:
    """Its papers are of today."""
    for status in (Status.SURPLUS, Status.AWAITING_DISPOSAL):
        change_status(fresh(asset), to=status, by=SYSTEM)
    return fresh(asset)


@pytest.mark.parametrize(("befell", "code", "said"), BEFELL)
def test_it_did_not_leave_before_somebody_came_to_it(
    arp: Award,
    paid: Unit,
    thing: Make,
    gym: Room,
    ana: User,
    client_of: Of,
    api_of: Of,
    befell: Befell,
    code: str,
    said: str,
) -> None:
    asset = thing("L", paid)
    befell(asset, gym)
    asset, code = waits(asset), f"disposed-before-{code}"
    before = told(arp)
    typed = {"method": "recycled", "disposed_on": f"{LEFT:%m/%d/%Y}"}
    page_says(client_of(ana), f"/assets/{asset.pk}/dispose/", typed, code, SAID + said)
    body = {"method": "recycled", "disposed_on": LEFT}
    path = f"assets/{asset.pk}/dispose"
    rest_says(api_of(ana), path, body, code, SAID + said, pointer="/disposed_on")
    assert told(arp) == before
    dispose_asset(fresh(asset), by=SYSTEM, method="recycled", disposed_on=LATER)
    assert told(arp)[-1] == [("Disposed", LATER)]
    assert verify.verify().findings == []


@pytest.mark.parametrize(("befell", "code", "said"), BEFELL)
def test_nor_is_it_one_with_what_had_left(
    arp: Award, thing: Make, paid: Unit, gym: Room, befell: Befell, code: str, said: str
) -> None:
    gone, here = thing("L", paid, serial="SL"), thing("W", serial="SW")
    change_status(gone, to=Status.SURPLUS, by=SYSTEM, at=at(date(2025, 2, 3)))
    change_status(fresh(gone), to=Status.AWAITING_DISPOSAL, by=SYSTEM, at=at(date(2025, 2, 3)))
    dispose_asset(fresh(gone), by=SYSTEM, method="recycled", disposed_on=LEFT)
    befell(here, gym)
    before = told(arp)
    assert refused(lambda: merged(fresh(here), gone)) == f"disposed-before-{code}"
    model = here.product
    row = f"Tag,Serial,Make,Model\nL,{fresh(here).serial},{model.make},{model.model}\n"
    session = bring(row, settle="two=merge")
    assert outcomes(session) == {"refused": 1}
    assert SAID + said in why(session)
    assert told(arp) == before


def test_its_papers_and_what_nobody_knows_are_no_word_that_it_was_here(
    arp: Award, paid: Unit, thing: Make, gym: Room
) -> None:
    asset = thing("L", paid, room=gym, condition="good")
    change_status(asset, to=Status.SURPLUS, by=SYSTEM, at=at(date(2025, 6, 1)))
    change_asset(fresh(asset), by=SYSTEM, home_room=gym)
    change_status(fresh(asset), to=Status.AWAITING_DISPOSAL, by=SYSTEM)
    dispose_asset(fresh(asset), by=SYSTEM, method="recycled", disposed_on=LEFT)
    assert told(arp)[-1] == [("Disposed", LEFT)]
