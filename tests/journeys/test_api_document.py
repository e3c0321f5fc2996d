"""Who connects another system reads the contract in the browser, noun by noun."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from people.models import User
from tests.journeys.browser import Visitor
from tests.journeys.test_every_page import LOOKS, look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]


def test_ana_reads_what_the_api_can_do(
    ana: User, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(live_server.url)
    visitor.sign_in("ana")
    page = visitor.page
    page.goto("/tokens/")
    page.get_by_role("link", name="What the API can do").click()
    expect(
        page.locator("#api-document").get_by_text("/api/v1/assets", exact=True).first
    ).to_be_visible(timeout=60_000)
    assert not look(page, "/rest-api/", LOOKS)
    assert visitor.complaints == []
