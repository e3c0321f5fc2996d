"""An entry about a line of a purchase shows where the line does: Ada, who audits one award, is told
nothing of what others pay."""

import html
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.journal.showing import Shown
from core.models import Entry
from funding.actions import (
    LineDraft,
    ShareDraft,
    change_line,
    receive_units,
    record_purchase,
    remove_line,
    share_line,
)
from funding.models import Award, Purchase
from people.models import School, User
from people.roles import Role
from tests.cast import again, make_user
from tests.factories import make_asset
from tests.funding.mistyped import line_of

pytestmark = pytest.mark.django_db
Of = Callable[..., Client]
DAY = date(2026, 3, 1)
#: What was said of line 2, and of line 3, which was taken off.
WORDS = ("Projectors", "Beamers", "INV-77", "4-310", "For the theater", "A stage light")


@pytest.fixture
def purchase(arp: Award, local: Award, fay: User, washington: School) -> Purchase:
    """Line 1 is paid by ARP, line 2 by the general fund; line 3 was never ordered."""
    lines = [
        LineDraft("Laptops", 2, Decimal(1000)),
        LineDraft("Projectors", 2, Decimal(700)),
        LineDraft("A stage light", 1),
    ]
    purchase = record_purchase("PO-1", by=SYSTEM, lines=lines)
    for number, award in ((1, arp), (2, local)):
        (unit,) = receive_units(line_of(purchase, number), 1, by=SYSTEM, received_on=DAY)
        share_line(line_of(purchase, number), [ShareDraft(award, percent=Decimal(100))], by=SYSTEM)
        make_asset(school=washington, unit=unit, tag=f"T-{number}")
    change_line(line_of(purchase), by=fay, account="4-100", reason="As the invoice has it")
    said = {"description": "Beamers", "invoice_number": "INV-77", "account": "4-310"}
    change_line(line_of(purchase, 2), by=fay, reason="For the theater", **said)
    remove_line(line_of(purchase, 3), by=fay, reason="For the theater")
    return purchase


def page(client: Client, purchase: Purchase) -> str:
    return html.unescape(client.get(f"/purchases/{purchase.pk}/").content.decode())


def test_ada_reads_what_became_of_the_line_of_her_award_alone(
    purchase: Purchase, ada: User, client_of: Of
) -> None:
    told = page(client_of(ada), purchase)
    assert [word for word in (*WORDS, "Line 2", "line 2", "Line 3") if word in told] == []
    assert "Line 1 of PO-1 was changed (As the invoice has it)" in told
    assert "Received of line 1 of PO-1: 1" in told
    assert "Purchase PO-1 was recorded" in told
    asset = client_of(ada).get("/assets/1/").content.decode()
    assert [word for word in WORDS if word in asset] == []


def test_fay_and_who_sees_all_purchases_read_it_all(
    purchase: Purchase, fay: User, client_of: Of
) -> None:
    for who in (fay, make_user("Walt", Role.VIEWER)):
        told = page(client_of(who), purchase)
        assert "Line 2 of PO-1 was changed (For the theater)" in told, who.name
        assert "Line 3 of PO-1 was taken off (For the theater)" in told, who.name


def test_a_school_reads_of_the_lines_of_which_something_is_to_come(
    purchase: Purchase, fay: User, ned: User, client_of: Of
) -> None:
    """Ned's page has line 2, of which one is still to come, and had line 3; whose that was cannot
    be told."""
    told = page(client_of(ned), purchase)
    assert "Line 2 of PO-1 was changed (For the theater)" in told
    assert "A stage light" not in told and "Line 3" not in told


def test_tom_reads_nothing_of_a_line_that_came_for_another_school(
    purchase: Purchase, fay: User, tom: User, client_of: Of
) -> None:
    assert "Line 2 of PO-1 was changed" in page(client_of(tom), purchase)
    change_line(line_of(purchase, 2), by=fay, quantity=1, reason="One came")
    told = page(client_of(tom), purchase)
    assert "Line 1 of PO-1 was changed" in told, "one of it is still to come"
    assert [word for word in (*WORDS, "One came", "ine 2") if word in told] == []


@pytest.mark.parametrize("alone", [True, False], ids=["whole", "part"])
def test_a_line_that_is_gone_shows_to_who_sees_the_whole_purchase(
    alone: bool, arp: Award, local: Award, fay: User, ada: User, client_of: Of
) -> None:
    lines = [LineDraft("Laptops", 1, Decimal(1000)), LineDraft("A stage light", 1)]
    purchase = record_purchase("PO-2", by=SYSTEM, lines=lines)
    receive_units(line_of(purchase), 1, by=SYSTEM, received_on=DAY)
    paying = [arp] if alone else [arp, local]
    shares = [ShareDraft(award, amount=Decimal(1000) / len(paying)) for award in paying]
    share_line(line_of(purchase), shares, by=SYSTEM)
    change_line(line_of(purchase, 2), by=fay, account="4-310")
    assert "ine 2" not in page(client_of(ada), purchase), "another may pay for it"
    remove_line(line_of(purchase, 2), by=fay, reason="For the theater")
    told = "Line 2 of PO-2 was taken off (For the theater)" in page(client_of(ada), purchase)
    assert told == alone


def told_by_the_journal(purchase: Purchase, by: User, *, ids: bool) -> str:
    entries = list(Entry.objects.of(purchase).order_by("pk"))
    shown = Shown(entries, again(by), ids=ids)
    return str([(shown.changes(e), shown.data(e)) for e in entries])


@pytest.mark.parametrize("ids", [True, False], ids=["feed", "sentences"])
def test_what_the_journal_hands_out_is_of_the_lines_that_one_sees(
    ids: bool, purchase: Purchase, ada: User, fay: User
) -> None:
    told = told_by_the_journal(purchase, ada, ids=ids)
    assert [word for word in WORDS if word in told] == []
    assert all(word in told for word in ("As the invoice has it", "Laptops", "4-100", "PO-1"))
    told = told_by_the_journal(purchase, fay, ids=ids)
    assert [word for word in WORDS if word not in told] == []
