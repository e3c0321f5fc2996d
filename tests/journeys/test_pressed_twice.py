"""A button that is pressed twice in a browser adds once, and what is shown once is seen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from funding.models import Purchase, Unit
from people.models import AccessToken, User
from tests.core.conftest import door_world
from tests.core.doors_that_add import doors
from tests.journeys.browser import Visitor

__all__ = ["door_world"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]


def _receipt(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Line").select_option(index=1)
    page.get_by_label("Quantity").fill("2")


def test_a_receipt_and_a_token_by_a_double_click(
    door_world: dict[str, Any], fay: User, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    address = doors(door_world)["receive"].path
    units = Unit.objects.filter(line__purchase=Purchase.objects.get(number="PO-6"))
    visitor = visit(live_server.url)
    visitor.sign_in("fay")
    page = visitor.page
    _receipt(page, address)
    page.get_by_role("button", name="Save").dblclick()
    page.wait_for_url("**" + address.removesuffix("receive/"))
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert units.count() == 4

    # Where the browser does not hold the second one back.
    _receipt(page, address)
    page.evaluate(
        """() => {
            const form = document.querySelector("input[name=once]").form;
            form.submit();
            form.submit();
        }"""
    )
    page.wait_for_url("**" + address.removesuffix("receive/"))
    assert units.count() == 6

    page.goto("/tokens/")
    page.get_by_label("What it is for").fill("Copy")
    page.locator("input[name=scopes]").first.check()
    page.get_by_role("button", name="Make the token").dblclick()
    expect(page.get_by_label("Token", exact=True)).to_have_value(re.compile("^da_"))
    assert AccessToken.objects.count() == 1
