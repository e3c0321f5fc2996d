"""Fay finds a purchase by whatever of it she has at hand."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from funding.actions import (
    LineDraft,
    ShareDraft,
    change_purchase,
    create_vendor,
    receive_units,
    record_purchase,
    share_line,
)
from funding.models import Award
from people.models import User

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]


@pytest.fixture
def orders() -> None:
    vendor = create_vendor("Émile Büro GmbH", by=SYSTEM)
    line = LineDraft("Laptops", 2, Decimal(900), invoice_number="INV-20441-b")
    found = record_purchase("PO-2026-0O17", by=SYSTEM, lines=[line], vendor=vendor)
    change_purchase(found, by=SYSTEM, number="PO-2026-0017", reason="Typed O for 0")
    record_purchase("B-9", by=SYSTEM, lines=[LineDraft("Cases", 1)])


def found(client: Client, text: str) -> list[str]:
    page = client.get("/purchases/", {"q": text}).content.decode()
    return re.findall(r'<a href="/purchases/\d+/">(.+?)</a>', page)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("0017", 1),
        ("po-2026", 1),
        ("2026-0o17", 1),
        ("20441-B", 1),
        ("gmbh", 1),
        ("büro", 1),
        ("BÜRO", 1),
        ("émile", 1),
        ("2026", 1),
        ("18", 0),
        ("6-0017 ", 1),
        ("%", 0),
        (".*", 0),
    ],
)
def test_any_part_of_number_invoice_or_vendor(
    orders: None, fay: User, client_of: Of, text: str, n: int
) -> None:
    assert found(client_of(fay), text) == ["PO-2026-0017"] * n


def test_what_was_asked_stands_in_its_field(orders: None, fay: User, client_of: Of) -> None:
    page = client_of(fay).get("/purchases/", {"q": "0017"}).content.decode()
    assert 'name="q" value="0017"' in page


def test_ada_does_not_find_a_purchase_by_the_invoice_of_another_award(
    arp: Award, local: Award, ada: User, fay: User, client_of: Of
) -> None:
    lines = [LineDraft(f"Line {n}", 1, Decimal(9), invoice_number=f"INV-{n}") for n in (1, 2)]
    purchase = record_purchase("PO-1", by=SYSTEM, lines=lines)
    for line, award in zip(purchase.lines.all(), (arp, local), strict=True):
        receive_units(line, 1, by=SYSTEM, received_on=date(2026, 3, 1))
        share_line(line, [ShareDraft(award, percent=Decimal(100))], by=SYSTEM)
    assert found(client_of(ada), "inv-1") == found(client_of(fay), "inv-2") == ["PO-1"]
    assert found(client_of(ada), "inv-2") == []
