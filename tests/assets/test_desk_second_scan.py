"""A second scan at the desk is one of a thing that stands as this desk left it, and no other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import assign_asset, change_status, move_asset, return_asset
from assets.models import Asset, Verification
from core.models import Entry
from core.time import days
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk, holder
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
LIBRARY = "R:LIN:Main:LIB"
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


def told_of(asset: Asset) -> tuple[int, int, int]:
    """What the register has of it: entries, spans and verifications."""
    entries = Entry.objects.filter(subject_type="assets.asset", subject_id=asset.pk)
    return entries.count(), asset.spans.count(), Verification.objects.filter(asset=asset).count()


@pytest.mark.parametrize("mode", ["move", "verify", "out"])
def test_a_scanner_that_fires_twice_at_a_room_acts_once(
    mode: str, desk: Desk, asset: Asset, library: Room
) -> None:
    desk.mode(mode)
    desk.scan(LIBRARY, "S-1")
    once, rows = told_of(asset), desk.rows()
    desk.scan("S-1", "5CD9001")
    assert told_of(asset) == once
    assert desk.rows() == rows
    assert AGAIN in page_of(desk)


def test_what_was_seen_without_a_room_is_seen_once(desk: Desk, asset: Asset) -> None:
    desk.mode("verify")
    desk.scan("S-1")
    once = told_of(asset)
    desk.scan("S-1")
    assert told_of(asset) == once and AGAIN in page_of(desk)


def test_after_somebody_carried_it_on_the_scan_moves_it_back(
    desk: Desk, asset: Asset, library: Room, room: Room, ana: User
) -> None:
    desk.mode("move")
    desk.scan(LIBRARY, "S-1")
    move_asset(asset, to=room, by=ana)
    desk.scan("S-1")
    assert Asset.objects.get(tag="S-1").room == library
    assert AGAIN not in page_of(desk)


def test_the_room_that_is_scanned_anew_begins_a_new_round(
    desk: Desk, asset: Asset, library: Room
) -> None:
    desk.mode("verify")
    desk.scan(LIBRARY, "S-1")
    once = told_of(asset)
    desk.scan(LIBRARY, "S-1")
    assert told_of(asset) > once, "the room was counted twice"


def test_on_another_day_it_is_seen_anew(
    desk: Desk, asset: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.mode("verify")
    desk.scan("S-1")
    once, tomorrow = told_of(asset), days.today() + timedelta(days=1)
    monkeypatch.setattr("assets.scan.again.days.today", lambda: tomorrow)
    desk.scan("S-1")
    assert told_of(asset) > once


def test_the_undo_after_a_second_scan_undoes_the_first(
    desk: Desk, asset: Asset, library: Room
) -> None:
    was = asset.room
    desk.mode("move")
    desk.scan(LIBRARY, "S-1", "S-1")
    assert Asset.objects.get(tag="S-1").room == library
    desk.scan("UNDO")
    assert Asset.objects.get(tag="S-1").room == was
