"""A scanner's burst is a whole code or is refused aloud; it never throws a changed form away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, Request, expect

from assets.models import Asset, Verification
from core.time import days
from people.models import Person, Room, School, User
from tests.factories import make_asset, make_product, make_purchase
from tests.journeys.browser import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]
HALF = "Only a part of a code was read."
Visit = Callable[..., Visitor]


class Desk:
    """Tom at his scan page, and the codes that reach the server."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.sent: list[str] = []
        self.page.on("request", self._heard)
        visitor.sign_in("tom")

    def _heard(self, request: Request) -> None:
        body = request.post_data or ""
        # That a scan was refused is told, so that nothing goes to the person before it.
        if request.method == "POST" and "sign-in" not in request.url and 'name="half"' not in body:
            self.sent.append(body)

    def refused(self, sentence: str) -> None:
        expect(self.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
        assert self.sent == []


@pytest.fixture
def at(tom: User, live_server: Any, visit: Visit) -> Desk:
    return Desk(visit(live_server.url))


@pytest.mark.parametrize("after", [1, 2, 4, 5, 6], ids="after {}".format)
@pytest.mark.parametrize("focus", ["field", "page"])
def test_a_gap_inside_a_burst_is_refused_aloud_wherever_it_is(
    at: Desk, lincoln: School, focus: str, after: int
) -> None:
    make_asset(school=lincoln, tag="0201")
    make_asset(school=lincoln, tag="100201")
    at.page.goto("/scan/")
    (at.page.get_by_role("main") if focus == "page" else field(at.page)).focus()
    at.visitor.scan("100201", (after, 60))
    at.refused(HALF)
    expect(field(at.page)).to_have_value("")
    at.visitor.scan("100201")
    at.page.wait_for_url("**/assets/*/")
    assert [code_in(body) for body in at.sent] == ["100201"]


def test_after_half_a_card_nothing_goes_to_the_person_before(
    at: Desk, lincoln: School, maria: Person
) -> None:
    first, second = (
        make_asset(school=lincoln, tag="100201"),
        make_asset(school=lincoln, tag="100202"),
    )
    at.page.goto("/scan/?mode=out")
    for code in (maria.local_id, first.tag):
        at.visitor.scan(code)
        expect(at.page.locator("[data-scan-list]")).to_contain_text(code)
    at.visitor.scan("777001", (3, 90))
    expect(at.page.locator("[data-scan-list]")).to_contain_text("so nothing was done")
    at.visitor.scan(second.tag)
    expect(at.page.locator("[data-scan-list]")).to_contain_text(second.tag)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.holder, second.holder) == (maria, None)


def field(page: Page) -> Any:
    return page.get_by_label("Scan or search")


def code_in(body: str) -> str:
    return body.split('name="code"')[1].split("\r\n")[2]


def test_a_whole_burst_at_the_edge_of_the_gap_is_taken(at: Desk, lincoln: School) -> None:
    make_asset(school=lincoln, tag="100201")
    at.page.goto("/scan/")
    at.visitor.scan("100201", (1, 45), (3, 45), (6, 45))
    at.page.wait_for_url("**/assets/*/")


def test_a_door_code_of_three_characters_is_whole(at: Desk, library: Room) -> None:
    at.page.goto("/scan/?mode=move")
    at.visitor.scan_at_desk(library.code, "now scan the devices")
    at.visitor.scan("100201", (3, 60))
    expect(at.page.get_by_role("alert").filter(has_text=HALF)).to_be_visible()


def test_a_code_whose_focus_moves_into_the_field_meanwhile_is_whole(
    at: Desk, lincoln: School
) -> None:
    make_asset(school=lincoln, tag="100201")
    at.page.goto("/scan/")
    at.page.get_by_role("main").focus()
    at.page.evaluate(
        "document.addEventListener('keydown', (e) => e.key === '2' &&"
        " document.querySelector('[data-scan-field]').focus())"
    )
    at.visitor.scan("100201")
    at.page.wait_for_url("**/assets/*/")
    assert [code_in(body) for body in at.sent] == ["100201"]


def test_what_was_struck_before_the_page_listened_is_no_code(at: Desk, lincoln: School) -> None:
    """The first keys went to the page before: what this one hears is the end of a code."""
    make_asset(school=lincoln, tag="0201")
    at.page.goto("/scan/")
    now = at.page.evaluate("(performance.timeOrigin + performance.now()) / 1000")
    loaded = at.page.evaluate(
        "(performance.timeOrigin + "
        "performance.getEntriesByType('navigation')[0].domInteractive) / 1000"
    )
    at.visitor.scan("0201", later=loaded - now)
    at.refused(HALF)


def test_a_burst_without_its_end_waits_for_a_person(at: Desk, lincoln: School) -> None:
    make_asset(school=lincoln, tag="1002")
    at.page.goto("/scan/")
    at.visitor.scan("1002", end="")
    at.refused("A code was read without its Enter")
    at.page.get_by_label("My scanner sends no Enter").check()
    at.page.get_by_role("main").focus()
    at.visitor.scan("1002", end="")
    at.page.wait_for_url("**/assets/*/")
    at.page.goto("/scan/")
    expect(at.page.get_by_label("My scanner sends no Enter")).to_be_checked()
    at.sent.clear()
    at.visitor.scan("100201", (4, 90), end="")
    at.refused(HALF)


def test_typing_by_hand_is_no_scan(at: Desk, lincoln: School) -> None:
    make_asset(school=lincoln, tag="100201")
    at.page.goto("/scan/")
    at.visitor.scan("100201", *((n, 120) for n in range(1, 7)))
    at.page.wait_for_url("**/assets/*/")
    at.page.goto("/assets/")
    search = at.page.get_by_role("searchbox").first
    search.focus()
    at.visitor.scan("chrome", *((n, 80) for n in range(1, 7)), end="")
    expect(search).to_have_value("chrome")
    expect(at.page.locator("[data-scan-refused]")).to_be_hidden()


def test_a_scan_keeps_a_changed_form_until_somebody_says_so(
    at: Desk, lincoln: School, room: Room
) -> None:
    device = make_asset(school=lincoln, tag="100201")
    other = make_asset(school=lincoln, tag="100202")
    at.page.goto(f"/assets/{device.pk}/edit/")
    text = at.page.get_by_label("Description")
    text.fill("lid cracked")
    text.focus()
    at.visitor.scan("100202")
    at.refused("is not saved yet")
    expect(text).to_have_value("lid cracked")
    assert at.page.url.endswith(f"/assets/{device.pk}/edit/")
    at.page.get_by_role("button", name="Open it without saving").click()
    at.page.wait_for_url(f"**/assets/{other.pk}/")
    assert Asset.objects.get(pk=device.pk).description == ""


def test_a_scan_leaves_a_form_that_nobody_changed(at: Desk, lincoln: School) -> None:
    device = make_asset(school=lincoln, tag="100201")
    other = make_asset(school=lincoln, tag="100202")
    at.page.goto(f"/assets/{device.pk}/edit/")
    at.page.get_by_label("Description").focus()
    at.visitor.scan("100202")
    at.page.wait_for_url(f"**/assets/{other.pk}/")


def test_half_a_serial_is_not_registered_and_a_whole_one_was_seen_today(
    at: Desk, lincoln: School, room: Room
) -> None:
    make_product()
    make_purchase(what="Acer Chromebook 311")
    at.page.goto("/assets/new/?code=100201")
    page = at.page
    page.get_by_label("Bought with").select_option(index=1)
    expect(page.get_by_label("Make")).to_have_value("Acer")
    page.get_by_label("Room", exact=True).select_option(index=1)
    serial = page.get_by_label("Serial number")
    serial.focus()
    at.visitor.scan("5CD1111AAA", (4, 70))
    at.refused(HALF)
    expect(serial).to_have_value("")
    at.visitor.scan("5CD1111AAA")
    expect(page.get_by_text("100201 is registered.")).to_be_visible()
    asset = Asset.objects.get()
    assert (asset.serial, asset.last_verified_on) == ("5CD1111AAA", days.today())
    assert Verification.objects.get().room == asset.room == room


def test_choosing_a_purchase_line_shows_what_its_things_are(at: Desk, lincoln: School) -> None:
    make_product()
    make_product(make="Epson", model="EB-685W", category="Projector")
    make_purchase(what="Acer Chromebook 311")
    make_purchase(what="Epson EB-685W")
    at.page.goto("/assets/new/")
    category, make, model = (at.page.get_by_label(x) for x in ("Category", "Make", "Model"))
    line = at.page.get_by_label("Bought with")

    def choose(what: str) -> None:
        line.select_option(line.locator("option", has_text=what).inner_text())

    choose("Acer Chromebook 311")
    expect(make).to_have_value("Acer")
    expect(model).to_have_value("Chromebook 311")
    choose("Epson EB-685W")
    expect(category.locator("option:checked")).to_have_text("Projector")
    expect(model).to_have_value("EB-685W")
    model.fill("EB-695Wi")  # what a hand wrote stays
    choose("Acer Chromebook 311")
    expect(model).to_have_value("EB-695Wi")
    expect(make).to_have_value("Epson")
