"""Purchases with their lines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import changed, record, save_changes
from core.models import Entry
from core.problems import Problem, fresh, refuse_if
from funding.actions.lines import LineDraft, add_lines, as_line, line_problems, spread
from funding.actions.vendors import staying_vendors
from funding.models import Purchase, Unit, Vendor
from funding.models.purchase import LineKind
from funding.rules.credits import cost_too_large


def record_purchase(
    number: str,
    *,
    by: Actor,
    lines: Sequence[LineDraft],
    vendor: Vendor | None = None,
    ordered_on: date | None = None,
    note: str = "",
) -> Purchase:
    """Record a purchase order with its lines. Raises Refused for a PO number that is there, and
    for lines that would cost more than a column holds."""
    lines = [as_line(draft) for draft in lines]
    with transaction.atomic():
        require(by, "funding.change_purchase")
        refuse_if(_problems(number, lines))
        if vendor is not None:  # a merged one's name goes on meaning the one that stayed
            vendor = staying_vendors([vendor])[vendor.pk]
        purchase = Purchase.objects.create(
            number=number.strip(), vendor=vendor, ordered_on=ordered_on, note=note
        )
        made = add_lines(purchase, lines, first=1)
        refuse_if(cost_too_large(spread(made)))
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
    """Change the number of a purchase, whom it is with, or the day of its order: once something was
    received, with a reason. Raises Stale where somebody changed it since `version`, Refused for a
    number that another has, and for the number or vendor of a list's initial balance."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Two officers may put it right, or its vendor be merged: the second sees what the first
        # wrote.
        purchase = Purchase.objects.visible_to(by).for_change(purchase.pk)
        fresh(purchase, version)
        if vendor := values.get("vendor"):
            values["vendor"] = staying_vendors([vendor])[vendor.pk]
        if "number" in values:
            values["number"] = values["number"].strip()
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


def called_now(numbers: Iterable[str], *, by: Actor) -> dict[str, list[Purchase]]:
    """The purchases that had these numbers before theirs were put right, by the number in lower
    case: of those that no purchase has now. Only such as `by` may see."""
    asked = {n.strip().lower() for n in numbers}
    told = Entry.objects.filter(kind="purchase.changed", changes__has_key="number")
    had: dict[str, set[int]] = {}
    for pk, changes in told.values_list("subject_id", "changes") if asked else ():
        if (before := str(changes["number"][0]).lower()) in asked:
            had.setdefault(before, set()).add(pk)
    here = {n.lower() for n in Purchase.objects.values_list("number", flat=True)} if had else set()
    rows = Purchase.objects.visible_to(by).in_bulk({pk for pks in had.values() for pk in pks})
    found = {n: [rows[pk] for pk in sorted(pks) if pk in rows] for n, pks in had.items()}
    return {n: purchases for n, purchases in found.items() if n not in here and purchases}


def _change_problems(purchase: Purchase, changes: Iterable[str], reason: str) -> Iterator[Problem]:
    lists = purchase.lines.filter(kind=LineKind.INITIAL_BALANCE)
    if "number" in changes:
        yield from _number_problems(purchase.number, purchase.pk)
        if lists.exists():
            message = _("A list brought this without a purchase order, and finds it by this.")
            yield Problem("number-of-list", message, "number")
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


def _problems(number: str, lines: Sequence[LineDraft]) -> Iterator[Problem]:
    yield from _number_problems(number)
    yield from line_problems(lines)


def _number_problems(number: str, own: int | None = None) -> Iterator[Problem]:
    if not number.strip():
        yield Problem("po-number-missing", _("Give the PO number."), "number")
    elif Purchase.objects.filter(number__iexact=number.strip()).exclude(pk=own or 0).exists():
        message = _("There is a purchase of this number already: add a line to it.")
        yield Problem("po-number-taken", message, "number")
