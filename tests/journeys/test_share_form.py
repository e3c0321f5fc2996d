"""Which awards pay: one award a row, as many as one likes, the running rest in dollars and per
cent."""

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from playwright.sync_api import Page, expect

from core.access import SYSTEM
from funding.actions import create_award
from funding.models import Award, UnitShare
from people.models import User
from tests.factories import make_purchase
from tests.journeys.browser import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]


@pytest.mark.parametrize("width", [1280, 390])
def test_five_awards_share_a_line(
    width: int, fay: User, local: Award, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    purchase, _units = make_purchase(amount="100.01")
    for n in range(2, 6):
        create_award(by=SYSTEM, program=local.program, name=f"Fund {n}")
    visitor = visit(live_server.url, viewport={"width": width, "height": 900})
    visitor.sign_in("fay")
    page = visitor.page
    page.goto(f"/purchases/{purchase.pk}/share/")
    for _more in range(4):
        page.get_by_role("button", name="One more award").click()
    rows = [page.get_by_role("group", name=f"Award {n}", exact=True) for n in range(1, 6)]
    page.get_by_label("Line").select_option(index=1)
    rest = page.locator("[data-share-rest]")
    expect(rest).to_have_text("$100.01 (100.00%)")
    said = ["$50.00 (50.00%)", "$40.00 (40.00%)", "$39.75 (39.75%)", "$29.75 (29.75%)"]
    parts = [("Percent", "50"), ("Amount", "10.00"), ("Amount", "0.25"), ("Amount", "10.00")]
    for row, (name, value), then in zip(rows, parts, said, strict=False):
        row.get_by_label("Award").select_option(index=rows.index(row) + 1)
        row.get_by_label(name).fill(value)
        expect(rest).to_have_text(then)
    rows[4].get_by_label("Award").select_option(index=5)
    rows[4].get_by_label("Amount").fill("30.00")
    expect(rest).to_have_text("-$0.25 (-0.25%)")
    _laid_out(page, rows, width)
    rows[4].get_by_label("Amount").fill("29.75")
    expect(rest).to_have_text("$0.00 (0.00%)")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/purchases/{purchase.pk}/")
    paid = (
        UnitShare.objects.values("award").annotate(sum=Sum("amount")).values_list("sum", flat=True)
    )
    assert sorted(paid) == sorted(Decimal(x) for x in ("50.01", "10.00", "0.25", "10.00", "29.75"))


def test_two_halves_of_an_odd_cent_leave_nothing(
    fay: User, local: Award, live_server: Any, visit: Callable[..., Visitor]
) -> None:
    purchase, _units = make_purchase(amount="100.01")
    visitor = visit(live_server.url)
    visitor.sign_in("fay")
    page = visitor.page
    page.goto(f"/purchases/{purchase.pk}/share/")
    page.get_by_role("button", name="One more award").click()
    page.get_by_label("Line").select_option(index=1)
    for n in (1, 2):
        row = page.get_by_role("group", name=f"Award {n}", exact=True)
        row.get_by_label("Percent").fill("50" if n == 1 else "25")
    expect(page.locator("[data-share-rest]")).to_have_text("$25.00 (25.00%)")
    row.get_by_label("Percent").fill("50")
    expect(page.locator("[data-share-rest]")).to_have_text("$0.00 (0.00%)")


def _laid_out(page: Page, rows: list[Any], width: int) -> None:
    """Each award is a fieldset with its legend, a row of its own, and nothing is cut off."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bottoms = []
    for row in rows:
        assert row.evaluate("e => e.tagName") == "FIELDSET"
        box = row.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        tops = [row.get_by_label(n).bounding_box()["y"] for n in ("Award", "Amount", "Percent")]
        assert (len(set(tops)) == 1) == (width > 640), "beside one another where there is room"
        bottoms.append((box["y"], box["y"] + box["height"]))
    assert all(a[1] <= b[0] + 1 for a, b in itertools.pairwise(bottoms))
