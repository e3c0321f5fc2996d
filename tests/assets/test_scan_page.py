"""The desk: what a scan does, what a second one does not, and what an undo leaves alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import move_asset
from assets.models import Asset
from core.models import Entry
from core.problems import Refused
from people.models import Person, Room, School, User
from tests.factories import make_asset
from tests.forms import scanned, sent

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


class Desk:
    """Tom's scan page; `scan` answers with what the list says on top."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def mode(self, name: str) -> None:
        self.client.post("/scan/", {"mode": name})

    def scan(self, *codes: str) -> str:
        for code in codes:
            scanned(self.client, code)
        return self.rows()[0]

    def rows(self) -> list[str]:
        return [row["text"] for row in self.client.session["desk"]["rows"]]


@pytest.fixture
def desk(tom: User, client_of: Of) -> Desk:
    found = Desk(client_of(tom))
    found.mode("out")
    return found


def holder(tag: str) -> Person | None:
    return Asset.objects.get(tag=tag).holder


def test_a_second_scan_shows_the_first_row_again_wherever_it_stands(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    for tag in ("100501", "100502"):
        make_asset(school=lincoln, tag=tag)
    desk.scan(maria.local_id, "100501", "100502")
    before = desk.rows()
    desk.scan("100501")
    assert desk.rows() == before
    page = desk.client.get("/scan/").content.decode()
    assert "Scanned again: nothing was done twice." in page


def test_the_same_device_for_the_next_student_is_refused_with_its_holder(
    desk: Desk, lincoln: School, maria: Person, jamal: Person
) -> None:
    make_asset(school=lincoln, tag="100503")
    desk.scan(maria.local_id, "100503")
    desk.scan(jamal.local_id)
    assert "Maria Lopez" in desk.scan("100503")
    assert holder("100503") == maria


def test_after_done_a_device_wants_a_card_first(desk: Desk, lincoln: School, maria: Person) -> None:
    make_asset(school=lincoln, tag="100504")
    desk.scan(maria.local_id, "100504", "DONE")
    assert desk.scan("100504") == "Scan the person's card first."


def test_undo_takes_back_the_last_act_and_not_one_before_it(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    for tag in ("100505", "100506"):
        make_asset(school=lincoln, tag=tag)
    desk.scan(maria.local_id, "100505", "100506", "UNDO")
    assert holder("100506") is None
    assert holder("100505") == maria
    assert desk.rows()[0].startswith("Undone: 100506")


def test_a_card_shows_the_person_and_another_schools_device_is_not_there(
    desk: Desk, washington: School, maria: Person
) -> None:
    make_asset(school=washington, tag="900001")
    desk.scan(maria.local_id)
    assert desk.scan("900001") == desk.scan("NOT-THERE") == "Nothing of your schools has this code."


def test_a_check_in_without_a_home_room_says_that_it_is_not_placed(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="100507")
    desk.scan(maria.local_id, "100507")
    desk.mode("in")
    assert "no home room" in desk.scan("100507")
    assert Asset.objects.get(tag="100507").place == "unplaced"


@pytest.mark.parametrize("mode", ["move", "verify"])
def test_scanning_a_missing_device_in_a_room_says_that_it_was_found(
    mode: str, desk: Desk, lincoln: School, library: Room
) -> None:
    make_asset(school=lincoln, tag="100801", status="missing", legacy=True)
    desk.mode(mode)
    said = desk.scan("R:LIN:Main:LIB", "100801")
    assert "found again" in said
    found = Asset.objects.get(tag="100801")
    assert (found.status, found.room) == ("in_stock", library)
    assert Entry.objects.of(found).filter(kind="asset.found_again").count() == 1


def test_a_missing_device_is_not_moved_without_being_found(
    tom: User, lincoln: School, library: Room
) -> None:
    asset = make_asset(school=lincoln, tag="100802", status="missing", legacy=True)
    with pytest.raises(Refused, match="found again"):
        move_asset(asset, to=library, by=tom)
    asset.refresh_from_db()
    assert asset.status == "missing"


def test_a_device_of_somebody_else_is_taken_over_by_one_button(
    desk: Desk, tom: User, lincoln: School, maria: Person, jamal: Person
) -> None:
    make_asset(school=lincoln, tag="100521")
    desk.scan(maria.local_id, "100521", jamal.local_id, "100521")
    page = desk.client.get("/scan/").content.decode()
    assert f"Check it in and hand it to {jamal}" in page
    desk.client.post("/scan/", sent(page, "/scan/", "resolve"))
    assert holder("100521") == jamal
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == ["asset.assigned", "asset.returned"], "both facts are in its history"
    assert desk.scan("UNDO") == f"Undone: 100521 is with {maria.name} again"
    assert holder("100521") == maria


def test_what_was_done_in_another_mode_was_not_this(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="100522")
    desk.scan(maria.local_id, "100522")
    desk.mode("in")
    desk.scan("100522")
    desk.mode("tag")
    assert desk.scan("100522") == "100522 is registered already."


def test_a_tag_that_is_a_serial_too_is_the_tag_and_says_so(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="100523")
    make_asset(school=lincoln, tag="100524", serial="100523")
    said = "100523 is the serial number of another asset, too"
    desk.scan(maria.local_id, "100523")
    assert holder("100523") == maria
    assert said in desk.client.get("/scan/").content.decode()
    page = desk.client.post("/scan/", {"code": "100523", "look": "1"}, follow=True)
    assert said in page.content.decode()


def test_an_undo_says_how_things_stand_again(
    desk: Desk, lincoln: School, room: Room, maria: Person
) -> None:
    library = lincoln.rooms.get(code="LIB")
    make_asset(school=lincoln, tag="100525", room=library)
    desk.scan(maria.local_id, "100525")
    assert desk.scan("UNDO") == "Undone: 100525 is not handed out any more"
    desk.mode("move")
    desk.scan(f"R:LIN:{room.building}:{room.code}", "100525")
    assert desk.scan("UNDO") == f"Undone: 100525 is in {library} again"


def test_to_look_at_an_empty_desk_writes_nothing(tom: User, client_of: Of) -> None:
    """While somebody holds the database, who only opens the page is not told that what they sent
    may be recorded."""
    client = client_of(tom)
    page = client.get("/scan/")
    assert page.status_code == 200
    assert "desk" not in client.session
