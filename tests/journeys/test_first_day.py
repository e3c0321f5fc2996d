"""The first real day: from the first-run link on an empty database to a downloaded record."""

import csv
import io
import re

import pytest
from django.core.management import call_command
from django.test import Client

from assets.models import Asset, Category
from core import runs
from core.models import District, Entry
from core.time import days
from funding.models import Award, Parameter, Program, Purchase
from people.actions.first_run import first_link
from people.models import Room, School
from reports.models import Report
from tests.forms import Browser

pytestmark = pytest.mark.django_db
FIRST = {
    "name": "Maple Unified",
    "state": "tx",
    "time_zone": "America/Chicago",
    "fiscal_year_start_month": "7",
    "tag_length": "6",
    "tag_prefix": "MP",
    "public_address": "https://assets.example.org",
    "your_name": "Ana",
    "email": "ana@maple.example",
    "password": "seven quiet otters swim",
}


def sent(browser: Browser, url: str, **values: object) -> str:
    """Where a form leads that was filled in; what it says where it is shown again."""
    answer = browser.post(url, browser.shown(url) | values)
    said = re.findall(r'role="alert">(.*?)</', answer.content.decode(), re.S)
    assert answer.status_code == 302, (url, said)
    return str(answer["Location"])


def test_an_award_a_purchase_a_receipt_a_tag_and_the_record_on_the_first_day() -> None:
    browser = Browser()
    assert not Program.objects.exists()
    assert sent(browser, f"/first-run/{first_link()}/", **FIRST) == "/"
    assert District.objects.get().state == "TX"
    today = days.today().isoformat()  # in the zone that was just chosen
    assert browser.get("/").status_code == 200

    program = Program.objects.get(code="TITLE1")
    award = sent(
        browser,
        "/awards/new/",
        program=program.pk,
        name="Title I 2025-26",
        fain="S010A250043",
        issued_on="2025-07-15",
        amount="50000.00",
        title_holder="District",
    )
    page = browser.get(award).content.decode()
    assert "2024 text" in page and "the state applies" in page

    sent(browser, "/schools/new/", code="MAP", name="Maple Elementary")
    school = School.objects.get()
    sent(browser, f"/schools/{school.pk}/rooms/new/", code="12")
    browser.post("/catalog/usual/")
    category = Category.objects.get(name="Laptop")

    purchase = sent(
        browser,
        "/purchases/new/",
        number="26-0001",
        vendor="Acme",
        ordered_on=today,
        description="Laptops",
        quantity="2",
        amount="24000.00",
    )
    sent(browser, f"{purchase}lines/new/", description="Discount", quantity="1", amount="-0.01")
    line = Purchase.objects.get().lines.get(number=1)
    sent(browser, f"{purchase}receive/", line=line.pk, quantity="2", received_on=today)
    sent(
        browser, f"{purchase}share/", line=line.pk, award_1=Award.objects.get().pk, percent_1="100"
    )
    asset = sent(
        browser,
        f"/assets/new/?line={line.pk}",
        tag="MP000001",
        serial="5CD1",
        line=line.pk,
        category=category.pk,
        make="HP",
        model="ProBook",
        school=school.pk,
        room=Room.objects.get().pk,
        status="in_stock",
        condition="new",
    )
    assert "MP000001" in browser.get(asset).content.decode()
    assert Asset.objects.get().unit

    report = sent(
        browser, "/reports/new/", award=Award.objects.get().pk, as_of=today, formats=["csv", "pdf"]
    )
    runs.execute(Report.objects.get().run_id or 0)
    shown = browser.get(report).content.decode()
    assert "MP000001" in shown and "Paid for and received, but no item in the register" in shown
    file = browser.get(f"/reports/{Report.objects.get().pk}/csv/")
    text = b"".join(file).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(text)))
    (row,) = [r for r in rows if "MP000001" in r]
    assert "11999.99" in row or "12000.00" in row, row
    assert "equipment" in row, "of the 2024 text's 10,000 dollars"


@pytest.mark.untrue("a row of a newer release is made by deleting it")
def test_an_upgrade_of_an_empty_installation_brings_nothing_and_of_a_real_one_what_is_new() -> None:
    call_command("migrate", verbosity=0)
    assert not Parameter.objects.exists()
    Client().post(f"/first-run/{first_link()}/", FIRST)
    before = Parameter.objects.count(), Program.objects.count(), Entry.objects.count()
    call_command("migrate", verbosity=0)
    assert before == (Parameter.objects.count(), Program.objects.count(), Entry.objects.count())
    Parameter.objects.filter(key="ug_text_2024_from", state="TX").delete()
    call_command("migrate", verbosity=0)
    assert Parameter.objects.count() == before[0]
    assert Entry.objects.filter(kind="parameter.set").count() == before[0] + 1
