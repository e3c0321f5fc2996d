"""A code is looked up in all its meanings first; where two kinds answer, somebody is asked."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.codes.resolve import resolve
from assets.models import Asset, AssetCode
from people.models import Person, Room, School, User
from tests.assets.test_scan_page import Desk
from tests.factories import made, make_asset
from tests.forms import scanned

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
Api = Callable[..., Client]
CARD = "700123"


@pytest.fixture
def cora(lincoln: School) -> Person:
    return made(
        Person.objects.create(
            kind="student", local_id=CARD, first_name="Cora", last_name="Collide", school=lincoln
        )
    )


@pytest.fixture
def thing(lincoln: School, cora: Person) -> Asset:
    return make_asset(school=lincoln, tag=CARD, serial="ZX1")


@pytest.fixture
def desk(tom: User, client_of: Of) -> Desk:
    return Desk(client_of(tom))


def choices(desk: Desk) -> list[str]:
    return [c["pick"] for c in desk.client.session["desk"]["rows"][0]["choices"]]


def test_look_up_offers_the_person_and_the_thing(desk: Desk, thing: Asset, cora: Person) -> None:
    assert "more than one meaning" in desk.scan(CARD)
    assert choices(desk) == [f"asset:{thing.pk}", f"person:{cora.pk}"]
    page = desk.client.get("/scan/").content.decode()
    assert 'accesskey="1"' in page
    assert 'accesskey="2"' in page
    for pick, url in (
        (f"asset:{thing.pk}", f"/assets/{thing.pk}/"),
        (f"person:{cora.pk}", f"/people/{cora.pk}/"),
    ):
        answer = scanned(desk.client, CARD, pick=pick)
        assert answer["Location"] == url


def test_the_desk_asks_with_a_person_expected_and_with_a_device_expected(
    desk: Desk, thing: Asset, cora: Person, maria: Person
) -> None:
    desk.mode("out")
    desk.scan(CARD)
    thing.refresh_from_db()
    assert (desk.client.session["desk"]["target"], thing.holder) == (None, None)
    scanned(desk.client, CARD, pick=f"person:{cora.pk}")
    assert desk.client.session["desk"]["target"] == ["person", cora.pk]
    desk.scan(CARD)
    thing.refresh_from_db()
    assert thing.holder is None, "a device is expected, and it is still asked"
    scanned(desk.client, CARD, pick=f"asset:{thing.pk}")
    thing.refresh_from_db()
    assert thing.holder == cora


def test_a_choice_that_was_not_offered_does_nothing(
    desk: Desk, thing: Asset, lincoln: School, maria: Person
) -> None:
    other = make_asset(school=lincoln, tag="700777")
    desk.mode("out")
    desk.scan(maria.local_id)
    scanned(desk.client, CARD, pick=f"asset:{other.pk}")
    other.refresh_from_db()
    assert other.holder is None


def test_our_printed_label_is_a_thing_and_nobodys_card(
    tom: User, thing: Asset, cora: Person
) -> None:
    assert resolve(f"https://assets.example.org/t/{CARD}", tom).asset == thing


def test_ned_is_not_asked_about_what_is_not_his(
    ned: User, washington: School, thing: Asset, cora: Person
) -> None:
    assert resolve(CARD, ned).kind == "unknown"
    mine = made(Person.objects.create(kind="student", local_id="W-1", school=washington))
    make_asset(school=thing.school, tag="W-1")
    assert resolve("W-1", ned).person == mine


def test_a_room_and_a_card_are_asked_too(desk: Desk, lincoln: School, library: Room) -> None:
    card = made(
        Person.objects.create(
            kind="staff", local_id="LIB", first_name="Li", last_name="B", school=lincoln
        )
    )
    desk.scan("LIB")
    assert choices(desk) == [f"person:{card.pk}", f"room:{library.pk}"]
    assert resolve("R:LIN:Main:LIB", desk_user(desk)).room == library


def desk_user(desk: Desk) -> User:
    return User.objects.get(pk=desk.client.session["_auth_user_id"])


@pytest.mark.untrue("no action makes an alias yet")
def test_an_alias_of_one_and_the_serial_of_another_are_asked(tom: User, lincoln: School) -> None:
    one, other = make_asset(school=lincoln), make_asset(school=lincoln, serial="BOTH")
    AssetCode.objects.create(asset=one, code="BOTH", key="both", kind="alias")
    found = resolve("BOTH", tom)
    assert [m.thing for m in found.choices] == [one, other]


def test_our_own_tag_beats_a_serial_with_a_notice(tom: User, lincoln: School) -> None:
    one = make_asset(school=lincoln, tag="T-77")
    make_asset(school=lincoln, serial="T-77")
    found = resolve("T-77", tom)
    assert (found.asset, found.notice) == (one, "also-a-serial")


@pytest.mark.untrue("a person is taken away by hand")
def test_the_whole_code_is_meant_before_what_a_prefix_leaves_of_it(
    tom: User, lincoln: School
) -> None:
    person = made(Person.objects.create(kind="student", local_id="S12345", school=lincoln))
    thing = make_asset(school=lincoln, serial="12345")
    assert resolve("S12345", tom).person == person
    person.delete()
    assert resolve("S12345", tom).asset == thing
    assert resolve("SN:12345", tom).asset == thing


@pytest.mark.parametrize(("there", "scanned"), [("000123", "123"), ("123", "000123")])
def test_the_desk_notices_lost_and_padded_zeros(
    desk: Desk, lincoln: School, there: str, scanned: str
) -> None:
    thing = make_asset(school=lincoln, tag=there)
    for mode in ("look", "out", "tag"):
        desk.mode(mode)
        assert f"looks like {there}" in desk.scan(scanned)
        assert choices(desk) == [f"asset:{thing.pk}"]


def test_rest_answers_all_meanings(
    api_of: Api, tom: User, ned: User, ada: User, thing: Asset, cora: Person
) -> None:
    answer = api_of(tom).get(f"/api/v1/codes?code={CARD}").json()
    assert answer == {
        "decided": False,
        "meanings": [
            {"kind": "asset", "id": thing.pk, "how": "tag"},
            {"kind": "person", "id": cora.pk, "how": "id"},
        ],
    }
    assert api_of(tom).get("/api/v1/codes?code=zx1").json()["decided"]
    assert api_of(tom).get("/api/v1/codes?code=0700123").json()["meanings"][0]["how"] == "alike"
    for other in (ned, ada):
        assert api_of(other).get(f"/api/v1/codes?code={CARD}").json()["meanings"] == []
