"""A row that says a device lies in a room, in stock, which the register has with a student."""

import pytest

from assets.actions import assign_asset, change_asset
from assets.models import Asset, Category
from core.access import SYSTEM
from people.models import Person, Room, School
from tests.factories import make_asset
from tests.integrations.conftest import Brings, bring, outcomes, undo, why

pytestmark = pytest.mark.django_db
ROW = "Asset Tag,School,Room,Status,Condition\nTA4,LIN,101,{},Poor\n"


@pytest.fixture(autouse=True)
def out(lincoln: School, equipment: Category, maria: Person) -> Asset:
    asset = make_asset(school=lincoln, tag="TA4")
    assign_asset(asset, to=maria, by=SYSTEM)
    return asset


def stands(asset: Asset) -> tuple[str, str, bool]:
    asset.refresh_from_db()
    return asset.status, str(asset.room or ""), asset.holder_id is not None


@pytest.mark.parametrize("status", ["In stock", "Surplus"])
def test_a_returned_device_is_checked_in_to_its_room_once_somebody_says_so(
    brings: Brings, out: Asset, status: str
) -> None:
    session = brings(ROW.format(status), "held=check_in")
    assert outcomes(session) == {"update": 1}, why(session)
    assert stands(out) == (status.lower().replace(" ", "_"), "Main 101", False)
    undo(session)
    assert stands(out) == ("in_use", "", True)


def test_until_then_it_is_asked_and_left_with_them_it_is_not_in_stock(out: Asset) -> None:
    asked = bring(ROW.format("In stock"))
    assert (outcomes(asked), asked.rows.get().conflict) == ({"refused": 1}, "held")
    assert "Check it in first" not in why(asked)
    left = bring(ROW.format("In stock"), settle="held=keep")
    assert why(left) == "It is checked out. Check it in first."
    silent = bring("Asset Tag,Status\nTA4,In stock\n")
    assert silent.rows.get().conflict == "returned", "it says no room: its own is asked about"
    assert stands(out) == ("in_use", "", True)


LIST = "Asset Tag,School,Status\nTA4,LIN,{}\n"


@pytest.mark.parametrize("status", ["In stock", "Surplus"])
def test_what_a_list_without_rooms_has_in_stock_is_checked_in_once_somebody_says_so(
    brings: Brings, out: Asset, status: str
) -> None:
    asked = brings(LIST.format(status))
    assert "somebody has it, and the row says" in why(asked)
    session = brings(LIST.format(status), "returned=check_in")
    assert outcomes(session) == {"update": 1}, why(session)
    assert stands(out) == (status.lower().replace(" ", "_"), "", False)
    undo(session)
    assert stands(out) == ("in_use", "", True)


def test_it_goes_to_its_home_room_where_it_has_one(lincoln: School, out: Asset) -> None:
    room = Room.objects.get(school=lincoln, code="101")
    change_asset(out, by=SYSTEM, home_room=room)
    bring(LIST.format("In stock"), settle="returned=check_in")
    assert stands(out) == ("in_stock", "Main 101", False)


def test_left_with_them_it_is_not_in_stock_and_what_else_the_row_says_is_taken(out: Asset) -> None:
    text = "Asset Tag,School,Status,Condition\nTA4,LIN,In stock,Poor\n"
    session = bring(text, settle="returned=keep")
    assert outcomes(session) == {"update": 1}, why(session)
    assert "It stays with whoever has it" in str(session.rows.get().warnings)
    assert stands(out) == ("in_use", "", True)
    assert out.condition == "poor"
