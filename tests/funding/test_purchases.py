"""A purchase grows lines; its invoices, dates and amounts come later than its order."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry, EntryWords
from core.problems import Refused
from funding.actions import (
    LineDraft,
    ShareDraft,
    UnitDraft,
    change_line,
    receive_units,
    record_purchase,
    record_units,
    share_line,
    share_unit,
)
from funding.models import Award, Purchase, Vendor
from people.models import School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def purchase() -> Purchase:
    return record_purchase("26-0100", by=SYSTEM, lines=[LineDraft("Chromebooks", 3)])


def costs(purchase: Purchase) -> list[Decimal | None]:
    return list(
        purchase.lines.get(number=1).units.order_by("number").values_list("cost", flat=True)
    )


def test_fay_adds_a_line_and_notes_the_invoice_when_it_comes(
    purchase: Purchase, fay: User, client_of: Browser
) -> None:
    client = client_of(fay)
    typed = {"description": "Cases", "quantity": "3", "amount": "60.00"}
    client.post(f"/purchases/{purchase.pk}/lines/new/", typed)
    cases = purchase.lines.get(number=2)
    assert (cases.description, cases.amount) == ("Cases", Decimal("60.00"))
    typed = {
        "description": "Cases",
        "quantity": "3",
        "amount": "60.00",
        "invoice_number": "INV-9",
        "invoice_on": "2026-03-01",
        "paid_on": "2026-03-20",
        "account": "10-4-77",
    }
    client.post(f"/purchases/{purchase.pk}/lines/2/", typed)
    cases.refresh_from_db()
    assert (cases.invoice_number, cases.paid_on) == ("INV-9", date(2026, 3, 20))
    told = Entry.objects.get(kind="purchase.line_changed")
    assert told.changes["invoice_number"] == ["", "INV-9"]
    assert "INV-9" in client.get(f"/purchases/{purchase.pk}/").content.decode()


def test_an_amount_that_comes_late_reaches_what_was_received(
    purchase: Purchase, arp: Award
) -> None:
    line = purchase.lines.get()
    receive_units(line, 2, by=SYSTEM, received_on=date(2026, 3, 1))
    assert costs(purchase) == [None, None]
    with pytest.raises(Refused, match="say why"):
        change_line(line, by=SYSTEM, amount=Decimal("100.00"))
    change_line(line, by=SYSTEM, amount=Decimal("100.00"), reason="Invoice INV-9")
    receive_units(line, 1, by=SYSTEM, received_on=date(2026, 3, 9))
    assert costs(purchase) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    with pytest.raises(Refused, match="Reclassify them first"):
        change_line(line, by=SYSTEM, amount=Decimal("99.00"), reason="Discount")
    line.refresh_from_db()
    assert line.amount == Decimal("100.00") and costs(purchase)[0] == Decimal("33.34")


def test_costs_that_a_register_states_for_each_are_not_spread_over(purchase: Purchase) -> None:
    line = purchase.lines.get()
    drafts = [UnitDraft(line, Decimal(cost), date(2026, 3, 1)) for cost in ("10.00", "25.00")]
    record_units(drafts, by=SYSTEM)
    with pytest.raises(Refused, match="costs of their own"):
        change_line(line, by=SYSTEM, amount=Decimal("100.00"), reason="Invoice")
    assert costs(purchase) == [Decimal("10.00"), Decimal("25.00")]


def test_a_purchase_that_is_refused_leaves_no_vendor_behind(
    purchase: Purchase, fay: User, client_of: Browser
) -> None:
    typed = {"number": "26-0100", "vendor": "New Vendor", "description": "Cases", "quantity": "1"}
    page = client_of(fay).post("/purchases/new/", typed)
    assert "of this number already" in page.content.decode()
    assert not Vendor.objects.exists()
    asked = typed | {"number": "26-0101", "invoice_on": "2026-03-01", "account": "10-4"}
    assert client_of(fay).post("/purchases/new/", asked).status_code == 302
    line = Purchase.objects.get(number="26-0101").lines.get()
    assert (line.invoice_on, line.account) == (date(2026, 3, 1), "10-4")


def test_what_never_came_is_voided_and_another_comes_in_its_place(
    purchase: Purchase, local: Award, fay: User, tom: User, lincoln: School, client_of: Browser
) -> None:
    line = purchase.lines.get()
    change_line(line, by=SYSTEM, amount=Decimal("100.00"))
    first, second, _third = receive_units(line, 3, by=SYSTEM, received_on=date(2026, 3, 1))
    share_line(line, [ShareDraft(local, percent=Decimal(100))], by=SYSTEM)
    make_asset(school=lincoln, tag="100077", unit=second)
    client, units = client_of(fay), f"/purchases/{purchase.pk}/lines/1/units/"
    page = client.get(units).content.decode()
    assert page.count(f"/units/{first.pk}/void/") == 1
    assert f"/units/{second.pk}/void/" not in page, "an item hangs on it"
    assert "100077" in page
    client.post(f"/units/{first.pk}/void/", {"reason": "The box was empty"})
    assert "Void" in client.get(units).content.decode()
    told = Entry.objects.get(kind="unit.voided")
    (said,) = EntryWords.objects.said([told.data])
    assert (told.subject_id, said["reason"]) == (first.pk, "The box was empty")
    typed = {"line": line.pk, "quantity": "1", "received_on": "2026-03-09"}
    url = f"/purchases/{purchase.pk}/receive/"
    assert client.post(url, client.shown(url) | typed).status_code == 302
    came = line.units.get(number=1, voided_at=None)
    assert (came.cost, came.received_on) == (first.cost, date(2026, 3, 9))
    again = client.post(url, client.shown(url) | typed).content.decode()
    assert "0 of 3 are still to come" in again
    assert client_of(tom).get(f"/units/{came.pk}/void/").status_code == 403


def test_ada_sees_of_a_line_the_units_of_her_award(
    purchase: Purchase, arp: Award, local: Award, ada: User, lincoln: School, client_of: Browser
) -> None:
    line = purchase.lines.get()
    change_line(line, by=SYSTEM, amount=Decimal("100.00"))
    hers, other, _third = receive_units(line, 3, by=SYSTEM, received_on=date(2026, 3, 1))
    share_unit(hers, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM, at=None, reason="")
    share_unit(other, [ShareDraft(local, percent=Decimal(100))], by=SYSTEM, at=None, reason="")
    make_asset(school=lincoln, tag="100078", unit=hers)
    make_asset(school=lincoln, tag="100079", unit=other)
    page = client_of(ada).get(f"/purchases/{purchase.pk}/lines/1/units/").content.decode()
    assert "100078" in page
    assert "100079" not in page
