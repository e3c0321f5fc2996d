"""A filter is declared once: pages and programs that ask the same are told of the same things."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from assets.actions import assign_asset
from assets.lists.filters import AssetFilter, AssetFilters
from core.access import SYSTEM
from funding.models import Award
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], Client]


@pytest.fixture
def keys(
    lincoln: School, washington: School, library: Room, maria: Person, arp: Award
) -> dict[str, object]:
    """A thing of each kind beside one that no filter finds, and what asks for the first."""
    _purchase, units = make_purchase(shares=[(arp, "100")])
    product = make_product(model="Spin 511", category="Tablet")
    asset = make_asset(school=lincoln, tag="F-1", product=product, room=library, unit=units[0])
    assign_asset(asset, to=maria, by=SYSTEM)
    make_asset(school=washington, tag="F-2")
    return {
        "tag": "f-1",
        "school": lincoln.pk,
        "status": "in_use",
        "holder": maria.pk,
        "award": arp.pk,
        "category": product.category_id,
    }


def test_a_page_and_a_program_that_ask_the_same_are_told_the_same(
    keys: dict[str, object], ana: User, api_of: Api
) -> None:
    both = AssetFilters.kinds().keys() & AssetFilters.readers().keys()
    assert both == {*keys, "room"}
    for name, value in keys.items():
        page = AssetFilter.parse(QueryDict(f"{name}={value}"), ana).apply(ana)
        assert [asset.tag for asset in page] == ["F-1"], name
        program = api_of(ana).get("/api/v1/assets", {name: value}).json()["results"]
        assert [asset["tag"] for asset in program] == ["F-1"], name


def test_what_stands_in_a_room_is_told_to_both(lincoln: School, ana: User, api_of: Api) -> None:
    room = lincoln.rooms.get(code="101")
    make_asset(school=lincoln, tag="F-3", room=room)
    page = AssetFilter.parse(QueryDict(f"room={room.pk}"), ana).apply(ana)
    program = api_of(ana).get("/api/v1/assets", {"room": room.pk}).json()["results"]
    assert [page.get().tag] == [asset["tag"] for asset in program] == ["F-3"]


def test_what_pages_alone_are_asked_programs_are_refused(ana: User, api_of: Api) -> None:
    alone = AssetFilters.readers().keys() - AssetFilters.kinds().keys()
    assert alone == {"q", "condition", "purchase", "queue"}
    for name in alone:
        assert api_of(ana).get("/api/v1/assets", {name: "1"}).status_code == 400
