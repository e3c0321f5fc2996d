"""After an undo at the desk a thing is as it was before: each part of its state, and its loan."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from assets.actions import assign_asset, change_asset, change_status, move_asset, register_asset
from assets.models import Asset, Assignment
from core.journal import verify
from core.models import Entry
from people.actions import change_room
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk
from tests.factories import make_asset, make_product
from tests.forms import sent
from tests.whole import whole

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
DUE = date(2027, 6, 1)


@pytest.fixture
def desk(ana: User, client_of: Of) -> Desk:
    """Ana's, who sees every school."""
    return Desk(client_of(ana))


def start(how: str, lincoln: School, maria: Person, ana: User) -> Asset:
    """A thing that stands in one of the ways that a thing can."""
    room = lincoln.rooms.get(code="101")
    if how in ("unplaced", "received", "homeless"):
        status = "received" if how == "received" else "in_stock"
        asset = register_asset(
            by=ana, tag="W-1", product=make_product(), school=lincoln, status=status, legacy=True
        )
        return asset if how == "homeless" else change_asset(asset, by=ana, home_room=room)
    asset = make_asset(school=lincoln, tag="W-1", room=room, condition="fair")
    if how == "used in a room":
        change_status(asset, to="in_use", by=ana)
    if how.startswith("lent"):
        if "home away" in how:
            away = School.objects.get(code="WAS").rooms.get(code="101")
            change_asset(asset, by=ana, home_room=away)
        assign_asset(asset, to=maria, by=ana, due_on=DUE)
    if how == "lent, over the summer in a room":
        move_asset(asset, to=room, by=ana)
    return asset


FREE = ["unplaced", "homeless", "received", "in a room", "used in a room"]
LENT = ["lent", "lent, over the summer in a room", "lent, home away"]
IN_A_ROOM = "R:LIN:Main:LIB"


@pytest.mark.parametrize(
    ("how", "mode", "to"),
    [(how, "out", "person") for how in FREE]
    + [(how, "over", "person") for how in LENT]
    + [(how, "in", to) for how in LENT for to in ("", IN_A_ROOM)]
    + [(how, "move", IN_A_ROOM) for how in FREE + LENT],
)
def test_whatever_was_done_is_undone_whole(
    how: str,
    mode: str,
    to: str,
    desk: Desk,
    lincoln: School,
    washington: School,
    maria: Person,
    jamal: Person,
    ana: User,
) -> None:
    asset = start(how, lincoln, maria, ana)
    before = whole(asset)
    assert before["loan"] == ((maria.pk, DUE) if how in LENT else None)
    desk.mode("out" if mode == "over" else mode)
    if to:
        desk.scan(jamal.local_id if to == "person" else to)
    desk.scan("W-1")
    if mode == "over":
        page = desk.client.get("/scan/").content.decode()
        desk.client.post("/scan/", sent(page, "/scan/", "resolve"))
    assert whole(asset) != before, desk.rows()
    entries = Entry.objects.count()
    assert desk.scan("UNDO").startswith("Undone: W-1")
    assert whole(asset) == before
    assert Entry.objects.count() == entries + 1, "an undo is one act"
    assert verify.verify().findings == []


def test_two_loans_undone_one_after_the_other_have_their_own_due_days(
    desk: Desk, lincoln: School, maria: Person, jamal: Person, ana: User
) -> None:
    asset = start("lent", lincoln, maria, ana)
    before = whole(asset)
    desk.mode("in")
    desk.scan("W-1")
    between = whole(asset)
    desk.mode("out")
    desk.scan(jamal.local_id, "W-1", "UNDO")
    assert whole(asset) == between
    desk.scan("UNDO")
    assert whole(asset) == before
    assert (
        list(Assignment.objects.filter(due_on=DUE).values_list("person", flat=True))
        == [maria.pk] * 2
    )


def test_what_cannot_be_as_before_is_left_and_says_why(
    desk: Desk, lincoln: School, maria: Person, ana: User, room: Room
) -> None:
    asset = start("in a room", lincoln, maria, ana)
    desk.mode("out")
    desk.scan(maria.local_id, "W-1")
    out = whole(asset)
    change_room(room, by=ana, active=False)
    assert desk.scan("UNDO") == "This room is no longer in use."
    assert whole(asset) == out


def test_tom_does_not_put_it_back_into_a_school_that_is_not_his(
    desk: Desk, tom: User, client_of: Of, lincoln: School, washington: School, ana: User
) -> None:
    asset = make_asset(school=washington, tag="W-2")
    desk.mode("move")
    desk.scan("R:LIN:Main:LIB", "W-2")
    here = whole(asset)
    toms = Desk(client_of(tom))
    toms.mode("move")
    session = toms.client.session
    # As if his eyes were those of the list: the rule behind it refuses as well.
    session["desk"] = desk.client.session["desk"] | {"eyes": session["desk"]["eyes"]}
    session.save()
    assert "in the school that it would go to" in toms.scan("UNDO")
    assert whole(asset) == here


def test_the_history_says_that_it_stands_as_before(
    desk: Desk, lincoln: School, maria: Person, ana: User
) -> None:
    start("lent", lincoln, maria, ana)
    desk.mode("in")
    desk.scan("W-1", "UNDO")
    page = desk.client.get(f"/assets/{Asset.objects.get(tag='W-1').pk}/").content.decode()
    assert f"stands as before, with {maria.name}: what was done was undone" in page
