"""An act that cannot be done, a list or label that cannot be: what Tom, Ana and Rob are told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from assets.actions import (
    AssetDraft,
    assign_asset,
    change_status,
    register_assets,
    return_asset,
    void_asset,
)
from assets.models import Asset, Category, Status
from core.access import SYSTEM
from core.models import Entry
from core.time import days
from people.models import Person, School, User
from tests.factories import make_asset, make_product, make_purchase
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]
DAY = timedelta(days=1)


def test_a_tag_or_serial_that_is_none_is_no_correction(
    ana: User, lincoln: School, api_of: Of
) -> None:
    path = f"assets/{make_asset(school=lincoln).pk}/correct"
    for wrong, code in (
        ({"tag": "ß" * 64}, "tag-shape"),
        ({"serial": "ß" * 128}, "serial-shape"),
        ({}, "nothing-to-correct"),
    ):
        rest_says(api_of(ana), path, wrong | {"reason": "Misread"}, code)


def test_acts_that_cannot_be_done(
    ana: User, lincoln: School, maria: Person, jamal: Person, api_of: Of
) -> None:
    start = days.now() - 30 * DAY
    asset = make_asset(school=lincoln, at=start)
    assign_asset(asset, to=maria, by=SYSTEM, at=start + 5 * DAY)
    api, path = api_of(ana), f"assets/{asset.pk}"
    early = {"at": start + 4 * DAY}
    rest_says(
        api, f"{path}/return", early, "before-hand-out", "only later than that. Give a later time"
    )
    return_asset(asset, by=SYSTEM, at=start + 9 * DAY)
    again = early | {"person": jamal.pk}
    rest_says(api, f"{path}/assign", again, "overlaps", "had it at that time or later. Give a time")
    rest_says(api, f"{path}/status", {"status": "disposed"}, "dispose-instead", "act of its own")
    rest_says(api, f"{path}/status", {"status": "ordered"}, "illegal-move", asset.tag)
    rest_says(api, f"{path}/reinstate", {"reason": "x"}, "not-void", f"{asset.tag} is not void")
    rest_says(
        api, f"{path}/merge", {"into": asset.pk, "reason": "x"}, "merge-itself", "the asset itself"
    )
    change_status(asset, to=Status.IN_REPAIR, by=SYSTEM)
    rest_says(api, f"{path}/assign", {"person": maria.pk}, "not-available", "by Change status")


def test_money_does_not_hang_on_one_thing_twice(
    ana: User, lincoln: School, client_of: Of, api_of: Of
) -> None:
    _purchase, units = make_purchase()
    one, other = (make_asset(school=lincoln, unit=unit) for unit in units[:2])
    said = "Money hangs on both; void one unit first"
    body = {"into": other.pk, "reason": "The same"}
    rest_says(api_of(ana), f"assets/{one.pk}/merge", body, "both-paid", said, pointer="/into")
    typed = {"into": other.tag, "reason": "The same"}
    page_says(client_of(ana), f"/assets/{one.pk}/merge/", typed, "both-paid", said)


def test_a_thing_is_named_once_in_a_list(rob: User, lincoln: School, api_of: Of) -> None:
    asset = make_asset(school=lincoln)
    body = {"assets": [asset.pk, asset.pk], "room": lincoln.rooms.get(code="LIB").pk}
    answer = api_of(rob).post("/api/v1/assets/move", body, content_type="application/json")
    first, second = answer.json()["results"]
    assert (first["status"], second["status"]) == (200, 409)
    assert second["errors"][0]["code"] == "asset-twice"
    assert "An asset stands here twice" in second["errors"][0]["message"]
    assert Entry.objects.filter(kind="asset.moved").count() == 1


def test_the_list_says_which_filter_and_order_it_has(
    tom: User, lincoln: School, client_of: Of
) -> None:
    client = client_of(tom)
    for query, code, said in (
        ("status=broken", "filter", "broken is not one of the choices of status"),
        ("room=999999", "filter", "There is no such room, or it is not yours to see"),
        ("colour=red", "unknown-parameter", "There is no filter called colour"),
        ("sort=colour", "sort", "This order is not offered"),
    ):
        with refusal(code):
            answer = client.get(f"/assets/?{query}")
        assert answer.status_code == 400
        assert said in answer.content.decode()


def test_six_hundred_labels_are_printed_at_a_time(
    tom: User, lincoln: School, client_of: Of
) -> None:
    product = make_product()
    drafts = [AssetDraft(tag=f"L{n:04d}", product=product, school=lincoln) for n in range(601)]
    register_assets(drafts, by=SYSTEM)
    said = "Narrow the list to at most 600 labels at a time"
    page_says(
        client_of(tom),
        "/assets/labels/",
        {"sheet": "5160", "start": "1"},
        "too-many",
        said,
        status=400,
    )
    void_asset(Asset.objects.get(tag="L0600"), by=SYSTEM, reason="None")
    assert (
        client_of(tom).post("/assets/labels/", {"sheet": "5160", "start": "1"}).status_code == 200
    )
    page_says(
        client_of(tom),
        "/assets/labels/",
        {"sheet": "0", "start": "1"},
        "sheet",
        "Choose a sheet",
        status=400,
    )


def test_a_category_of_a_name_that_is_there(ana: User, client_of: Of, api_of: Of) -> None:
    name = make_product().category.name
    typed = {"name": name.upper(), "asset_class": "", "useful_life_months": "60"}
    said = "This category is there already: use it, or give another name"
    page_says(client_of(ana), "/catalog/", typed, "category-name-taken", said)
    rest_says(
        api_of(ana),
        "categories",
        {"name": name.lower()},
        "category-name-taken",
        said,
        pointer="/name",
    )
    assert Category.objects.count() == 1


def test_a_product_that_is_there(ana: User, api_of: Of) -> None:
    product = make_product()
    body = {"category": product.category_id, "make": "acer ", "model": product.model.upper()}
    said = "This make and model is there already: use it, or merge the two"
    rest_says(api_of(ana), "products", body, "product-taken", said, pointer="/model")
