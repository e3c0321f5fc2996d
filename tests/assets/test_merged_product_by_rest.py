"""Nothing is registered as a product that was merged away, and nothing corrected into one: programs
that kept its number are told, and no serial number is here twice."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import merge_products
from assets.models import Asset, Product
from people.models import School, User
from tests.factories import make_asset, make_product

pytestmark = pytest.mark.django_db
Api = Callable[..., Client]


@pytest.fixture
def two() -> Product:
    return make_product(model="Two")


@pytest.fixture
def one(two: Product, ana: User) -> Product:
    """What Ana merged into `two`; programs may still send its number."""
    product = make_product(model="One")
    merge_products(product, into=two, by=ana, reason="The same")
    return product


def send(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/v1/{path}", json.dumps(body), "application/json")


def test_tom_registers_nothing_as_a_product_that_was_merged_away(
    one: Product, two: Product, tom: User, lincoln: School, api_of: Api
) -> None:
    make_asset(school=lincoln, product=two, serial="S-1")
    body = {"product": one.pk, "school": lincoln.pk, "tag": "NEW-1", "serial": "S-1"}
    answer = send(api_of(tom), "assets", body)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["pointer"] == "/product"
    assert Asset.objects.count() == 1
    assert send(api_of(tom), "assets", body | {"product": two.pk}).status_code == 409, "same serial"
    fresh = body | {"product": two.pk, "serial": "S-2"}
    assert send(api_of(tom), "assets", fresh).status_code == 201


def test_of_many_rows_the_one_of_a_merged_product_is_named(
    one: Product, two: Product, tom: User, lincoln: School, api_of: Api
) -> None:
    row = {"school": lincoln.pk}
    rows = [row | {"product": one.pk, "tag": "A-1"}, row | {"product": two.pk, "tag": "B-2"}]
    bad, good = send(api_of(tom), "assets/bulk", {"assets": rows}).json()["results"]
    assert (bad["status"], bad["errors"][0]["pointer"]) == (404, "/assets/0/product")
    assert good["status"] == 201
    assert [a.product for a in Asset.objects.all()] == [two]


def test_tom_corrects_nothing_into_a_product_that_was_merged_away(
    one: Product, two: Product, tom: User, lincoln: School, api_of: Api
) -> None:
    asset = make_asset(school=lincoln)
    path, why = f"assets/{asset.pk}/correct", {"reason": "Mistaken"}
    assert send(api_of(tom), path, why | {"product": one.pk}).status_code == 404
    assert send(api_of(tom), path, why | {"product": two.pk}).status_code == 200
    asset.refresh_from_db()
    assert asset.product == two
