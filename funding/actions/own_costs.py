"""What the units of a line cost where its amount changes, also those of costs of their own."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.access import Actor
from core.journal.writing import changed, record, save_changes, touched
from funding.models import Purchase, PurchaseLine, Unit
from funding.models.purchase import BORNE
from funding.rules.split import MOST, by_weight, from_cents, to_cents


class Costs(NamedTuple):
    """What the things of a line cost in all, and what each does, by its number."""

    amount: Decimal | None
    each: Sequence[Decimal | None]

    def of(self, number: int) -> Decimal | None:
        return self.each[number - 1] if number <= len(self.each) else None


def costs_told(
    line: PurchaseLine,
    units: Sequence[Unit],
    was: Costs,
    now: Costs,
    numbers: Mapping[int, int],
) -> list[tuple[Unit, Decimal | None]] | None:
    """The units of a line that cost something else now, with that; None where it cannot be told.
    Costs of their own stay where they are their parts already, where all of them add up to what
    the line costs now, and where only the quantity is another; where they added up to what it
    cost they bear the difference by what they cost. `numbers`: those that units (keys) had
    before."""
    follow = {u.pk for u in units if u.cost == was.of(numbers.get(u.pk, u.number))}
    anew = [(u, now.of(u.number)) for u in units if u.cost != now.of(u.number)]
    if now.amount in (was.amount, None) or all(u.pk in follow for u, _cost in anew):
        return [(u, cost) for u, cost in anew if u.pk in follow]
    whole = _whole(line, units)
    if whole is None or now.amount is None:
        return None
    if whole == now.amount:
        return []
    if whole != (was.amount if was.amount is not None else line.amount):
        return None
    shares = by_weight(to_cents(now.amount), [to_cents(u.cost or Decimal(0)) for u in units])
    return [(u, from_cents(cents)) for u, cents in zip(units, shares, strict=True)]


def _whole(line: PurchaseLine, units: Sequence[Unit]) -> Decimal | None:
    """What all that was ordered of a line costs together; None as long as some of it is to come, or
    its cost is unknown."""
    costs = [u.cost for u in units if u.cost is not None]
    if not costs or len(costs) != line.quantity:
        return None
    whole = sum(costs, Decimal(0))
    return whole if whole <= MOST else None


def state_amount(
    purchase: Purchase, line: PurchaseLine, units: Sequence[Unit], *, by: Actor, reason: str
) -> None:
    """A line of which nobody said what it costs in all costs what its units do, where that is
    known: discounts and freight of the whole order are spread by it (inside the caller's act)."""
    if line.kind in BORNE or line.amount is not None:
        return
    if changes := changed(line, amount=_whole(line, units)):
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
