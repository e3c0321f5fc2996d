"""Dora puts the catalog right: a category's useful life, a make that was misspelled."""

from collections.abc import Callable

import pytest
from django.test import Client

from assets.actions import create_product, merge_products
from assets.models import Category, Product
from core.access import SYSTEM
from core.models import Entry
from people.models import School, User
from tests.factories import made, make_asset, make_product

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


def test_ana_corrects_how_long_a_category_lasts(
    ana: User, lincoln: School, client_of: Browser
) -> None:
    row = make_product().category
    client, page = client_of(ana), f"/catalog/categories/{row.pk}/"
    assert row.name in client.get(page).content.decode()
    typed = {"name": row.name, "asset_class": "it", "useful_life_months": "12"}
    assert client.post(page, typed).status_code == 302
    row.refresh_from_db()
    assert (row.useful_life_months, row.asset_class, row.version) == (12, "it", 2)
    told = Entry.objects.get(kind="category.changed")
    assert told.changes["useful_life_months"][1] == 12
    client.post(page, typed)
    assert Entry.objects.filter(kind="category.changed").count() == 1, "nothing changed"


def test_two_categories_never_have_one_name(ana: User, client_of: Browser) -> None:
    first = make_product().category
    other = made(Category.objects.create(name="Carts"))
    typed = {"name": first.name.upper(), "asset_class": "", "useful_life_months": "60"}
    page = client_of(ana).post(f"/catalog/categories/{other.pk}/", typed).content.decode()
    assert "This category is there already: use it" in page
    other.refresh_from_db()
    assert other.name == "Carts"


def test_a_misspelled_make_is_right_on_every_thing(
    ana: User, tom: User, lincoln: School, client_of: Browser
) -> None:
    asset = make_asset(school=lincoln, tag="100901")
    row, client = asset.product, client_of(ana)
    typed = {"make": "Acer Incorporated", "model": row.model, "category": row.category_id}
    assert client.post(f"/catalog/products/{row.pk}/", typed).status_code == 302
    assert "Acer Incorporated" in client.get(f"/assets/{asset.pk}/").content.decode()
    assert client_of(tom).get(f"/catalog/products/{row.pk}/").status_code == 403
    other = create_product(row.category, "Dell", "3100", by=SYSTEM)
    twice = client.post(f"/catalog/products/{other.pk}/", typed).content.decode()
    assert "This make and model is there already: use it" in twice
    merge_products(other, into=Product.objects.get(pk=row.pk), by=SYSTEM, reason="The same")
    merged = client.post(
        f"/catalog/products/{other.pk}/", typed | {"model": "another"}
    ).content.decode()
    assert "It was merged into Acer Incorporated" in merged


def test_rob_changes_the_catalog_by_its_version(rob: User, api_of: Browser) -> None:
    row, api = make_product(), api_of(rob)
    path = f"/api/v1/products/{row.pk}"
    seen = api.get(path)["ETag"]

    def patch(body: dict[str, object]) -> int:
        headers = {"If-Match": seen}
        return api.patch(path, body, content_type="application/json", headers=headers).status_code

    assert patch({"make": "Acer Inc."}) == 200
    assert patch({"make": "Late"}) == 412
    assert patch({"colour": "red"}) in (400, 412)
    assert Product.objects.get(pk=row.pk).make == "Acer Inc."
