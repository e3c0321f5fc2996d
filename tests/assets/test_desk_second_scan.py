"""A second scan at the desk is one of a thing that stands as this desk left it, and no other."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset, change_status, move_asset, return_asset
from assets.models import Asset
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk, holder
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
AGAIN = "Scanned again: nothing was done twice."


@pytest.fixture
def desk(tom: User, client_of: Of) -> Desk:
    found = Desk(client_of(tom))
    found.mode("out")
    return found


@pytest.fixture
def asset(lincoln: School) -> Asset:
    return make_asset(school=lincoln, tag="S-1", serial="5CD9001")


def page_of(desk: Desk) -> str:
    return desk.client.get("/scan/").content.decode()


@pytest.mark.parametrize("code", ["S-1", "5CD9001"])
def test_tom_is_told_who_has_by_now_what_he_handed_out(
    code: str, desk: Desk, asset: Asset, maria: Person, jamal: Person, ana: User
) -> None:
    desk.scan(maria.local_id, "S-1")
    return_asset(asset, by=ana)
    assign_asset(asset, to=jamal, by=ana)
    assert f"It is with {jamal.name}" in desk.scan(code)
    page = page_of(desk)
    assert AGAIN not in page
    assert f"Check it in and hand it to {maria}" in page
    assert holder("S-1") == jamal


def test_tom_is_told_that_what_he_handed_out_is_missing_since(
    desk: Desk, asset: Asset, maria: Person, ana: User
) -> None:
    desk.scan(maria.local_id, "S-1")
    return_asset(asset, by=ana)
    change_status(asset, to="missing", by=ana)
    assert "cannot be handed out" in desk.scan("S-1")
    assert AGAIN not in page_of(desk)


def test_what_was_carried_on_since_its_check_in_is_no_second_scan(
    desk: Desk, asset: Asset, library: Room, maria: Person, ana: User
) -> None:
    assign_asset(asset, to=maria, by=ana)
    desk.mode("in")
    before = desk.scan("S-1")
    assert desk.scan("S-1") == before
    assert AGAIN in page_of(desk)
    move_asset(asset, to=library, by=ana)
    assert desk.scan("S-1") == "S-1 is not checked out to anybody."
    assert AGAIN not in page_of(desk)
