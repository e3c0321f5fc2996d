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
            self.client.post("/scan/", {"code": code})
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


def test_a_missing_device_is_not_moved_without_being_found(tom: User, lincoln: School, library: Room) -> None:  # fmt: skip
    asset = make_asset(school=lincoln, tag="100802", status="missing", legacy=True)
    with pytest.raises(Refused, match="found again"):
        move_asset(asset, to=library, by=tom)
    asset.refresh_from_db()
    assert asset.status == "missing"
