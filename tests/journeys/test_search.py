"""The search in the bar of every page, by keyboard, on a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from people.models import School, User
from tests.factories import make_asset
from tests.journeys.browser import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]
SLOWLY = 80  # milliseconds between two keys of a hand
Visit = Callable[..., Visitor]


def test_five_characters_of_a_serial_are_one_key_five_and_enter(
    tom: User, lincoln: School, live_server: Any, visit: Visit
) -> None:
    device = make_asset(school=lincoln, tag="100401", serial="5CD123DX9Q7")
    visitor = visit(live_server.url)
    visitor.sign_in("tom")
    page = visitor.page
    for key in ("/", "Control+k"):
        page.goto("/people/")
        page.keyboard.press(key)
        expect(page.locator("[data-scan-field]")).to_be_focused()
        page.keyboard.type("dx9q7", delay=SLOWLY)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/assets/{device.pk}/")
    assert visitor.complaints == []


def test_what_is_found_while_typing_is_chosen_by_arrows_and_left_by_escape(
    tom: User, lincoln: School, live_server: Any, visit: Visit
) -> None:
    first = make_asset(school=lincoln, tag="100401", serial="5CD123DX9Q7")
    second = make_asset(school=lincoln, tag="100402", serial="5CD124DX9Q7")
    phone = {"width": 390, "height": 780}
    visitor = visit(live_server.url, viewport=phone, color_scheme="dark")
    visitor.sign_in("tom")
    page = visitor.page
    field, options = page.locator("[data-scan-field]"), page.get_by_role("option")
    field.press_sequentially("dx9q7", delay=SLOWLY)
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    box = page.locator("[data-search-found]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= phone["width"]
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("")
    field.press_sequentially("dx9q7", delay=SLOWLY)
    expect(options.first).to_contain_text(first.tag)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/assets/{second.pk}/")
    assert visitor.complaints == []


def test_a_scan_is_no_search(tom: User, lincoln: School, live_server: Any, visit: Visit) -> None:
    device = make_asset(school=lincoln, tag="100401")
    visitor = visit(live_server.url)
    visitor.sign_in("tom")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.scan("100401")
    visitor.page.wait_for_url(f"**/assets/{device.pk}/")
    assert not [url for url in asked if "/search/" in url]


def test_enter_opens_what_is_typed_by_now_and_not_what_an_arrow_chose_before(
    tom: User, lincoln: School, live_server: Any, visit: Visit
) -> None:
    chosen = make_asset(school=lincoln, tag="100401", serial="5CD123DX9Q7")
    typed = make_asset(school=lincoln, tag="100402", serial="5CD124DX9Q7")
    visitor = visit(live_server.url)
    visitor.sign_in("tom")
    page = visitor.page
    field, options = page.locator("[data-scan-field]"), page.get_by_role("option")
    field.press_sequentially("dx9q7", delay=SLOWLY)
    expect(options.first).to_contain_text(chosen.tag)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.fill("100402")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/assets/{typed.pk}/")
    assert visitor.complaints == []
