"""Lines of a purchase put right: what they say, how many were ordered, or that they never were."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import changed, record, removed, save_changes, touched
from core.problems import Problem, fresh, refuse_if
from funding.actions.lines import cost_anew, costs_of
from funding.actions.numbers import LINE_REMOVED
from funding.actions.orders import numbered
from funding.models import Purchase, PurchaseLine, Unit
from funding.models.purchase import LineKind


def change_line(
    line: PurchaseLine, *, by: Actor, reason: str = "", version: int | None = None, **values: Any
) -> PurchaseLine:
    """Change what a line says: its text, quantity, invoice, dates, account, amount. What was
    received costs its part of a new amount or quantity, which needs a reason then.

    Raises Stale where somebody changed the purchase since `version`. Refused for fewer than were
    received, where units have costs of their own and the amount is another, or awards pay more
    than they cost then."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # A receipt reads the amounts: it waits, or this waits and counts its units.
        purchase = Purchase.objects.select_for_update().get(pk=line.purchase_id)
        fresh(purchase, version)
        line = PurchaseLine.objects.select_for_update().get(pk=line.pk)
        before = costs_of(purchase)
        if line.kind == LineKind.CREDIT and values.get("quantity") == 1:
            values["quantity"] = 0  # as it is typed: nothing comes of it
        if line.kind in (LineKind.ORDERED, LineKind.CHARGE):
            values["kind"] = _kind(line, **values)
        if not (changes := changed(line, **values)):
            return line
        refuse_if(_amount_problems(line))
        numbers: Mapping[int, int] = {}
        if "quantity" in changes and line.kind != LineKind.CHARGE:
            here = list(Unit.objects.filter(line=line, voided_at=None).order_by("number"))
            refuse_if(_quantity_problems(line, len(here), reason))
            numbers = numbered(here, line.quantity, by)
        save_changes(line, list(changes))
        _told(purchase, "purchase.line_changed", line, by, reason, changes)
        if "amount" in changes or "quantity" in changes:
            cost_anew(purchase, before, by=by, reason=reason, numbers=numbers)
    return line


def _kind(
    line: PurchaseLine, quantity: int | None = None, amount: Decimal | None = None, **_values: Any
) -> str:
    """What a line is from now on: one of no thing is freight or tax of the whole order, where
    nothing of it was received."""
    if quantity is None or quantity == line.quantity:
        return line.kind
    charged = amount if amount is not None else line.amount
    if quantity or not charged or Unit.objects.filter(line=line).exists():
        return LineKind.ORDERED
    return LineKind.CHARGE


def remove_line(
    line: PurchaseLine, *, by: Actor, reason: str = "", version: int | None = None
) -> Purchase:
    """Take off a line that was typed by mistake. The others bear its discount no more, or the whole
    of one, which needs a reason where something of them was received. Of units that were voided the
    line stays, and nothing is to come of it. Refused where something of it was received."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # A dock may receive it this moment: it waits and finds no line, or is seen here.
        purchase = Purchase.objects.select_for_update().get(pk=line.purchase_id)
        fresh(purchase, version)
        line = PurchaseLine.objects.select_for_update().get(pk=line.pk)
        units = Unit.objects.filter(line=line)
        if units.filter(voided_at=None).exists():
            message = _("Something of it was received: change its quantity to what came.")
            refuse_if([Problem("line-received", message)])
        before = costs_of(purchase)
        before.pop(line.pk, None)
        if units.exists():
            if not (changes := changed(line, quantity=0, amount=None)):
                return purchase  # it was taken off before: nothing is told twice
            save_changes(line, changes)
            _told(purchase, "purchase.line_changed", line, by, reason, changes)
        else:
            gone = removed(line)
            line.delete()
            _told(purchase, LINE_REMOVED, line, by, reason, gone=gone)
        cost_anew(purchase, before, by=by, reason=reason)
    return purchase


def _told(
    purchase: Purchase,
    kind: str,
    line: PurchaseLine,
    by: Actor,
    reason: str,
    changes: Mapping[str, Any] | None = None,
    gone: Any = None,
) -> None:
    """A purchase is another version with its lines: who read it before is told."""
    purchase.version += 1
    save_changes(purchase, ["version"])
    changes = changes or {}
    record(
        kind,
        purchase,
        by=by,
        changes=changes,
        row={},
        touched=[gone or touched(line, **changes)],
        data={"line": line.number, "reason": reason},
    )


def _amount_problems(line: PurchaseLine) -> Iterator[Problem]:
    if line.kind == LineKind.CREDIT:
        if line.amount is None or line.amount >= 0:
            message = _("A discount or credit stays below zero.")
            yield Problem("credit-positive", message, "amount")
        if line.quantity:
            message = _("A discount or credit is one amount: its quantity is 1.")
            yield Problem("credit-quantity", message, "quantity")
    elif line.kind == LineKind.CHARGE and not line.amount:
        message = _("Freight or tax of no item has an amount: else take the line off.")
        yield Problem("charge-missing", message, "amount")
    elif line.amount is not None and line.amount < 0:
        message = _("Add a line of its own for a discount or credit.")
        yield Problem("amount-negative", message, "amount")
    elif line.kind != LineKind.CHARGE and line.amount is not None and not line.quantity:
        # It would bear a part of discounts and freight, and no thing would cost it.
        message = _(
            "Nothing is to come of this line: give its quantity, too, or add a line of its own for "
            "freight or tax."
        )
        yield Problem("amount-of-nothing", message, "amount")


def _quantity_problems(line: PurchaseLine, here: int, reason: str) -> Iterator[Problem]:
    """Nothing that came is unsaid by another quantity, and why it is another is said."""
    if line.quantity < max(here, 1):
        message = _("A line is for at least one item.")
        if here:
            message = _("%(n)s of it were received. Void first what never came.") % {"n": here}
        yield Problem("quantity", message, "quantity")
    if here and not reason.strip():
        message = _("Something of it was received: say why it changes.")
        yield Problem("reason-missing", message, "reason")
