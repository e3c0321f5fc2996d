"""What was chosen is no choice any more when a form is sent: who left it alone is told what stands
now, who chose it is asked again, and saving once more takes nothing away."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from assets.actions import ensure_products, merge_products
from assets.models import Asset
from core.access import SYSTEM
from people.actions import change_room
from people.models import Room, School, User
from tests.factories import make_asset
from tests.forms import Browser
from tests.people.test_two_editors import fields

pytestmark = pytest.mark.django_db
Of = Callable[[User], Browser]
LEFT = "This was changed to what stands here."


@pytest.fixture
def away(washington: School) -> Room:
    return washington.rooms.get(code="102")


def move_home(asset: Asset, room: Room | None, api: Any) -> None:
    url = f"/api/v1/assets/{asset.pk}"
    body = {"home_room": room.pk if room else None}
    headers = {"if-match": api.get(url)["ETag"]}
    assert api.patch(url, body, "application/json", headers=headers).status_code == 200


def test_tom_left_a_home_room_of_another_school_alone_and_it_becomes_one_of_his(
    lincoln: School, library: Room, away: Room, ana: User, tom: User, client_of: Of, api_of: Any
) -> None:
    asset, api, client = make_asset(school=lincoln), api_of(ana), client_of(tom)
    url = f"/assets/{asset.pk}/edit/"
    move_home(asset, away, api)
    typed = fields(client.get(url).content.decode())
    assert typed["home_room"] == "kept"
    move_home(asset, library, api)

    page = client.post(url, typed | {"description": "By the door"}).content.decode()
    assert LEFT in page and "Select a valid choice" not in page
    again = fields(page)
    assert again["home_room"] == str(library.pk), "what stands is selected"
    assert client.post(url, again).status_code == 302
    after = Asset.objects.get(pk=asset.pk)
    assert (after.home_room, after.description) == (library, "By the door")


@pytest.mark.parametrize("meanwhile", ["it", "nobody"])
def test_tom_chose_a_home_room_that_went_out_of_use(
    meanwhile: str,
    lincoln: School,
    room: Room,
    library: Room,
    away: Room,
    ana: User,
    tom: User,
    client_of: Of,
    api_of: Any,
) -> None:
    asset, api, client = make_asset(school=lincoln), api_of(ana), client_of(tom)
    url = f"/assets/{asset.pk}/edit/"
    move_home(asset, room, api)
    typed = fields(client.get(url).content.decode()) | {"home_room": str(library.pk)}
    change_room(library, by=SYSTEM, active=False)
    if meanwhile == "it":
        move_home(asset, away, api)
    page = unescape(client.post(url, typed).content.decode())
    assert "Select a valid choice" in page and LEFT not in page
    again = fields(page)
    assert again["home_room"] == ("kept" if meanwhile == "it" else str(room.pk))
    assert client.post(url, again).status_code == 302
    stands = away if meanwhile == "it" else room
    assert Asset.objects.get(pk=asset.pk).home_room == stands, "nothing is lost"
    typed = fields(client.get(url).content.decode()) | {"home_room": ""}
    assert client.post(url, typed).status_code == 302
    assert Asset.objects.get(pk=asset.pk).home_room is None, "who means none says none"


def test_a_product_is_merged_while_a_thing_is_corrected(
    lincoln: School, ana: User, client_of: Of
) -> None:
    asset = make_asset(school=lincoln)
    category = asset.product.category
    other = ensure_products([("Acer", "C722", category)], by=SYSTEM)["acer", "c722"]
    client, url = client_of(ana), f"/assets/{asset.pk}/correct/"
    typed = fields(client.get(url).content.decode())
    merge_products(asset.product, into=other, by=SYSTEM, reason="Twice")
    page = client.post(url, typed | {"serial": "NEW-1", "reason": "Typo"}).content.decode()
    assert LEFT in page and "Select a valid choice" not in page
    again = fields(page)
    assert again["product"] == str(other.pk)
    assert "What will be recorded" in client.post(url, again).content.decode()
