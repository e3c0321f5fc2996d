"""One search over devices, people, rooms, purchases and awards: who finds what, who does not."""

import html
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from core.access import SYSTEM
from funding.actions import create_award, create_program
from funding.models import Award
from people.actions import erase_person
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase, make_student

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
NOTHING = "Nothing found for"


def looked(client: Client, text: str) -> str:
    """What the results page says, without the field that repeats the text."""
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200, text
    page = html.unescape(answer.content.decode())
    return page[page.index("</form>", page.index('id="q"')) :]


@pytest.fixture
def ana_looks(ana: User, client_of: Of) -> Callable[[str], str]:
    client = client_of(ana)
    return lambda text: looked(client, text)


@pytest.mark.parametrize("text", ["DX9Q7", "dx9q7", "5CD12", "D123", "5C", "0077", "010077", "01"])
def test_any_part_of_a_tag_or_serial_finds_the_device(
    ana_looks: Callable[[str], str], lincoln: School, text: str
) -> None:
    make_asset(school=lincoln, tag="010077", serial="5CD123DX9Q7")
    make_asset(school=lincoln, tag="888888", serial="ZZZZZZZ")
    page = ana_looks(text)
    assert "010077" in page
    assert "888888" not in page


def test_under_three_characters_a_code_is_found_by_how_it_begins(
    ana_looks: Callable[[str], str], lincoln: School
) -> None:
    make_asset(school=lincoln, tag="010077", serial="5CD123DX9Q7")
    assert NOTHING in ana_looks("Q7")


def test_make_and_model_are_found_together_as_the_list_prints_them(
    ana_looks: Callable[[str], str], lincoln: School
) -> None:
    product = make_product(make="Café Tech", model="Élan 311")
    make_asset(school=lincoln, tag="700001", product=product)
    make_asset(school=lincoln, tag="700002")
    for text in ("Café Tech Élan 311", "CAFE TECH ELAN", "elan café", "ch Él"):
        page = ana_looks(text)
        assert "700001" in page, text
        assert "700002" not in page, text


def test_people_are_found_by_their_names_in_any_order_without_capitals_and_accents(
    ana_looks: Callable[[str], str], lincoln: School
) -> None:
    make_student(school=lincoln, first="José", last="Núñez-Øberg")
    for text in ("josé núñez", "NÚÑEZ, JOSÉ", "nunez jose", "Nun", "jo øberg", "ÑUÑ", "JO"):
        assert "José Núñez-Øberg" in ana_looks(text), text
    assert NOTHING in ana_looks("ose nunez")


def test_who_was_erased_is_found_by_no_name(
    ana_looks: Callable[[str], str], lincoln: School
) -> None:
    person = make_student(school=lincoln, first="Wilhelmina", last="Quartermain")
    assert "Wilhelmina Quartermain" in ana_looks("quarterm")
    erase_person(person, by=SYSTEM, reason="The family asked")
    for text in ("quarterm", "Wilhelmina"):
        assert NOTHING in ana_looks(text)


def test_rooms_purchases_awards_and_pages_are_found(
    ana_looks: Callable[[str], str], lincoln: School, arp: Award
) -> None:
    purchase, _units = make_purchase(shares=[(arp, "100")])
    assert "Lincoln Middle School" in ana_looks("lib")
    for text in (purchase.number[-4:], purchase.number, "inv-1"):
        assert f"/purchases/{purchase.pk}/" in ana_looks(text), text
    assert arp.name in ana_looks(arp.name[-5:].upper())
    assert '/reports/"' in ana_looks("report")


def test_an_award_is_found_by_fain_and_frn(ana_looks: Callable[[str], str], arp: Award) -> None:
    program = create_program(code="ERC2", name="E-Rate Category 2", family="erate", by=SYSTEM)
    wires = create_award(program=program, name="Wires 2025", frn="2599012345", by=SYSTEM)
    assert arp.name in ana_looks("u210035")
    assert wires.name in ana_looks("12345")


def test_nobody_finds_what_is_of_another_school(
    tom: User, client_of: Of, washington: School, lincoln: School
) -> None:
    make_asset(school=washington, tag="WX-4477", serial="HIDDEN4477")
    make_student(school=washington, first="Zebediah", last="Elsewhere")
    client = client_of(tom)
    for text in ("4477", "HIDDEN", "Zebediah", "Elsewhere", "Washington"):
        assert NOTHING in looked(client, text), text


def test_an_auditor_of_an_award_finds_what_it_pays_for_and_nobody_by_name(
    ada: User, client_of: Of, lincoln: School, arp: Award, local: Award, maria: Person
) -> None:
    theirs, paid = make_purchase(shares=[(arp, "100")])
    others, other = make_purchase(shares=[(local, "100")])
    make_asset(school=lincoln, tag="PAID-0001", unit=paid[0])
    make_asset(school=lincoln, tag="PAID-0002", unit=other[0])
    client = client_of(ada)
    page = looked(client, "PAID")
    assert "PAID-0001" in page
    assert "PAID-0002" not in page
    page = looked(client, "26-")
    assert theirs.number in page
    assert others.number not in page
    assert NOTHING in looked(client, maria.last_name)


def test_who_may_not_see_names_finds_no_names(
    cast: dict[str, User | None], client_of: Of, maria: Person
) -> None:
    found = {who for who, user in cast.items() if user and maria.name in _page(client_of(user))}
    assert "ana" in found
    assert not found & {"ned", "ada"}


def _page(client: Client) -> str:
    return looked(client, "lopez")


def test_where_nothing_is_found_it_says_where_it_looked_and_offers(
    ana: User, vic: User, client_of: Of
) -> None:
    page = looked(client_of(ana), "5CD12")
    assert "Looked in devices, people, rooms, purchases, awards" in page
    assert "Register 5CD12 as a new device" in page
    assert "/assets/new/?code=5CD12" in page
    assert "Register" not in looked(client_of(vic), "5CD12")


@pytest.mark.parametrize("text", ['"', "*", "%", "_", "\\", "' OR 1=1 --", "NEAR(", "a AND", "((("])
def test_signs_of_query_languages_are_text(
    ana_looks: Callable[[str], str], lincoln: School, text: str
) -> None:
    make_asset(school=lincoln, tag="300300", serial="PLAIN300")
    assert "300300" not in ana_looks(text)


def test_each_length_of_a_text_is_answered(ana_looks: Callable[[str], str], room: Room) -> None:
    for length in range(1, 41):
        assert NOTHING in ana_looks("Q7" * 20 if length == 40 else ("Q7" * 20)[:length])


def test_a_code_typed_into_the_bar_opens_its_thing_and_another_text_is_looked_for(
    ana: User, client_of: Of, lincoln: School
) -> None:
    asset = make_asset(school=lincoln, tag="010077", serial="5CD123DX9Q7")
    client = client_of(ana)
    answer = client.post("/scan/", {"code": "010077", "look": "1"})
    assert answer["Location"] == f"/assets/{asset.pk}/"
    for text in ("DX9Q7", "Lopez & Söhne"):
        answer = client.post("/scan/", {"code": text, "look": "1"})
        assert answer["Location"] == f"/search/?open=1&q={quote(text, safe='')}"
    assert client.get("/search/?open=1&q=DX9Q7")["Location"] == f"/assets/{asset.pk}/"
    make_asset(school=lincoln, tag="010078", serial="7CD123DX9Q7")
    assert "010078" in client.get("/search/?open=1&q=DX9Q7").content.decode()


def test_while_somebody_types_the_options_come_alone(
    ana: User, vic: User, client_of: Of, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="010077", serial="5CD123DX9Q7")
    headers = {"HX-Request": "true"}
    part = client_of(ana).get("/search/", {"q": "dx9q7"}, headers=headers).content.decode()
    assert "<html" not in part
    assert 'role="option"' in part
    assert 'data-said="1 result"' in part
    part = client_of(ana).get("/search/", {"q": "no-such"}, headers=headers).content.decode()
    assert "Register no-such as a new device" in part
    part = client_of(vic).get("/search/", {"q": "no-such"}, headers=headers).content.decode()
    assert 'role="option"' not in part


def test_the_list_shows_all_that_the_search_finds(
    ana: User, client_of: Of, lincoln: School
) -> None:
    for number in range(10):
        make_asset(school=lincoln, tag=f"60000{number}", serial=f"A{number}MIDDLE{number}")
    client = client_of(ana)
    assert "/assets/?q=middle" in looked(client, "middle")
    page = client.get("/assets/?q=middle").content.decode()
    assert all(f"60000{number}" in page for number in range(10))


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "%FF"])
def test_what_is_no_text_is_refused_or_finds_nothing_and_breaks_nothing(
    ana: User, client_of: Of, text: str
) -> None:
    answer = client_of(ana).get(f"/search/?q={text}")
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or NOTHING in answer.content.decode()
