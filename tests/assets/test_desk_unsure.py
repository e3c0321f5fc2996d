"""What may have been the next card or room leaves nobody standing: a thing goes to nobody by
mistake, and where the desk asks, the answer goes to whom it was meant for."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.models import Asset, Verification
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk, holder
from tests.factories import made, make_asset, make_product
from tests.forms import forms_of

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
UNKNOWN = "Nothing of your schools has this code."
IN_LIBRARY = "R:LIN:Main:LIB"


@pytest.fixture
def desk(tom: User, client_of: Of) -> Desk:
    found = Desk(client_of(tom))
    found.mode("out")
    return found


def page(desk: Desk) -> str:
    return " ".join(desk.client.get("/scan/").content.decode().split())


def choose(desk: Desk, kind: str) -> str:
    """Press the button of the one of this kind that the desk offers."""
    html = desk.client.get("/scan/").content.decode()
    pick = next(f for f in forms_of(html, "/scan/") if f.values.get("pick", "").startswith(kind))
    desk.client.post("/scan/", pick.values)
    return desk.rows()[0]


def test_after_an_unknown_card_a_device_does_not_go_to_the_student_before(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    for tag in ("100901", "100902"):
        make_asset(school=lincoln, tag=tag)
    desk.scan(maria.local_id, "100901")
    assert desk.scan("399999") == UNKNOWN
    assert "It may have been whom or what the next items go to." in page(desk)
    assert desk.scan("100902") == "Scan the person's card first."
    assert (holder("100901"), holder("100902")) == (maria, None)


def test_a_card_of_another_school_leaves_nobody_either(
    desk: Desk, lincoln: School, washington: School, maria: Person
) -> None:
    made(Person.objects.create(kind="student", local_id="W-77", school=washington))
    make_asset(school=lincoln, tag="100903")
    assert desk.scan(maria.local_id, "W-77") == UNKNOWN
    assert desk.scan("100903") == "Scan the person's card first."


def test_after_an_unknown_room_nothing_moves_into_the_room_before(
    desk: Desk, lincoln: School, library: Room
) -> None:
    make_asset(school=lincoln, tag="100904")
    desk.mode("move")
    assert desk.scan(IN_LIBRARY, "R:LIN::999") == UNKNOWN
    assert desk.scan("100904") == "Scan the room's code first."
    assert Asset.objects.get(tag="100904").room != library


@pytest.mark.parametrize("mode", ["verify", "in"])
def test_after_an_unknown_room_nothing_is_seen_or_checked_in_there(
    mode: str, desk: Desk, lincoln: School, library: Room, maria: Person
) -> None:
    make_asset(school=lincoln, tag="100905")
    desk.scan(maria.local_id, "100905")
    desk.mode(mode)
    desk.scan(IN_LIBRARY, "R:LIN::999")
    assert "what you scan now is in no room until you scan one." in page(desk)
    desk.scan("100905")
    assert Asset.objects.get(tag="100905").room != library
    assert not Verification.objects.filter(room=library).exists()


def test_a_card_that_is_only_asked_about_leaves_nobody_until_it_is_chosen(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    cora = made(Person.objects.create(kind="student", local_id="700001", school=lincoln))
    for tag in ("A00008", "A00009"):
        make_asset(school=lincoln, tag=tag)
    desk.scan(maria.local_id)
    assert "looks like 700001" in desk.scan("0700001")
    assert desk.scan("A00008") == "Scan the person's card first."
    assert holder("A00008") is None
    desk.scan("0700001")
    assert choose(desk, "person").endswith("now scan the device.")
    desk.scan("A00009")
    assert holder("A00009") == cora


def test_a_thing_that_is_chosen_goes_to_whom_the_question_stood_for(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    """A label that lost its zeros is asked about each time: the card is not scanned again."""
    make_asset(school=lincoln, tag="000123")
    make_asset(school=lincoln, tag="000124")
    desk.scan(maria.local_id, "123", "123")
    assert f"If it is an item, it goes to <strong>{maria}" in page(desk)
    assert choose(desk, "asset") == f"000123 handed to {maria.name}"
    desk.scan("124")
    assert choose(desk, "asset") == f"000124 handed to {maria.name}"
    assert f"Handing out to <strong>{maria}" in page(desk)


def test_an_answer_is_nobodys_once_somebody_scanned_on(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    make_asset(school=lincoln, tag="000123")
    make_asset(school=lincoln, tag="100906")
    desk.scan(maria.local_id, "123", "100906", "123")
    assert choose(desk, "asset") == "Scan the person's card first."
    assert holder("000123") is None


def test_what_can_be_no_card_leaves_the_student_where_they_are(
    desk: Desk, lincoln: School, maria: Person
) -> None:
    """Two makes with one serial: whichever is meant, it is a thing."""
    other = make_product(make="Dell", model="3100")
    make_asset(school=lincoln, tag="100907", serial="SAME-1")
    make_asset(school=lincoln, tag="100908", serial="SAME-1", product=other)
    make_asset(school=lincoln, tag="100909")
    assert "Several makes have this serial." in desk.scan(maria.local_id, "SAME-1")
    desk.scan("100909")
    assert holder("100909") == maria


def test_who_typed_a_part_of_a_serial_is_led_to_the_list_first(desk: Desk, lincoln: School) -> None:
    asset = make_asset(school=lincoln, tag="100910", serial="5CD1402775")
    desk.mode("look")
    assert desk.scan("02775") == UNKNOWN
    html = page(desk)
    assert html.index("/assets/?q=02775") < html.index("/assets/new/?code=02775")
    assert asset.tag in desk.client.get("/assets/?q=02775").content.decode()
