"""The money of imported assets: purchases, units and shares."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import days
from core.access import Actor
from funding import actions as money
from funding.actions import LineDraft, ShareDraft, UnitDraft
from funding.models import Purchase, PurchaseLine, Unit, Vendor
from funding.models.purchase import LineKind
from integrations.kinds.base import Planned
from integrations.models import ImportSession

MONEY_FIELDS = ("cost", "po", "invoice", "vendor", "award_1", "award_2", "award_3")


def has_money(values: dict[str, Any]) -> bool:
    return any(values.get(f) for f in MONEY_FIELDS) or "cost" in values


def shares_of(values: dict[str, Any]) -> list[ShareDraft]:
    """The award parts of a row; one award without a part pays everything."""
    drafts = []
    for n in "123":
        if award := values.get(f"award_{n}_row"):
            amount, percent = values.get(f"amount_{n}"), values.get(f"percent_{n}")
            drafts.append(ShareDraft(award, amount, percent))
    if len(drafts) == 1 and drafts[0].amount is None and drafts[0].percent is None:
        drafts = [ShareDraft(drafts[0].award, percent=Decimal(100))]
    return drafts


def money_problems(values: dict[str, Any], by: Actor) -> Iterator[tuple[str, str]]:
    """Why the money columns of a row cannot be taken."""
    if not has_money(values):
        return
    if not by.has_perm("funding.change_purchase") or not by.has_perm("funding.change_share"):  # type: ignore[union-attr]
        yield "cost", _("Your role does not allow money columns; leave them out or ask finance.")
        return
    shares = shares_of(values)
    cost = values.get("cost")
    if shares and cost is None:
        yield "cost", _("An award cannot pay a part of an unknown cost.")
        return
    if any(s.amount is None and s.percent is None for s in shares):
        yield "award_1", _("With several awards each needs an amount or a per cent.")
        return
    paid = sum((s.amount or (cost or 0) * (s.percent or 0) / 100 for s in shares), Decimal(0))
    if cost is not None and paid > cost + Decimal("0.01"):
        yield "award_1", _("The awards would pay more than it cost.")
    if len({s.award.pk for s in shares}) < len(shares):
        yield "award_2", _("An award stands here twice.")


def give_units(session: ImportSession, plans: Sequence[Planned], by: Actor) -> list[Unit | None]:
    """A unit for each row with money: on its purchase's line, or on the import's initial balance."""
    wanted = [p for p in plans if has_money(p.values)]
    if not wanted:
        return [None] * len(plans)
    drafts, received = [], []
    for plan in wanted:
        day = plan.values.get("acquired_on") or days.today()
        drafts.append(UnitDraft(_line(session, plan.values, by), plan.values.get("cost"), day))
        received.append(day)
    units = money.record_units(drafts, by=by)
    by_day: dict[date, list[tuple[Unit, list[ShareDraft]]]] = {}
    for plan, unit, day in zip(wanted, units, received, strict=True):
        if shares := shares_of(plan.values):
            by_day.setdefault(day, []).append((unit, shares))
    for day, batch in by_day.items():
        money.share_units(batch, by=by, at=min(days.start_of_day(day), days.now()))
    given = {id(p): u for p, u in zip(wanted, units, strict=True)}
    return [given.get(id(p)) for p in plans]


def _line(session: ImportSession, values: dict[str, Any], by: Actor) -> PurchaseLine:
    """The row's purchase line, made when it is first named."""
    number = values.get("po") or f"INITIAL-{session.source}"[:64]
    invoice = values.get("invoice", "")
    purchase = Purchase.objects.filter(number__iexact=number).first()
    if purchase is not None:
        line = purchase.lines.filter(invoice_number=invoice).order_by("-number").first()
        if line is not None:
            return line
        last = purchase.lines.order_by("-number").first()
        draft = _draft(values, invoice)
        from funding.actions.purchases import add_lines

        return add_lines(purchase, [draft], first=(last.number if last else 0) + 1)[0]
    vendor = None
    if name := values.get("vendor"):
        vendor = Vendor.objects.filter(name__iexact=name).first() or money.create_vendor(
            name, by=by
        )
    purchase = money.record_purchase(number, by=by, vendor=vendor, lines=[_draft(values, invoice)])
    return purchase.lines.get()


def _draft(values: dict[str, Any], invoice: str) -> LineDraft:
    kind = LineKind.ORDERED if values.get("po") else LineKind.INITIAL_BALANCE
    return LineDraft(_("Imported"), 1, None, kind=kind, invoice_number=invoice)


def take_units_back(unit: Unit | None, by: Actor) -> None:
    """Void the unit of an undone row."""
    if unit is not None:
        money.void_unit(unit, by=by, reason="import undone")
