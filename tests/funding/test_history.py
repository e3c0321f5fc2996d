"""A purchase and an award tell who set which awards, when and how much: one line for each act."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.access import SYSTEM
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    ask_line,
    decide,
    receive_units,
    record_purchase,
    set_unit_costs,
    share_line,
    void_unit,
)
from funding.models import Award, PurchaseLine, Unit
from people.models import School, User
from tests.factories import make_asset, make_purchase

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def line(district: object) -> PurchaseLine:
    """Three things for 900.00 that nobody pays yet."""
    purchase, _units = make_purchase()
    return purchase.lines.get()


def share(client: Client, line: PurchaseLine, *parts: tuple[Award, str], **more: str) -> None:
    typed = {"line": str(line.pk)} | more
    for n, (award, amount) in enumerate(parts, start=1):
        typed |= {f"award_{n}": str(award.pk), f"amount_{n}": amount}
    assert client.post(f"/purchases/{line.purchase_id}/share/", typed).status_code == 302


def happened(client: Client, url: str) -> list[str]:
    """The lines under "What happened", each as one text."""
    page = client.get(url).content.decode()
    told = page[page.index('id="happened"') :].split("</ol>")[0]
    found = told.split("<li>")[1:]
    return [html.unescape(" ".join(re.sub(r"<[^>]+>", " ", li).split())) for li in found]


def test_fay_reads_on_both_pages_which_awards_she_set_and_how_much(
    line: PurchaseLine, arp: Award, local: Award, fay: User, client_of: Browser
) -> None:
    share(client_of(fay), line, (arp, "540"), (local, "360"))
    told = happened(client_of(fay), f"/purchases/{line.purchase_id}/")
    of_it = [li for li in told if "were set to pay" in li]
    assert len(of_it) == 1, told
    said = "Awards were set to pay for 3 units of line 1: ARP ESSER 2021 $540.00, General fund"
    assert said in of_it[0] and "$360.00" in of_it[0]
    assert "· Fay · page" in of_it[0] and "– → $540.00" in of_it[0]
    said = f"What it pays for 3 units of {line.purchase.number} was set: $540.00"
    told = happened(client_of(fay), f"/awards/{arp.pk}/")
    assert [said in li and "Fay" in li for li in told if "units" in li] == [True], told
    assert not any("$360" in li for li in told), "what others pay is not this award's"


def test_what_a_second_person_approved_is_told_with_both_sides_of_it(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, client_of: Browser
) -> None:
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    to = [ShareDraft(arp, amount=Decimal(600)), ShareDraft(local, amount=Decimal(300))]
    decide(ask_line(line, to, by=fay, reason="Disallowed"), by=ana, approve=True)
    told = happened(client_of(fay), f"/purchases/{line.purchase_id}/")
    [now] = [li for li in told if "Other awards pay for 3 units" in li]
    assert "$900.00 → $600.00" in now and "– → $300.00" in now
    assert "(Disallowed)" in now and "· Ana ·" in now
    assert any("Somebody asked" in li and "Fay" in li for li in told), told
    told = happened(client_of(fay), f"/awards/{local.pk}/")
    assert [li for li in told if ": $300.00 (Disallowed)" in li], told


def test_costs_stated_and_units_voided_are_the_purchases_news(
    line: PurchaseLine, local: Award, fay: User, client_of: Browser
) -> None:
    share_line(line, [ShareDraft(local, amount=Decimal(9))], by=SYSTEM)
    one, two, three = Unit.objects.filter(line=line).order_by("number")
    set_unit_costs([(one, Decimal(310)), (two, Decimal(310))], by=fay, reason="The invoice")
    void_unit(three, by=SYSTEM, reason="Never came")
    told = happened(client_of(fay), f"/purchases/{line.purchase_id}/")
    assert "1 unit of line 1 was voided (Never came)" in told[0]
    assert "What 2 units of line 1 cost was stated: $620.00 (The invoice)" in told[1]
    assert "$600.00 → $620.00" in told[1]
    told = happened(client_of(fay), f"/awards/{local.pk}/")
    assert "1 unit of" in told[0] and "voided" in told[0] and "cost was stated" in told[1]


def test_who_does_not_see_what_all_awards_pay_reads_no_award_and_no_amount(
    line: PurchaseLine,
    arp: Award,
    local: Award,
    lincoln: School,
    tom: User,
    ned: User,
    ada: User,
    ana: User,
    fay: User,
    client_of: Browser,
) -> None:
    for unit in Unit.objects.filter(line=line):
        make_asset(school=lincoln, unit=unit)
    share_line(
        line, [ShareDraft(arp, amount=Decimal(9)), ShareDraft(local, amount=Decimal(7))], by=SYSTEM
    )
    to = [ShareDraft(local, amount=Decimal(7))]
    decide(ask_line(line, to, by=fay, reason="From ARP"), by=ana, approve=True)
    for who in (tom, ada):
        told = " ".join(happened(client_of(who), f"/purchases/{line.purchase_id}/"))
        assert not any(word in told for word in ("$", "ARP", "General fund")), told
    assert client_of(ned).get(f"/purchases/{line.purchase_id}/").status_code == 404


def test_a_line_of_many_units_takes_no_more_queries_and_one_line(
    arp: Award, local: Award, fay: User, client_of: Browser
) -> None:
    counts = []
    for quantity in (2, 20):
        purchase, _units = make_purchase(quantity=quantity)
        share_line(purchase.lines.get(), [ShareDraft(arp, amount=Decimal(20))], by=fay)
        urls = (f"/purchases/{purchase.pk}/", f"/awards/{arp.pk}/")
        for url in urls:
            client_of(fay).get(url)
            with CaptureQueriesContext(connection) as queries:
                told = happened(client_of(fay), url)
            counts.append(len(queries))
            assert sum(f"{quantity} units" in li for li in told) == 1, told
    assert counts[:2] == counts[2:]


def test_an_earlier_delivery_is_told_apart_from_a_later_one(
    arp: Award, fay: User, client_of: Browser
) -> None:
    ordered = [LineDraft("Chromebooks", 3, Decimal("900.00"))]
    purchase = record_purchase("26-7777", by=SYSTEM, lines=ordered)
    line = purchase.lines.get()
    receive_units(line, 2, by=SYSTEM, received_on=days.today() - timedelta(days=9))
    share_line(line, [ShareDraft(arp, amount=Decimal(10))], by=fay)
    receive_units(line, 1, by=SYSTEM, received_on=days.today() - timedelta(days=1))
    share_line(line, [ShareDraft(arp, amount=Decimal(5))], by=fay, rest=True)
    told = happened(client_of(fay), f"/purchases/{purchase.pk}/")
    assert "1 unit of line 1: ARP ESSER 2021 $5.00" in told[0], told
    assert "2 units of line 1: ARP ESSER 2021 $10.00" in told[2], told
