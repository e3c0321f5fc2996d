"""Two people have one form open: the second is told what the first changed, and loses nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client

from assets.actions import ensure_products
from assets.models import Category
from core.access import SYSTEM
from core.models import District
from funding.models import Award
from people.models import Person, Room, School, User
from tests.factories import made, make_asset, make_purchase

pytestmark = pytest.mark.django_db
Of = Callable[[User | None], Client]


@dataclass
class Form:
    path: str
    row: Any
    column: str  # that the first changes
    value: str
    other: str  # that the second changes
    own: str


FORMS = [
    *("school", "room", "person", "product", "category", "line", "settings", "words", "cost"),
    *("asset", "award"),
]


@pytest.fixture
def form(
    request: pytest.FixtureRequest, lincoln: School, room: Room, maria: Person, arp: Award
) -> Form:
    name = request.param
    if name == "asset":
        asset = make_asset(school=lincoln, description="By the window")
        return Form(f"/assets/{asset.pk}/edit/", asset, "use", "Math", "description", "By the door")
    if name == "award":
        return Form(f"/awards/{arp.pk}/edit/", arp, "aln", "84.425D", "frn", "FRN-1")
    if name == "school":
        return Form(f"/schools/{lincoln.pk}/edit/", lincoln, "entity_number", "77", "nces_id", "8")
    if name == "room":
        return Form(f"/rooms/{room.pk}/edit/", room, "name", "Lab", "building", "East")
    if name == "person":
        return Form(f"/people/{maria.pk}/edit/", maria, "grade", "9", "title", "Aide")
    category = made(Category.objects.create(name="Chromebook"))
    product = ensure_products([("Acer", "311", category)], by=SYSTEM)["acer", "311"]
    if name == "product":
        return Form(f"/catalog/products/{product.pk}/", product, "make", "ACER", "model", "312")
    if name == "category":
        path = f"/catalog/categories/{category.pk}/"
        return Form(path, category, "asset_class", "IT", "name", "Laptop")
    _purchase, [unit] = make_purchase(quantity=1)
    line = unit.line
    if name == "line":
        path = f"/purchases/{line.purchase_id}/lines/{line.number}/"
        return Form(path, line, "invoice_number", "I-9", "account", "11-400")
    if name == "cost":
        return Form(f"/units/{unit.pk}/cost/", unit, "cost", "12.50", "reason", "Invoice")
    district = District.objects.get()
    if name == "settings":
        return Form("/settings/", district, "uei", "ABCDEF123456", "ben", "17")
    return Form("/settings/words/", district, "school", "campus, campuses", "award", "fund, funds")


def fields(page: str) -> dict[str, str]:
    """What a browser would send of a page's form as it stands."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in named and (named.get("type") != "checkbox" or " checked" in tag):
            sent[named["name"]] = unescape(named.get("value", ""))
    for name, inside in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', inside)
        sent[name] = chosen[1] if chosen else ""
    if "public_address" in sent:
        sent["public_address"] = "https://assets.riverbend.example"  # the tests' own is no address
    return sent


@pytest.mark.parametrize("form", FORMS, indirect=True)
def test_the_second_is_told_and_sends_it_again(form: Form, ana: User, client_of: Of) -> None:
    one, two = client_of(ana), client_of(ana)
    first, second = (fields(c.get(form.path).content.decode()) for c in (one, two))
    assert "seen" in first
    changed = one.post(form.path, first | {form.column: form.value, "reason": "Invoice"})
    assert changed.status_code == 302
    typed = second | {form.other: form.own}
    answer = two.post(form.path, typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Somebody changed this since you opened it" in page
    assert "This was changed to what stands here" in page
    kept = fields(page)
    assert (kept[form.other], kept[form.column]) == (form.own, form.value)
    assert two.post(form.path, kept).status_code == 302
    shown = fields(two.get(form.path).content.decode())
    if form.other != "reason":
        assert shown[form.other] == form.own
    assert shown[form.column] == form.value


@pytest.mark.parametrize("form", FORMS, indirect=True)
def test_who_is_alone_is_asked_nothing(form: Form, ana: User, client_of: Of) -> None:
    client = client_of(ana)
    for value in (form.value, ""):
        sent = fields(client.get(form.path).content.decode()) | {"reason": "Invoice"}
        if value or form.column not in ("make", "cost"):
            assert client.post(form.path, sent | {form.column: value}).status_code == 302


def test_who_typed_another_value_is_told_and_decides(
    ana: User, lincoln: School, client_of: Of
) -> None:
    client, path = client_of(ana), f"/schools/{lincoln.pk}/edit/"
    opened = fields(client.get(path).content.decode())
    client.post(path, opened | {"entity_number": "77"})
    page = client.post(path, opened | {"entity_number": "88"}).content.decode()
    assert "Here stands now: 77" in page
    kept = fields(page)
    assert kept["entity_number"] == "88"
    client.post(path, kept)
    lincoln.refresh_from_db()
    assert lincoln.entity_number == "88"


def test_what_a_form_says_that_it_showed_may_be_nonsense(
    ana: User, lincoln: School, client_of: Of
) -> None:
    client = client_of(ana)
    path = f"/schools/{lincoln.pk}/edit/"
    sent = fields(client.get(path).content.decode())
    for seen in ("", "[]", "{", "9" * 5000, '{"code": 1, "nothing": "x"}'):
        assert client.post(path, sent | {"seen": seen}).status_code in (200, 302)
