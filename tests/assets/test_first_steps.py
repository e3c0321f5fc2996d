"""A district of its own begins with nothing: each page says what to do first."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.catalog.reference import USUAL_CATEGORIES
from assets.models import Category
from core.models import District, Entry
from funding.models import Award
from people.models import School, User
from people.roles import Role
from tests.cast import make_user
from tests.factories import made, make_asset

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def client(district: District, client_of: Of) -> Client:
    """The first administrator's browser, in a district without anything."""
    return client_of(make_user("Grace", Role.ADMINISTRATOR))


def test_the_front_page_tells_the_first_steps_until_something_is_registered(
    client: Client, lincoln: School
) -> None:
    page = client.get("/").content.decode()
    assert "First steps" in page
    assert page.count(">done<") == 1, "there are schools, and nothing else"
    make_asset(school=lincoln)
    assert "First steps" not in client.get("/").content.decode()


def test_a_technician_is_not_told_to_set_up_the_district(tom: User, client_of: Of) -> None:
    assert "First steps" not in client_of(tom).get("/").content.decode()


def test_empty_pages_lead_to_what_fills_them(client: Client) -> None:
    for address, way in (
        ("/assets/", "/imports/"),
        ("/people/", "/imports/"),
        ("/schools/", "/imports/"),
        ("/rooms/", "/schools/"),
        ("/assets/new/", "/schools/"),
    ):
        main = client.get(address).content.decode().split("<main")[1]
        assert f'href="{way}"' in main, address


def test_the_usual_categories_come_by_one_button_and_once(client: Client) -> None:
    made(Category.objects.create(name="chromebook"))
    assert "Add these" in client.get("/catalog/").content.decode()
    for _twice in range(2):
        client.post("/catalog/usual/")
    assert Category.objects.count() == len(USUAL_CATEGORIES)
    assert Entry.objects.filter(kind="category.created").count() == len(USUAL_CATEGORIES)
    assert "Add these" not in client.get("/catalog/").content.decode()


def test_the_steps_lead_through_award_purchase_and_receipt_whoever_may(
    client: Client, fay: User, client_of: Of, arp: Award
) -> None:
    for who in (client, client_of(fay)):
        page = who.get("/").content.decode()
        for url in ("/awards/new/", "/purchases/new/", "/purchases/"):
            assert f'class="btn btn-sm" href="{url}"' in page, url
    assert page.count(">done<") == 1, "there is an award, and no purchase"
    assert "/users/invite/" not in page and "/schools/new/" not in page, "not hers"
