"""How many queries the main pages and API lists take: the same for three rows and for thirty.

The numbers are committed. Who changes one says why in the same commit.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.actions import assign_assets
from core.access import SYSTEM
from core.journal import sealing
from core.time import days
from funding.models import Award
from people.actions import create_room
from people.models import School, User
from tests.factories import make_asset, make_purchase, make_student

pytestmark = pytest.mark.django_db
API = {
    "assets?limit=200": 4,
    "assets?limit=200&ordering=tag&status=in_use": 4,
    "assets?changed_since=0&limit=200": 5,
    "people?limit=200": 4,
    "rooms?limit=200": 4,
    "schools": 4,
    "awards": 6,
    "purchases": 5,
    "units?limit=200": 4,
    "shares?limit=200": 4,
    "products": 4,
    "journal?limit=200": 5,
}
PAGES = {
    "/": 16,
    "/assets/": 9,
    "/people/": 5,
    "/rooms/": 5,
    "/awards/": 5,
    "/purchases/": 6,
    "/activity/": 10,
    "/scan/": 4,
}


def grow(school: School, award: Award, rows: int) -> None:
    """So many more rows of everything: bought, registered, half of them handed out."""
    at = days.now() - timedelta(days=9)
    _purchase, units = make_purchase(quantity=rows, amount="1000.00", shares=[(award, "50")], at=at)
    assets = [make_asset(school=school, unit=u, at=at) for u in units]
    people = [make_student(school=school) for _asset in assets]
    assign_assets(list(zip(assets, people, strict=True))[::2], by=SYSTEM)
    for n in range(rows):
        create_room(school, f"R{units[0].pk}-{n}", by=SYSTEM)
    sealing.seal_all()


def count(client: Client, url: str) -> int:
    """The queries of a request, its second: the first may fill caches of the process."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


def test_api_lists(rob: User, api_of: Callable[..., Client], lincoln: School, arp: Award) -> None:
    api = api_of(rob)
    urls = {url: f"/api/v1/{url}" for url in API}
    grow(lincoln, arp, 3)
    few = {url: count(api, where) for url, where in urls.items()}
    grow(lincoln, arp, 30)
    assert {url: count(api, where) for url, where in urls.items()} == few
    assert few == API


def test_pages(ana: User, client_of: Callable[[User], Client], lincoln: School, arp: Award) -> None:
    client = client_of(ana)
    grow(lincoln, arp, 3)
    few = {url: count(client, url) for url in PAGES}
    grow(lincoln, arp, 30)
    many = {url: count(client, url) for url in PAGES}
    # What happened names each sort of thing by one query: thirty of a sort are fewer sorts.
    assert [url for url in PAGES if many[url] > few[url]] == []
    assert many == PAGES
