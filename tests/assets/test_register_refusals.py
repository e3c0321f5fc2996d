"""A thing that cannot be registered so: what Tom and Rob are told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from assets.actions import correct_asset, register_asset
from assets.models import Product
from core.access import SYSTEM
from core.problems import Refused
from people.actions import change_school
from people.models import School, User
from tests.factories import make_asset, make_product, make_purchase
from tests.refusing import page_says, refusal, rest_says

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@pytest.fixture
def form(lincoln: School) -> dict[str, Any]:
    """What is typed to register a thing."""
    product = make_product()
    return {
        "tag": "900001",
        "category": product.category_id,
        "make": product.make,
        "model": product.model,
        "school": lincoln.pk,
        "status": "in_stock",
    }


@pytest.mark.parametrize(
    ("wrong", "code", "said"),
    [
        ({"tag": "ß" * 64}, "tag-shape", "A tag has at most 64 printable characters"),
        ({"tag": "90\u202e01"}, "tag-shape", "A tag has at most 64 printable characters"),
        ({"serial": "ß" * 128}, "serial-shape", "A serial number has at most 128 characters"),
        ({"status": "lost"}, "status-new", "Mark it as from before this register"),
        ({"model": "Nobody's 1"}, "product-unknown", "The catalog has no Acer Nobody's 1 yet. Ask"),
    ],
)
def test_a_thing_that_tom_cannot_register(
    wrong: dict[str, str], code: str, said: str, form: dict[str, Any], tom: User, client_of: Of
) -> None:
    page_says(client_of(tom), "/assets/new/", form | wrong, code, said)


def test_a_thing_that_rob_cannot_register(
    rob: User, api_of: Of, lincoln: School, washington: School
) -> None:
    api, body = api_of(rob), {"product": make_product().pk, "school": lincoln.pk}
    _purchase, units = make_purchase()
    make_asset(school=lincoln, unit=units[0])
    elsewhere = washington.rooms.get(code="101").pk
    for wrong, code, said, pointer in (
        ({"tag": "ß" * 64}, "tag-shape", "at most 64", "/tag"),
        ({"serial": "ß" * 128}, "serial-shape", "at most 128", "/serial"),
        ({"room": elsewhere}, "room-elsewhere", "This room is in another school", "/room"),
        ({"unit": units[0].pk}, "unit-taken", "tagged already", "/unit"),
    ):
        rest_says(api, "assets", body | wrong, code, said, pointer=pointer)


def test_a_thing_that_is_refused_leaves_no_product_behind(
    form: dict[str, Any], ana: User, lincoln: School, client_of: Of
) -> None:
    make_asset(school=lincoln, tag="900001")
    page = page_says(client_of(ana), "/assets/new/", form | {"model": "Brand new"}, "tag-taken")
    assert "Brand new" in page, "what was typed is still there"
    assert not Product.objects.filter(model="Brand new").exists()


def test_nothing_is_without_a_tag(ana: User, lincoln: School, form: dict[str, Any]) -> None:
    asset = make_asset(school=lincoln)
    product = Product.objects.get()
    with refusal("tag-missing"), pytest.raises(Refused, match="Give it a tag"):
        register_asset(by=ana, tag=" ", product=product, school=lincoln)
    with refusal("tag-missing"), pytest.raises(Refused, match="Give it a tag"):
        correct_asset(asset, by=ana, reason="Misread", tag=" ")


def test_nothing_comes_to_a_school_that_is_out_of_use(
    ana: User, lincoln: School, washington: School, api_of: Of, client_of: Of, form: dict[str, Any]
) -> None:
    asset = make_asset(school=washington)
    room = lincoln.rooms.get(code="101")
    change_school(lincoln, by=SYSTEM, active=False)
    said = "Lincoln Middle School is no longer in use"
    page_says(client_of(ana), "/assets/new/", form, "school-inactive", said)
    body = {"room": room.pk}
    rest_says(api_of(ana), f"assets/{asset.pk}/move", body, "school-inactive", said)
