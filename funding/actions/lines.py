"""Lines of a purchase: as they are typed, added, and spread over what comes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import record
from core.problems import Problem, Refused, refuse_if
from funding.actions.numbers import last_lines
from funding.actions.own_costs import Costs, costs_told, state_amount
from funding.actions.units import parts, set_unit_costs
from funding.models import Purchase, PurchaseLine, Unit
from funding.models.purchase import BORNE, LineKind
from funding.rules.credits import borne, cost_too_large

#: No unit had another number.
NOTHING: Mapping[int, int] = MappingProxyType({})


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


def add_line(purchase: Purchase, draft: LineDraft, *, by: Actor, reason: str = "") -> PurchaseLine:
    """Add a line to a purchase that is there. A discount or credit (a negative amount) changes what
    the things of the other lines cost; where some were received that needs its reason."""
    draft = as_line(draft)
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Two officers may add a line: the second waits for the number of the first.
        purchase = Purchase.objects.visible_to(by).for_change(purchase.pk)
        refuse_if(line_problems([draft]))
        before = costs_of(purchase)
        last = last_lines([purchase.pk]).get(purchase.pk, 0)
        (line,) = add_lines(purchase, [draft], first=last + 1)
        record(
            "purchase.line_added",
            purchase,
            by=by,
            rows=[line],
            data={"line": line.number, "invoice": line.invoice_number},
        )
        cost_anew(purchase, before, by=by, reason=reason)
    return line


def spread(lines: Sequence[PurchaseLine]) -> dict[int, Decimal | None]:
    """What the things of each line cost with the discounts and credits of the purchase. Raises
    Refused where these are more than what is bought."""
    try:
        return borne(lines)
    except ValueError:
        message = _(
            "A discount or credit is not more than what the other lines cost whose amounts are "
            "known."
        )
        raise Refused(Problem("credit-too-large", message, "amount")) from None


def costs_of(purchase: Purchase) -> dict[int, Costs]:
    """Per line (key) of which something comes what its things cost now. Raises Refused where the
    discounts are more than what is bought."""
    lines = {x.pk: x for x in purchase.lines.all()}
    amounts = spread(list(lines.values()))
    return {pk: Costs(amount, parts(lines[pk], amount)) for pk, amount in amounts.items()}


def cost_anew(
    purchase: Purchase,
    before: Mapping[int, Costs],
    *,
    by: Actor,
    reason: str,
    numbers: Mapping[int, int] = NOTHING,
) -> None:
    """What was received costs its part of what its line bears now, from this day on and with a
    reason; what it was believed to cost stays in the journal. Units whose costs somebody stated
    keep them, or bear the difference by them, where these add up to what their line costs; else
    they are refused where the amount is another. Refused too where a line would cost more than a
    column holds. `numbers`: those that units (keys) had before."""
    lines = {x.pk: x for x in purchase.lines.all()}
    here: dict[int, list[Unit]] = {pk: [] for pk in lines}
    units = Unit.objects.filter(line__in=lines, voided_at=None).order_by("line__number", "number")
    for unit in units:
        here[unit.line_id].append(unit)
    if any(x.kind in BORNE for x in lines.values()):
        for pk, line in lines.items():
            state_amount(purchase, line, here[pk], by=by, reason=reason)
    after = costs_of(purchase)
    refuse_if(cost_too_large({pk: c.amount for pk, c in after.items() if before.get(pk) != c}))
    anew = [pk for pk, now in after.items() if pk in before and before[pk] != now]
    costs: list[tuple[Unit, Decimal | None]] = []
    problems: list[Problem] = []
    for pk in anew:
        told = costs_told(lines[pk], here[pk], before[pk], after[pk], numbers)
        if told is None:
            message = _("Its units have costs of their own: state the cost of each first.")
            problems = [Problem("own-costs", message, "amount")]
        else:
            costs += told
    if (costs or problems) and not reason.strip():
        message = _("It was received at another cost: say why it changes.")
        problems.insert(0, Problem("reason-missing", message, "reason"))
    refuse_if(problems)
    set_unit_costs(costs, by=by, reason=reason)


def as_line(draft: LineDraft) -> LineDraft:
    """A draft as it is kept: a negative amount is a discount or credit, one of no thing is freight
    or tax of the whole order. Nothing comes of either."""
    if draft.amount is not None and draft.amount > 0 and draft.quantity == 0:
        return replace(draft, kind=LineKind.CHARGE)
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


def line_problems(lines: Sequence[LineDraft]) -> Iterator[Problem]:
    """Why lines cannot be as they are typed."""
    for i, line in enumerate(lines):
        if line.kind in BORNE:
            continue
        if line.amount is not None and line.amount < 0:
            message = _("A discount or credit is one amount: its quantity is 1.")
            yield Problem("credit-quantity", message, f"lines.{i}.quantity")
        elif line.quantity < 1:
            message = _("A line is for at least one item.")
            yield Problem("quantity", message, f"lines.{i}.quantity")
