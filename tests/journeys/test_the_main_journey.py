"""Tag, hand out, take back, move, undo; then the award's property record, on a real server."""

import urllib.request
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect
from pypdf import PdfReader

from assets.models import Asset
from funding.models import Award
from people.models import Person, User
from reports.models import Report
from tests.factories import make_product, make_purchase
from tests.journeys.browser import Visitor
from tests.runs.processes import Processes, until
from tests.servers import free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough for a browser"),
]


@pytest.fixture
def site(processes: Processes) -> str:
    """`manage.py serve`: web, worker and sweeper."""
    port = free_port()
    processes.serve(port)
    base = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    until(answers, "the site is ready")
    return base


def test_from_the_carton_to_the_auditor(
    tom: User, fay: User, maria: Person, arp: Award, site: str, visit: Callable[..., Visitor]
) -> None:
    make_purchase(quantity=2, amount="600.00", shares=[(arp, "100")])
    make_product(make="Acer", model="Chromebook 311")  # the district's catalog

    at_desk = visit(site)
    at_desk.sign_in("tom")
    _tag_two(at_desk)
    _hand_out_and_take_back(at_desk, maria)
    _move_and_undo(at_desk)
    first = Asset.objects.get(tag="100201")
    assert (first.status, first.room.code, first.holder) == ("in_stock", "101", None)  # type: ignore[union-attr]
    assert Asset.objects.get(tag="100202").unit is not None

    in_office = visit(site, accept_downloads=True)
    in_office.sign_in("fay")
    pdf = _ask_for_the_property_record(in_office, arp)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    for said in ("100201", "100202", "5CD1111AAA", "$600.00", arp.fain):
        assert said in text, said

    report = Report.objects.get()
    anybody = visit(site)
    anybody.page.goto(f"/verify/{report.number}/{report.code}/")
    expect(anybody.page.get_by_role("heading", name=report.number)).to_be_visible()
    expect(anybody.page.get_by_role("main")).to_contain_text("Unaltered")
    expect(anybody.page.get_by_role("main")).to_contain_text("yes")


def _tag_two(visitor: Visitor) -> None:
    """The first with all its facts, the second like it by two scans."""
    page = visitor.page
    page.goto("/scan/")
    visitor.mode("Tag")
    visitor.scan("100201")
    page.wait_for_url("**/assets/new/**")
    expect(page.get_by_label("Tag", exact=True)).to_have_value("100201")
    expect(page.get_by_label("Serial number")).to_be_focused()
    page.keyboard.type("5CD1111AAA")
    page.get_by_label("Category").select_option(label="Chromebook")
    page.get_by_label("Make").fill("Acer")
    page.get_by_label("Model").fill("Chromebook 311")
    page.get_by_label("Bought with").select_option(index=1)
    page.get_by_label("Room").select_option(label="Lincoln Middle School · Main 101")
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acer Chromebook 311")

    page.goto("/scan/")
    visitor.scan("100202")
    page.wait_for_url("**/assets/new/**")
    visitor.scan("5CD2222BBB")
    expect(page.get_by_text("100202 is registered.")).to_be_visible()


def _hand_out_and_take_back(visitor: Visitor, maria: Person) -> None:
    page = visitor.page
    page.goto("/scan/")
    visitor.mode("Check out")
    visitor.scan_at_desk(maria.local_id, "Maria Lopez: now scan the device.")
    visitor.scan_at_desk("100201", "100201 handed to Maria Lopez")
    page.get_by_role("main").focus()  # as after a look at the list: not in the scan field
    expect(page.get_by_text("The scan field has lost the focus.")).to_be_visible()
    visitor.scan_at_desk("https://assets.example.org/t/100202", "100202 handed to Maria Lopez")
    expect(page.get_by_text("The scan field has lost the focus.")).to_be_hidden()
    visitor.scan_at_desk("100202", "Scanned again: nothing was done twice.")
    visitor.scan_at_desk("UNDO", "Undone: 100202 is not handed out any more")
    assert list(Asset.objects.filter(holder=maria).values_list("tag", flat=True)) == ["100201"]
    visitor.mode("Check in")
    visitor.scan_at_desk("R:LIN:MAIN:101", "now scan the devices")
    visitor.scan_at_desk("100201", "100201 checked in from Maria Lopez")
    visitor.scan_at_desk("NOT-HERE-1", "Nothing of your schools has this code.")


def _move_and_undo(visitor: Visitor) -> None:
    visitor.mode("Move to room")
    visitor.scan_at_desk("R:LIN:MAIN:LIB", "now scan the devices")
    visitor.scan_at_desk("100201", "100201 is in Main LIB")
    visitor.page.get_by_role("button", name="Undo").click()
    expect(visitor.now).to_contain_text("Undone: 100201 is in Main 101 again")


def _ask_for_the_property_record(visitor: Visitor, award: Award) -> bytes:
    page = visitor.page
    page.get_by_role("link", name="Awards").first.click()
    page.get_by_role("link", name=award.name).click()
    page.get_by_role("link", name="Federal property record").first.click()
    page.get_by_role("button", name="Make the report").click()
    page.wait_for_url("**/reports/*/")
    pdf = page.get_by_role("link", name="PDF")
    expect(pdf).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        pdf.click()
    return Path(download.value.path()).read_bytes()
