"""Who pays how much: said once, said otherwise later, never overwritten."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from core.access import SYSTEM
from core.problems import Refused
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_award,
    receive_units,
    record_purchase,
    share_line,
)
from funding.models import Award, PurchaseLine, Reclassification, Unit, UnitShare
from people.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
CAME = date(2025, 8, 1)


@pytest.fixture
def line() -> PurchaseLine:
    """Seven things for 1,000.00, four of them received."""
    draft = LineDraft("Chromebooks", 7, Decimal("1000.00"))
    purchase = record_purchase("26-7777", by=SYSTEM, lines=[draft])
    line = purchase.lines.get()
    receive_units(line, 4, by=SYSTEM, received_on=CAME)
    return line


@pytest.fixture
def third(arp: Award) -> Award:
    return create_award(by=SYSTEM, program=arp.program, name="Third award")


def paid(
    line: PurchaseLine, at: datetime | None = None, known: datetime | None = None
) -> dict[str, Decimal]:
    """What each award pays of a line at an instant, as known at another."""
    now = days.now()
    sums: dict[str, Decimal] = {}
    for share in UnitShare.objects.as_of(at or now, known or now).filter(
        unit__line=line, amount__gt=0
    ):
        sums[share.award.name] = sums.get(share.award.name, Decimal(0)) + share.amount
    return sums


def form(line: PurchaseLine, *parts: tuple[Award, str, str], **more: str) -> dict[str, str]:
    """What is typed on the page: awards with an amount or a per cent."""
    typed = {"line": str(line.pk)} | more
    for n, (award, amount, percent) in enumerate(parts, start=1):
        typed |= {f"award_{n}": str(award.pk), f"amount_{n}": amount, f"percent_{n}": percent}
    return typed


def test_fay_splits_a_line_over_three_awards_from_its_receipt_on(
    line: PurchaseLine, arp: Award, local: Award, third: Award, fay: User, client_of: Browser
) -> None:
    url = f"/purchases/{line.purchase_id}/share/"
    typed = form(line, (arp, "200.01", ""), (local, "", "33.3333"), (third, "", "10"))
    assert client_of(fay).post(url, typed).status_code == 302
    cost = sum((u.cost or Decimal(0) for u in line.units.all()), Decimal(0))
    assert cost == Decimal("571.44")  # four of seven: the first six carry an odd cent
    expected = {arp.name: "200.01", local.name: "190.48", third.name: "57.14"}
    assert paid(line) == {name: Decimal(a) for name, a in expected.items()}
    assert paid(line, at=days.start_of_day(CAME)) == paid(line)
    assert paid(line, at=days.start_of_day(CAME) - timedelta(seconds=1)) == {}


def test_paid_by_others_from_a_day_on_is_exact_and_leaves_the_past(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, client_of: Browser
) -> None:
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    before = days.now()
    url = f"/purchases/{line.purchase_id}/share/"
    typed = form(line, (arp, "371.44", ""), (local, "200.00", ""), on="2026-01-10")
    refused = client_of(fay).post(url, typed)
    assert "say why others do now" in refused.content.decode()
    assert paid(line) == {arp.name: Decimal("571.44")}
    asked = client_of(fay).post(url, typed | {"reason": "disallowed"}).content.decode()
    assert "second person" in asked and paid(line) == {arp.name: Decimal("571.44")}
    client_of(fay).post(url, typed | {"reason": "disallowed", "ask": "1"})
    assert paid(line) == {arp.name: Decimal("571.44")}, "asked, not done"
    request = Reclassification.objects.get()
    client_of(ana).post(f"/reclassifications/{request.pk}/", {"approve": "1"})
    now = {arp.name: Decimal("371.44"), local.name: Decimal("200.00")}
    tenth = days.start_of_day(date(2026, 1, 10))
    assert paid(line) == paid(line, at=tenth) == now
    assert paid(line, at=tenth - timedelta(seconds=1)) == {arp.name: Decimal("571.44")}
    # As it was known before it was said, the first award pays for all, on the same day.
    assert paid(line, at=tenth, known=before) == {arp.name: Decimal("571.44")}


def test_a_later_delivery_is_shared_without_touching_the_first(
    line: PurchaseLine, arp: Award, local: Award
) -> None:
    share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM)
    first = set(UnitShare.objects.values_list("pk", "valid_to", "known_to"))
    receive_units(line, 3, by=SYSTEM, received_on=date(2025, 9, 1))
    share_line(line, [ShareDraft(local, percent=Decimal(100))], by=SYSTEM, rest=True)
    assert first <= set(UnitShare.objects.values_list("pk", "valid_to", "known_to"))
    assert paid(line) == {arp.name: Decimal("571.44"), local.name: Decimal("428.56")}
    with pytest.raises(Refused, match="Awards pay for all"):
        share_line(line, [ShareDraft(arp, percent=Decimal(100))], by=SYSTEM, rest=True)


def test_things_that_cost_nothing_are_shared_without_an_error(
    local: Award, fay: User, client_of: Browser
) -> None:
    other = create_award(by=SYSTEM, program=local.program, name="Donation")
    draft = LineDraft("Free with the order", 2, Decimal("0.00"))
    line = record_purchase("26-7778", by=SYSTEM, lines=[draft]).lines.get()
    receive_units(line, 2, by=SYSTEM, received_on=CAME)
    url = f"/purchases/{line.purchase_id}/share/"
    typed = form(line, (other, "", "100"))
    assert client_of(fay).post(url, typed).status_code == 302
    again = form(line, (local, "0.00", ""), reason="other money")
    assert client_of(fay).post(url, again).status_code == 302


def test_what_waits_for_a_cost_and_an_award_is_worked_off_on_the_purchase(
    arp: Award, fay: User, vic: User, client_of: Browser
) -> None:
    line = record_purchase("26-7779", by=SYSTEM, lines=[LineDraft("Panels", 1)]).lines.get()
    (unit,) = receive_units(line, 1, by=SYSTEM, received_on=CAME)
    page, client = f"/purchases/{line.purchase_id}/", client_of(fay)
    assert f"/units/{unit.pk}/cost/" in client.get(page).content.decode()
    share = {"award_1": arp.pk, "percent_1": "100"}
    assert "unknown" in client.post(f"/units/{unit.pk}/share/", share).content.decode()
    client.post(f"/units/{unit.pk}/cost/", {"cost": "3268.00", "reason": "Quote 17"})
    assert client.post(f"/units/{unit.pk}/share/", share).status_code == 302
    assert paid(line, at=days.start_of_day(CAME)) == {arp.name: Decimal("3268.00")}
    assert f"/units/{unit.pk}/" not in client.get(page).content.decode()
    assert client_of(vic).post(f"/units/{unit.pk}/cost/", {"cost": "1"}).status_code == 403
    assert Unit.objects.get().cost == Decimal("3268.00")
