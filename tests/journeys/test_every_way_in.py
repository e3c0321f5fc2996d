"""The same hand-out without JavaScript, and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from assets.models import Asset
from people.models import Person, School, User
from tests.factories import make_asset
from tests.journeys.browser import PASS_PHRASE, Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  const label = e.labels?.[0]?.innerText ?? "";
  return {
    name: (e.getAttribute("aria-label") || label || e.innerText || "").trim(),
    seen: e === document.body || s.outlineStyle !== "none" || s.boxShadow !== "none",
  };
}"""


def test_tom_hands_out_without_javascript(
    tom: User, lincoln: School, maria: Person, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    device = make_asset(school=lincoln, tag="100301")
    visitor = visit(live_server.url, java_script_enabled=False)
    visitor.sign_in("tom")
    page = visitor.page
    page.get_by_role("link", name="Scan").first.click()
    visitor.mode("Check out")

    def type_code(code: str, answer: str) -> None:
        page.get_by_label("Scan or search").fill(code)
        page.keyboard.press("Enter")
        expect(visitor.now).to_contain_text(answer)

    type_code(maria.local_id, "now scan the device")
    type_code("100301", "100301 handed to Maria Lopez")
    assert Asset.objects.get(pk=device.pk).holder == maria
    page.get_by_role("button", name="Undo").click()
    expect(visitor.now).to_contain_text("Undone: 100301 is not handed out any more")
    assert Asset.objects.get(pk=device.pk).holder is None

    page.goto(f"/assets/{device.pk}/")
    page.get_by_role("link", name="Check out").click()
    page.get_by_label("Student number, staff id or card").fill(maria.local_id)
    page.get_by_role("button", name="Check out").click()
    expect(page.get_by_text("Checked out.")).to_be_visible()
    expect(page.get_by_role("region", name="History")).to_contain_text("Maria Lopez")


def go_to(page: Page, name: str) -> None:
    """Press Tab until the focus, which must be seen, is on what has this name."""
    for _press in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["seen"], f"no sign of the focus on {focused['name']!r}"
        if focused["name"] == name:
            return
    raise AssertionError(f"{name!r} is not reached by Tab on {page.url}")


def test_tom_hands_out_by_keyboard_alone(
    tom: User, lincoln: School, maria: Person, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    device = make_asset(school=lincoln, tag="100302")
    visitor = visit(live_server.url)
    page, keys = visitor.page, visitor.page.keyboard
    page.goto("/sign-in/")
    go_to(page, "Email")
    keys.type("tom@example.org")
    go_to(page, "Password")
    keys.type(PASS_PHRASE)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    go_to(page, "Skip to content")
    keys.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.goto("/")
    go_to(page, "Scan")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scan")
    expect(page.get_by_label("Scan or search")).to_be_focused()
    go_to(page, "Check out")
    keys.press("Enter")
    button = page.get_by_role("button", name="Check out", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Scan or search")).to_be_focused()
    keys.type(maria.local_id + "\n", delay=60)  # by hand: slower than any scanner
    expect(visitor.now).to_contain_text("now scan the device")
    keys.type("100302\n", delay=60)
    expect(visitor.now).to_contain_text("100302 handed to Maria Lopez")
    assert Asset.objects.get(pk=device.pk).holder == maria
    go_to(page, "Undo")
    keys.press("Space")
    expect(visitor.now).to_contain_text("Undone: 100302 is not handed out any more")
    assert Asset.objects.get(pk=device.pk).holder is None
