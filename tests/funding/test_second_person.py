"""Nobody changes alone who pays where federal money stands: one asks, another decides."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from core.access import SYSTEM
from core.models import Entry
from core.problems import Refused
from core.time import days
from funding.actions import (
    ShareDraft,
    ask_unit,
    create_award,
    create_program,
    decide,
    reclassify,
    set_unit_cost,
    share_line,
    share_unit,
    share_units,
    void_unit,
)
from funding.models import Award, PurchaseLine, Reclassification, UnitShare
from people.actions.district import set_setting
from people.models import User
from tests.factories import make_purchase

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]
Api = Callable[..., Client]
WHY = "Disallowed on monitoring"


@pytest.fixture
def line(arp: Award) -> PurchaseLine:
    """Three things for 900.00 that ARP pays."""
    purchase, _units = make_purchase(shares=[(arp, "100")])
    return purchase.lines.get()


def all_of(award: Award) -> list[ShareDraft]:
    return [ShareDraft(award, percent=Decimal(100))]


def paying(line: PurchaseLine) -> dict[str, Decimal]:
    """What each award pays of a line now."""
    sums: dict[str, Decimal] = {}
    for share in UnitShare.objects.filter(unit__line=line, known_to=None, valid_to=None):
        sums[share.award.name] = sums.get(share.award.name, Decimal(0)) + share.amount
    return sums


def code_of(do: Callable[[], Any], kind: type[Exception] = Refused) -> str:
    """The code with which something is refused; nothing is written."""
    before = Entry.objects.count(), list(UnitShare.objects.order_by("pk").values_list())
    with pytest.raises(kind) as refused:
        do()
    assert before == (Entry.objects.count(), list(UnitShare.objects.order_by("pk").values_list()))
    return str(refused.value.problems[0].code)  # type: ignore[attr-defined]


def test_fay_asks_on_the_page_and_ana_approves_what_she_reads(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User, client_of: Browser
) -> None:
    before = days.now()
    url = f"/purchases/{line.purchase_id}/share/"
    typed = {
        "line": line.pk,
        "award_1": arp.pk,
        "percent_1": "60",
        "award_2": local.pk,
        "amount_2": "360.00",
        "reason": WHY,
    }
    told = client_of(fay).post(url, typed).content.decode()
    assert "Ask a second person" in told and "Ana" in told
    assert not Reclassification.objects.exists()
    answer = client_of(fay).post(url, typed | {"ask": "1"})
    row = Reclassification.objects.get()
    assert answer["Location"] == f"/reclassifications/{row.pk}/"
    assert paying(line) == {arp.name: Decimal(900)}
    assert "Awaits your decision" in client_of(ana).get("/").content.decode()
    assert "Awaits your decision" not in client_of(fay).get("/").content.decode()
    page = client_of(ana).get(f"/reclassifications/{row.pk}/").content.decode()
    for words in (WHY, "1–3", "$900.00", "$540.00", "$360.00", "Fay", local.name):
        assert words in page, words
    client_of(ana).post(f"/reclassifications/{row.pk}/", {"approve": "1"})
    assert paying(line) == {arp.name: Decimal(540), local.name: Decimal(360)}
    row.refresh_from_db()
    assert row.done_at and row.at >= before
    told = Entry.objects.filter(kind="unit.reclassified").first()
    assert told and told.by_id == ana.pk and told.data["reclassification"] == row.pk
    kinds = list(Entry.objects.of(row).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["reclassification.asked", "reclassification.decided"], "done in that act"
    page = client_of(ana).get("/reclassifications/").content.decode()
    assert "approved" in page and WHY in page


def test_every_door_is_shut_without_a_second_person(
    line: PurchaseLine, arp: Award, local: Award, fay: User
) -> None:
    unit = line.units.order_by("number")[0]
    at = {u.pk: days.start_of_day(u.received_on) for u in line.units.all()}
    doors: list[Callable[[], Any]] = [
        lambda: share_line(line, all_of(local), by=fay, reason=WHY),
        lambda: share_unit(unit, all_of(local), by=fay, at=None, reason=WHY),
        lambda: reclassify([unit], all_of(local), by=fay, reason=WHY),
        lambda: reclassify([unit], [], by=fay, reason=WHY),
        lambda: share_units([(unit, all_of(local))], by=fay, at=at),  # an import
        lambda: share_units([(unit, all_of(local))], by=fay, at=at, undoing=True),
        lambda: reclassify([unit], all_of(local), by=SYSTEM, reason=WHY),
        lambda: void_unit(unit, by=fay, reason=WHY),
    ]
    assert {code_of(do) for do in doors} == {"approval-required"}
    assert (
        code_of(lambda: set_unit_cost(unit, Decimal(1), by=fay, reason=WHY)) == "cost-below-shares"
    )


def test_an_import_takes_back_only_what_it_was_the_first_to_say(
    line: PurchaseLine, arp: Award, local: Award, fay: User, ana: User
) -> None:
    unit = line.units.order_by("number")[0]
    at = {unit.pk: days.start_of_day(unit.received_on)}
    row = ask_unit(unit, [], by=fay, reason=WHY)
    decide(row, by=ana, approve=True)
    # Nobody pays now, but ARP did: from its receipt on another one is a change of the past.
    assert (
        code_of(lambda: share_units([(unit, all_of(local))], by=fay, at=at)) == "approval-required"
    )
    assert (
        code_of(lambda: share_units([(unit, [])], by=fay, at=at, undoing=True))
        == "approval-required"
    )
    assert code_of(lambda: void_unit(unit, by=fay, reason=WHY)) == "approval-required", (
        "ARP paid for it until now, and would never have"
    )
    decide(ask_unit(unit, [], by=fay, reason=WHY, at=at[unit.pk]), by=ana, approve=True)
    assert void_unit(unit, by=fay, reason=WHY).voided_at, "nobody ever paid for it"
    other = line.units.order_by("number")[1]
    share_units([(other, [])], by=fay, at={other.pk: at[unit.pk]}, undoing=True)
    assert not UnitShare.objects.filter(unit=other, known_to=None).exists()


@pytest.mark.parametrize("family", ["ug", "erate", "ecf"])
def test_money_that_becomes_federal_needs_a_second_person_too(
    family: str, local: Award, fay: User
) -> None:
    program = create_program(by=SYSTEM, code="F", name="Federal", family=family)
    federal = create_award(by=SYSTEM, program=program, name="Federal money")
    purchase, (unit, *_more) = make_purchase(shares=[(local, "100")])
    assert (
        code_of(lambda: reclassify([unit], all_of(federal), by=fay, reason=WHY))
        == "approval-required"
    )
    assert (
        code_of(lambda: share_line(purchase.lines.get(), all_of(federal), by=fay, reason=WHY))
        == "approval-required"
    )


def test_other_money_needs_one_from_the_amount_that_the_district_set(
    local: Award, fay: User, ana: User, client_of: Browser
) -> None:
    gift = create_award(by=SYSTEM, program=local.program, name="Gift")
    _purchase, units = make_purchase(shares=[(local, "100")])  # 300.00 each
    reclassify([units[0]], all_of(gift), by=fay, reason=WHY)
    typed = {"from_amount": "300.00", "starts_on": days.today().isoformat()}
    assert client_of(fay).post("/parameters/", typed).status_code == 403
    assert client_of(ana).post("/parameters/", typed).status_code == 302
    assert "$300.00" in client_of(ana).get("/parameters/").content.decode()
    assert (
        code_of(lambda: reclassify([units[1]], all_of(gift), by=fay, reason=WHY))
        == "approval-required"
    )
    part = [ShareDraft(gift, Decimal("299.99")), ShareDraft(local, Decimal("0.01"))]
    reclassify([units[1]], part, by=fay, reason=WHY)
    set_setting("reclassification_approval_from", "400", by=SYSTEM, starts_on=days.today())
    reclassify([units[2]], all_of(gift), by=fay, reason=WHY)
