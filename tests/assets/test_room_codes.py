"""The code on a door goes on leading to its room, whatever was renumbered since it was printed."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from assets.codes.resolve import resolve
from assets.models import Asset
from core.access import SYSTEM
from people.actions import change_room, change_school, create_room, create_school
from people.models import Room, School, User
from tests.assets.test_scan_page import Desk
from tests.factories import make_asset
from tests.forms import scanned

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


def to_print(room: Room, client: Client) -> str:
    """The code that the page of a room says to print."""
    page = client.get(f"/rooms/{room.pk}/").content.decode()
    found = re.search(r"<code>(R:[^<]*)</code>", page)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize(
    ("school", "building", "number"),
    [
        ("ONE", "", "101"),
        ("Lincoln HS", "", "0101"),
        ("ONE", "", "B:12"),
        ("ONE", "A:1", "12"),
        ("O:NE", "A:1", ":B:12:"),
        ("ÖNE", "Übung", "É 1"),
    ],
)
def test_what_the_page_says_to_print_is_read_by_the_desk(
    school: str, building: str, number: str, ana: User, client_of: Of
) -> None:
    home = create_school(school, "School One", by=SYSTEM)
    room = create_room(home, number, by=SYSTEM, building=building)
    for code in (printed := to_print(room, client_of(ana)), printed.lower(), printed.upper()):
        assert resolve(code, ana).room == room, code


def test_a_door_leads_to_its_room_after_the_schools_code_changed(
    ana: User, tom: User, client_of: Of, lincoln: School, library: Room
) -> None:
    old = to_print(library, client_of(tom))
    change_school(lincoln, by=SYSTEM, code="LMS")
    make_asset(school=lincoln, tag="D-1")
    desk = Desk(client_of(tom))
    desk.mode("move")
    assert f"{library}, {lincoln.name}: now scan the devices." in desk.scan(old)
    assert "is an old code of this room" in desk.client.get("/scan/").content.decode()
    desk.scan("D-1")
    assert Asset.objects.get(tag="D-1").room == library
    new = to_print(library, client_of(tom))
    assert new != old
    desk.scan(new)
    assert "is an old code of this room" not in desk.client.get("/scan/").content.decode()


def test_it_is_asked_which_where_another_room_has_the_code_by_now(
    ana: User, client_of: Of, lincoln: School
) -> None:
    """The summer's renumbering: 201 became 202, and 202 became 203."""
    first, second = (create_room(lincoln, number, by=SYSTEM) for number in ("201", "202"))
    change_room(second, by=SYSTEM, code="203")
    change_room(first, by=SYSTEM, code="202")
    assert resolve("R:LIN::201", ana).room == first
    assert [m.thing for m in resolve("R:LIN::202", ana).choices] == [first, second]
    assert resolve("R:LIN::203", ana).room == second
    desk = Desk(client_of(ana))
    desk.mode("move")
    assert "has more than one meaning" in desk.scan("R:LIN::202")
    names = [c["name"] for c in desk.client.session["desk"]["rows"][0]["choices"]]
    assert names == [f"Room: {n} · {lincoln.name}" for n in ("202", "203")]
    scanned(desk.client, "R:LIN::202", pick=f"room:{second.pk}")
    assert desk.client.session["desk"]["target"] == ["room", second.pk]


def test_another_school_that_took_the_code_is_no_answer_by_itself(
    ana: User, tom: User, lincoln: School, library: Room
) -> None:
    change_school(lincoln, by=SYSTEM, code="LMS")
    annex = create_school("LIN", "Lincoln Annex", by=SYSTEM)
    theirs = create_room(annex, library.code, by=SYSTEM, building=library.building)
    code = f"R:LIN:{library.building}:{library.code}"
    assert [m.thing for m in resolve(code, ana).choices] == [theirs, library]
    assert resolve(code, tom).room == library, "the annex is none of his"


def test_a_room_had_its_building_and_number_together(ana: User, lincoln: School) -> None:
    room = create_room(lincoln, "1", by=SYSTEM, building="A")
    change_room(room, by=SYSTEM, building="B")
    change_room(room, by=SYSTEM, code="2")
    assert [resolve(f"R:LIN:{at}", ana).room for at in ("A:1", "B:1", "B:2")] == [room] * 3
    assert resolve("R:LIN:A:2", ana).kind == "unknown"
    assert resolve("R:" + ":" * 200, ana).kind == "unknown"
