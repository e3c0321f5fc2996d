"""An undo at the desk takes back its own act, and nothing that somebody did since."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import assign_asset, move_asset, return_asset
from assets.models import Asset
from core.models import Entry
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk, holder
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def desk(tom: User, client_of: Of) -> Desk:
    found = Desk(client_of(tom))
    found.mode("out")
    return found


def entries() -> int:
    return Entry.objects.count()


def test_what_another_desk_did_since_is_not_undone(
    desk: Desk, lincoln: School, maria: Person, jamal: Person, ana: User
) -> None:
    asset = make_asset(school=lincoln, tag="U-1")
    desk.scan(maria.local_id, "U-1")
    return_asset(asset, by=ana)
    assign_asset(asset, to=jamal, by=ana)
    before = entries()
    assert "Somebody did something with U-1 since" in desk.scan("UNDO")
    assert holder("U-1") == jamal
    assert entries() == before


def test_back_where_it_was_by_others_is_still_theirs(
    desk: Desk, lincoln: School, maria: Person, ana: User
) -> None:
    """Taken in and handed to the same person again: the loan is another one."""
    asset = make_asset(school=lincoln, tag="U-2")
    desk.scan(maria.local_id, "U-2")
    return_asset(asset, by=ana)
    assign_asset(asset, to=maria, by=ana)
    assert "Somebody did something" in desk.scan("UNDO")
    assert holder("U-2") == maria


@pytest.mark.parametrize("mode", ["in", "move"])
def test_each_kind_of_act_is_guarded(
    desk: Desk, mode: str, lincoln: School, maria: Person, library: Room, room: Room, ana: User
) -> None:
    asset = make_asset(school=lincoln, tag="U-3", room=room)
    if mode == "in":
        assign_asset(asset, to=maria, by=ana)
    desk.mode(mode)
    desk.scan("R:LIN:Main:LIB", "U-3")
    move_asset(asset, to=lincoln.rooms.get(code="102"), by=ana)
    assert "Somebody did something with U-3 since" in desk.scan("UNDO")
    asset.refresh_from_db()
    assert (asset.room.code, asset.holder) == ("102", None)  # type: ignore[union-attr]


def test_two_acts_on_one_thing_are_undone_one_after_the_other(
    desk: Desk, lincoln: School, maria: Person, jamal: Person
) -> None:
    make_asset(school=lincoln, tag="U-4")
    desk.scan(maria.local_id, "U-4")
    desk.mode("in")
    desk.scan("U-4")
    assert "with Maria Lopez again" in desk.scan("UNDO")
    assert holder("U-4") == maria
    assert "not handed out any more" in desk.scan("UNDO")
    assert holder("U-4") is None


def test_between_two_undos_somebody_elses_act_counts(
    desk: Desk, lincoln: School, maria: Person, room: Room, ana: User
) -> None:
    asset = make_asset(school=lincoln, tag="U-5", room=room)
    desk.scan(maria.local_id, "U-5")
    desk.mode("in")
    desk.scan("U-5", "UNDO")
    move_asset(asset, to=lincoln.rooms.get(code="102"), by=ana)
    assert "Somebody did something" in desk.scan("UNDO")
    assert holder("U-5") == maria


def test_the_undo_of_an_old_page_does_not_take_back_another_act(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    for tag in ("U-6", "U-7"):
        make_asset(school=lincoln, tag=tag)
    desk.scan(maria.local_id, "U-6")
    page = desk.client.get("/scan/").context["shown"]
    desk.scan("U-7")  # in another window of the same desk
    desk.client.post("/scan/", {"code": "UNDO", "shown": page})
    assert "Something else was done here" in desk.rows()[0]
    assert (holder("U-6"), holder("U-7")) == (maria, maria)
    desk.client.post(
        "/scan/", {"code": "UNDO", "shown": desk.client.get("/scan/").context["shown"]}
    )
    assert (holder("U-6"), holder("U-7")) == (maria, None)


def test_an_undo_of_before_versions_were_kept_is_refused(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="U-8")
    desk.scan(maria.local_id, "U-8")
    session = desk.client.session
    del session["desk"]["rows"][0]["undo"]["version"]
    session.save()
    assert "Somebody did something" in desk.scan("UNDO")
    assert holder("U-8") == maria


@pytest.mark.untrue("it is moved behind the desk's back")
def test_a_thing_that_left_the_desks_schools_is_not_undone(
    desk: Desk, lincoln: School, washington: School, maria: Person, ana: User
) -> None:
    asset = make_asset(school=lincoln, tag="U-9")
    desk.scan(maria.local_id, "U-9")
    Asset.objects.filter(pk=asset.pk).update(school=washington)
    assert desk.scan("UNDO") == "Nothing of your schools has this code."
    assert holder("U-9") == maria
