"""Purchases with their lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import changed, record, save_changes, touched
from core.problems import Problem, Refused, fresh, refuse_if
from funding.actions.units import parts, set_unit_costs
from funding.models import Purchase, PurchaseLine, Unit, Vendor
from funding.models.purchase import LineKind
from funding.rules.credits import borne
from funding.rules.vendors import standing


@dataclass(frozen=True)
class LineDraft:
    """A line of a purchase. `amount` is dollars and cents for the whole line with freight, tax
    and discount, None where it is unknown; below zero it is a discount or credit on the others."""

    description: str
    quantity: int
    amount: Decimal | None = None
    kind: str = LineKind.ORDERED
    invoice_number: str = ""
    invoice_on: date | None = None
    paid_on: date | None = None
    account: str = ""


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
    lines = [as_line(draft) for draft in lines]
    with transaction.atomic():
        require(by, "funding.change_purchase")
        refuse_if(_problems(number, lines))
        if vendor is not None:  # a merged one's name goes on meaning the one that stayed
            vendor = standing([vendor])[vendor.pk]
        purchase = Purchase.objects.create(
            number=number.strip(), vendor=vendor, ordered_on=ordered_on, note=note
        )
        made = add_lines(purchase, lines, first=1)
        spread(made)
        record(
            "purchase.recorded",
            purchase,
            by=by,
            created=True,
            rows=made,
            data={"lines": len(lines)},
        )
    return purchase


def change_purchase(
    purchase: Purchase,
    *,
    by: Actor,
    version: int | None = None,
    reason: str = "",
    **values: Any,
) -> Purchase:
    """Change whom a purchase is with, or the day of its order: once something was received, with a
    reason. Raises Stale where somebody changed it since `version`, Refused for the vendor of a
    list's initial balance."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Two officers may put it right, or its vendor be merged: the second sees what the first
        # wrote.
        purchase = Purchase.objects.visible_to(by).for_change(purchase.pk)
        fresh(purchase, version)
        if vendor := values.get("vendor"):
            values["vendor"] = standing([vendor])[vendor.pk]
        if not (changes := changed(purchase, **values)):
            return purchase
        refuse_if(_change_problems(purchase, changes, reason))
        purchase.version += 1
        save_changes(purchase, [*changes, "version"])
        record(
            "purchase.changed",
            purchase,
            by=by,
            changes=changes,
            data={"reason": reason.strip()} if reason.strip() else {},
        )
    return purchase


def _change_problems(purchase: Purchase, changes: Iterable[str], reason: str) -> Iterator[Problem]:
    lists = purchase.lines.filter(kind=LineKind.INITIAL_BALANCE)
    if "vendor" in changes and lists.exists():
        message = _(
            "A list brought this without a purchase order, by its vendor: undo its import and "
            "bring it with the right one, or merge the two vendors."
        )
        yield Problem("vendor-of-list", message, "vendor")
    received = Unit.objects.filter(line__purchase=purchase, voided_at=None)
    if not reason.strip() and received.exists():
        message = _("Something of it was received: say why it changes.")
        yield Problem("reason-missing", message, "reason")


def add_line(purchase: Purchase, draft: LineDraft, *, by: Actor, reason: str = "") -> PurchaseLine:
    """Add a line to a purchase that is there. A discount or credit (a negative amount) changes what
    the things of the other lines cost; where some were received that needs its reason."""
    draft = as_line(draft)
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Two officers may add a line: the second waits for the number of the first.
        purchase = Purchase.objects.visible_to(by).for_change(purchase.pk)
        refuse_if(_line_problems([draft]))
        before = spread(list(purchase.lines.all()))
        last = purchase.lines.aggregate(last=Max("number"))["last"] or 0
        (line,) = add_lines(purchase, [draft], first=last + 1)
        record(
            "purchase.line_added",
            purchase,
            by=by,
            rows=[line],
            data={"line": line.number, "invoice": line.invoice_number},
        )
        _cost_anew(purchase, before, by=by, reason=reason)
    return line


def change_line(line: PurchaseLine, *, by: Actor, reason: str = "", **values: Any) -> PurchaseLine:
    """Change what a line says: its text, invoice, dates, account, amount. What was received costs
    its part of a new amount, which needs a reason then.

    Raises Refused where units have costs of their own, or awards pay more than the new amount."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # A receipt reads the amounts: it waits, or this waits and counts its units.
        purchase = Purchase.objects.select_for_update().get(pk=line.purchase_id)
        line = PurchaseLine.objects.select_for_update().get(pk=line.pk)
        before = spread(list(purchase.lines.all()))
        if not (changes := changed(line, **values)):
            return line
        refuse_if(_amount_problems(line))
        save_changes(line, list(changes))
        record(
            "purchase.line_changed",
            purchase,
            by=by,
            changes=changes,
            row={},
            touched=[touched(line, **changes)],
            data={"line": line.number, "reason": reason},
        )
        if "amount" in changes:
            _cost_anew(purchase, before, by=by, reason=reason)
    return line


def _amount_problems(line: PurchaseLine) -> Iterator[Problem]:
    if line.kind == LineKind.CREDIT:
        if line.amount is None or line.amount >= 0:
            message = _("A discount or credit stays below zero.")
            yield Problem("credit-positive", message, "amount")
    elif line.amount is not None and line.amount < 0:
        message = _("Add a line of its own for a discount or credit.")
        yield Problem("amount-negative", message, "amount")


def spread(lines: Sequence[PurchaseLine]) -> dict[int, Decimal | None]:
    """What the things of each line cost with the discounts and credits of the purchase. Raises
    Refused where these are more than what is bought."""
    try:
        return borne(lines)
    except ValueError:
        message = _("A discount or credit is not more than what the other lines cost.")
        raise Refused(Problem("credit-too-large", message, "amount")) from None


def _cost_anew(
    purchase: Purchase, before: dict[int, Decimal | None], *, by: Actor, reason: str
) -> None:
    """What was received costs its part of what its line bears now, from this day on and with a
    reason; what it was believed to cost stays in the journal."""
    lines = {x.pk: x for x in purchase.lines.all()}
    after = spread(list(lines.values()))
    anew = [pk for pk, amount in after.items() if pk in before and before[pk] != amount]
    units = Unit.objects.filter(line__in=anew, voided_at=None).order_by("line__number", "number")
    costs: list[tuple[Unit, Decimal | None]] = []
    problems: list[Problem] = []
    was = {pk: parts(lines[pk], before[pk]) for pk in anew}
    now = {pk: parts(lines[pk], after[pk]) for pk in anew}
    for unit in units:
        if unit.cost != was[unit.line_id][unit.number - 1]:
            message = _("Its units have costs of their own: state the cost of each.")
            problems = [Problem("own-costs", message, "amount")]
        costs.append((unit, now[unit.line_id][unit.number - 1]))
    if costs and not reason.strip():
        message = _("It was received at another cost: say why it changes.")
        problems.insert(0, Problem("reason-missing", message, "reason"))
    refuse_if(problems)
    set_unit_costs(costs, by=by, reason=reason)


def as_line(draft: LineDraft) -> LineDraft:
    """A draft as it is kept: a negative amount is a discount or credit, of which nothing comes."""
    if draft.amount is not None and draft.amount < 0 and draft.quantity in (0, 1):
        return replace(draft, kind=LineKind.CREDIT, quantity=0)
    return draft


def add_lines(purchase: Purchase, lines: Sequence[LineDraft], first: int) -> list[PurchaseLine]:
    """Append lines to a purchase (inside the caller's action)."""
    return PurchaseLine.objects.bulk_create(
        [
            PurchaseLine(
                purchase=purchase,
                number=first + i,
                kind=d.kind,
                description=d.description,
                quantity=d.quantity,
                amount=d.amount,
                invoice_number=d.invoice_number,
                invoice_on=d.invoice_on,
                paid_on=d.paid_on,
                account=d.account,
            )
            for i, d in enumerate(lines)
        ]
    )


def _problems(number: str, lines: Sequence[LineDraft]) -> Iterator[Problem]:
    if not number.strip():
        yield Problem("po-number-missing", _("Give the PO number."), "number")
    elif Purchase.objects.filter(number__iexact=number.strip()).exists():
        message = _("There is a purchase of this number already: add a line to it.")
        yield Problem("po-number-taken", message, "number")
    yield from _line_problems(lines)


def _line_problems(lines: Sequence[LineDraft]) -> Iterator[Problem]:
    for i, line in enumerate(lines):
        if line.kind == LineKind.CREDIT:
            continue
        if line.amount is not None and line.amount < 0:
            message = _("A discount or credit is one amount: its quantity is 1.")
            yield Problem("credit-quantity", message, f"lines.{i}.quantity")
        elif line.quantity < 1:
            message = _("A line is for at least one thing.")
            yield Problem("quantity", message, f"lines.{i}.quantity")
