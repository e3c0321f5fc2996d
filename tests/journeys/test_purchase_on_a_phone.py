"""What a purchase comes to is read on a phone without pushing anything aside."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from core.access import SYSTEM
from funding.actions import LineDraft, create_vendor, record_purchase
from people.models import User
from tests.journeys.browser import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]


@pytest.mark.parametrize("width", [1280, 390])
def test_fay_reads_the_amounts_at_once(
    width: int, fay: User, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    lines = [
        LineDraft("Chromebook 311, 4 GB, touch screen", 40, Decimal("123456.00")),
        LineDraft("Carts", 2, Decimal("1200.00")),
        LineDraft("Freight", 0, Decimal("420.00")),
        LineDraft("Rebate", 1, Decimal("-75.00")),
    ]
    vendor = create_vendor("Office Supplies of the Midwest", by=SYSTEM)
    purchase = record_purchase("PO-2026-0017", by=SYSTEM, lines=lines, vendor=vendor)
    visitor = visit(live_server.url, viewport={"width": width, "height": 900})
    visitor.sign_in("fay")
    page = visitor.page
    for address, n in (("/purchases/", 1), (f"/purchases/{purchase.pk}/", 5)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        amounts = page.locator("table.list td.money", has_text="$").all()
        assert len(amounts) == n
        for amount in amounts:
            box = amount.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
