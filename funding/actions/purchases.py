"""Vendors and purchases with their lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal import EntryDraft, changed, record, record_many, save_changes, touched
from core.problems import Problem, fresh, refuse_if
from funding.actions.units import parts, set_unit_costs
from funding.models import Purchase, PurchaseLine, Unit, Vendor
from funding.models.purchase import LineKind


@dataclass(frozen=True)
class LineDraft:
    """A line of a purchase. `amount` is dollars and cents for the whole line with freight, tax
    and discount, None where it is unknown."""

    description: str
    quantity: int
    amount: Decimal | None = None
    kind: str = LineKind.ORDERED
    invoice_number: str = ""
    invoice_on: date | None = None
    paid_on: date | None = None
    account: str = ""


def create_vendor(name: str, *, by: Actor, number: str = "", spin: str = "") -> Vendor:
    """Add a vendor. Raises Refused where the name is there already."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        if Vendor.objects.filter(name__iexact=name.strip()).exists():
            refuse_if([Problem("vendor-name-taken", _("This vendor is there already."), "name")])
        vendor = Vendor.objects.create(name=name.strip(), number=number, spin=spin)
        record("vendor.created", vendor, by=by, created=True)
    return vendor


def change_vendor(
    vendor: Vendor, *, by: Actor, version: int | None = None, **values: Any
) -> Vendor:
    """Change a vendor's name or numbers. Raises Stale, or Refused where the name is there."""
    with transaction.atomic():
        require(by, "funding.change_vendor")
        vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
        fresh(vendor, version)
        changes = changed(vendor, **values)
        if Vendor.objects.filter(name__iexact=vendor.name).exclude(pk=vendor.pk).exists():
            refuse_if([Problem("vendor-name-taken", _("This vendor is there already."), "name")])
        if changes:
            vendor.version += 1
            save_changes(vendor, [*changes, "version"])
            record("vendor.changed", vendor, by=by, changes=changes)
    return vendor


def merge_vendors(loser: Vendor, *, into: Vendor, by: Actor, reason: str) -> Vendor:
    """Two rows for one vendor: its purchases go to the winner, the name stops being offered."""
    with transaction.atomic():
        require(by, "funding.change_vendor")
        # Somebody may change one of the two, or a purchase: they wait, in key order.
        pair = Vendor.objects.select_for_update().filter(pk__in=[loser.pk, into.pk])
        rows = {v.pk: v for v in pair.order_by("pk")}
        loser, into = rows[loser.pk], rows[into.pk]
        if loser.pk == into.pk or not into.active:
            refuse_if([Problem("merge-target", _("Choose another vendor that is active."), "into")])
        moved = list(Purchase.objects.filter(vendor=loser).locked())
        pks = [p.pk for p in moved]
        Purchase.objects.filter(pk__in=pks).update(vendor=into, version=F("version") + 1)
        loser.version += 1
        changes = changed(loser, active=False)
        save_changes(loser, [*changes, "version"])
        record("vendor.merged", loser, by=by, changes=changes,
               data={"into": into.pk, "reason": reason})  # fmt: skip
        record_many(
            EntryDraft("purchase.changed", p, by, changes=changed(p, vendor=into)) for p in moved
        )
    return into


def record_purchase(
    number: str,
    *,
    by: Actor,
    lines: Sequence[LineDraft],
    vendor: Vendor | None = None,
    ordered_on: date | None = None,
    note: str = "",
) -> Purchase:
    """Record a purchase order with its lines. Raises Refused for a PO number that is there."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        refuse_if(_problems(number, lines))
        purchase = Purchase.objects.create(
            number=number.strip(), vendor=vendor, ordered_on=ordered_on, note=note
        )
        rows = add_lines(purchase, lines, first=1)
        record("purchase.recorded", purchase, by=by, created=True, rows=rows,
               data={"lines": len(lines)})  # fmt: skip
    return purchase


def add_line(purchase: Purchase, draft: LineDraft, *, by: Actor) -> PurchaseLine:
    """Add a line to a purchase that is there."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Two officers may add a line: the second waits for the number of the first.
        purchase = Purchase.objects.visible_to(by).for_change(purchase.pk)
        refuse_if(_line_problems([draft]))
        last = purchase.lines.aggregate(last=Max("number"))["last"] or 0
        (line,) = add_lines(purchase, [draft], first=last + 1)
        record("purchase.line_added", purchase, by=by, rows=[line],
               data={"line": line.number, "invoice": line.invoice_number})  # fmt: skip
    return line


def change_line(line: PurchaseLine, *, by: Actor, reason: str = "", **values: Any) -> PurchaseLine:
    """Change what a line says: its text, invoice, dates, account, amount. What was received costs
    its part of a new amount, which needs a reason then.

    Raises Refused where units have costs of their own, or awards pay more than the new amount."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # A receipt reads the amount: it waits, or this waits and counts its units.
        line = PurchaseLine.objects.select_for_update().get(pk=line.pk)
        before = line.amount
        if not (changes := changed(line, **values)):
            return line
        units = list(Unit.objects.filter(line=line, voided_at=None).order_by("number"))
        if "amount" in changes and units:
            refuse_if(_amount_problems(line, units, before, reason))
        save_changes(line, list(changes))
        record("purchase.line_changed", line.purchase, by=by, changes=changes, row={},
               touched=[touched(line, **changes)],
               data={"line": line.number, "reason": reason})  # fmt: skip
        if "amount" in changes:
            costs = parts(line, line.amount)
            set_unit_costs([(u, costs[u.number - 1]) for u in units], by=by, reason=reason)
    return line


def _amount_problems(
    line: PurchaseLine, units: Sequence[Unit], before: Decimal | None, reason: str
) -> Iterator[Problem]:
    if not reason.strip():
        message = _("It was received at another cost: say why it changes.")
        yield Problem("reason-missing", message, "reason")
    costs = parts(line, before)
    if any(u.cost != costs[u.number - 1] for u in units):
        message = _("Its units have costs of their own: state the cost of each.")
        yield Problem("own-costs", message, "amount")


def add_lines(purchase: Purchase, lines: Sequence[LineDraft], first: int) -> list[PurchaseLine]:
    """Append lines to a purchase (inside the caller's action)."""
    return PurchaseLine.objects.bulk_create(
        [
            PurchaseLine(
                purchase=purchase, number=first + i, kind=d.kind, description=d.description,
                quantity=d.quantity, amount=d.amount, invoice_number=d.invoice_number,
                invoice_on=d.invoice_on, paid_on=d.paid_on, account=d.account,
            )
            for i, d in enumerate(lines)
        ]
    )  # fmt: skip


def _problems(number: str, lines: Sequence[LineDraft]) -> Iterator[Problem]:
    if not number.strip():
        yield Problem("po-number-missing", _("Give the PO number."), "number")
    elif Purchase.objects.filter(number__iexact=number.strip()).exists():
        message = _("There is a purchase of this number already.")
        yield Problem("po-number-taken", message, "number")
    yield from _line_problems(lines)


def _line_problems(lines: Sequence[LineDraft]) -> Iterator[Problem]:
    for i, line in enumerate(lines):
        if line.quantity < 1:
            message = _("A line is for at least one thing.")
            yield Problem("quantity", message, f"lines.{i}.quantity")
        if line.amount is not None and line.amount < 0:
            message = _("An amount is not negative.")
            yield Problem("amount-negative", message, f"lines.{i}.amount")
