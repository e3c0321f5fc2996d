"""What somebody sees of amounts: the awards that are theirs by name, what others pay as one sum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from core.access import MaybeActor, Scope, scope_of
from funding.models import Award, PurchaseLine, Unit, UnitShare

COST = "funding.view_cost"
#: SQLite adds amounts as floats.
CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """What an award pays; `award` None is all that others pay together."""

    award: Any
    amount: Decimal


def naming(by: MaybeActor) -> Scope:
    """Where the awards that pay for something show by name: each membership by itself, for an award
    that award on all that it pays for, at a school what pays for the things there."""
    return replace(scope_of(by, Award.seen_with, token=False), permission=COST)


def awards_at(asset_school: int, ids: Iterable[int], by: MaybeActor) -> dict[int, Award]:
    """The awards of these that show by name on a thing at a school, also for a day on which it had
    another unit: those of somebody's own, and those that the membership of this school shows."""
    scope = naming(by)
    scope = replace(scope, schools=scope.schools & {asset_school})
    return Award.objects.reached_by(scope).select_related("program").in_bulk(set(ids))


def _by_key(keys: Iterable[int | None]) -> dict[int, Award]:
    return Award.objects.select_related("program").in_bulk({pk for pk in keys if pk is not None})


def parts(paid: Iterable[tuple[int | None, Decimal]], seen: Mapping[int, Award]) -> list[Part]:
    """What each award pays of one thing or line, the largest first; those that are not seen there
    make one part without a name, the last."""
    named: dict[int, Decimal] = {}
    others = Decimal(0)
    for pk, amount in paid:
        if pk is not None and pk in seen:
            named[pk] = named.get(pk, Decimal(0)) + amount
        else:
            others += amount
    found = [Part(seen[pk], amount) for pk, amount in named.items()]
    found.sort(key=lambda part: (-part.amount, part.award.name))
    return found + ([Part(None, others)] if others else [])


def shares_of(units: Sequence[Unit], by: MaybeActor) -> dict[int, list[Part]]:
    """Per unit that somebody sees the money of who pays for it now."""
    ids = [u.pk for u in Unit.objects.visible_to(by, COST).filter(pk__in=[u.pk for u in units])]
    rows = UnitShare.objects.standing().filter(unit__in=ids).naming(naming(by))
    paid: dict[int, list[tuple[int | None, Decimal]]] = {pk: [] for pk in ids}
    for unit, award, amount in rows.values_list("unit", "named", "amount"):
        paid[unit].append((award, amount))
    seen = _by_key(pk for some in paid.values() for pk, _amount in some)
    return {unit: parts(some, seen) for unit, some in paid.items()}


@dataclass(frozen=True)
class LineMoney:
    """A purchase line's money: its amount, or what those units cost that somebody sees. `unpaid` is
    what no award pays of the costs that are known."""

    amount: Decimal | None
    unknown: int
    parts: list[Part]
    unpaid: Decimal = Decimal(0)


def money_of_lines(lines: Iterable[PurchaseLine], by: MaybeActor) -> dict[int, LineMoney]:
    """Per line that somebody sees the money of: who sees the district's, the line's amount; who
    sees some units of it, the cost of these."""
    rows = list(lines)
    whole = scope_of(by, COST).everything
    units = Unit.objects.visible_to(by, COST).filter(line__in=rows, voided_at=None)
    shares = UnitShare.objects.standing().filter(unit__in=units.values("pk"))
    shares = shares.naming(naming(by)).order_by()
    paid: dict[int, list[tuple[int | None, Decimal]]] = {}
    by_award = shares.values_list("unit__line", "named").annotate(paid=Sum("amount"))
    for line, award, amount in by_award:
        paid.setdefault(line, []).append((award, amount))
    seen = _by_key(pk for some in paid.values() for pk, _amount in some)
    costs = (
        units.order_by()
        .values("line")
        .annotate(n=Count("pk"), known=Count("cost"), cost=Sum("cost"))
    )
    of_line = {row["line"]: row for row in costs}
    found = {}
    for line in rows:
        row = of_line.get(line.pk)
        if not whole and row is None:
            continue
        unknown = row["n"] - row["known"] if row else 0
        amount = line.amount if whole else row["cost"] if row else None
        pays = paid.get(line.pk, [])
        cost = (row["cost"] if row else None) or Decimal(0)
        unpaid = cost - sum((part for _award, part in pays), Decimal(0))
        found[line.pk] = LineMoney(amount, unknown, parts(pays, seen), unpaid.quantize(CENTS))
    return found


def lines_seen(purchases: Iterable[int] | QuerySet[Any, Any], by: MaybeActor) -> Any:
    """The lines of some purchases that somebody sees: those with units that they see, and, in the
    district and at a school, those that are still to come."""
    rows = PurchaseLine.objects.filter(purchase__in=purchases)
    scope = scope_of(by, "funding.view_purchase", token=False)
    if scope.everything:
        return rows
    seen = Unit.objects.visible_to(by).filter(line__purchase__in=purchases)
    return rows.filter(PurchaseLine.seen_q(seen, to_come=bool(scope.schools)))


def amounts_of_lines(lines: Iterable[PurchaseLine], by: MaybeActor) -> dict[int, Decimal | None]:
    """`money_of_lines` without who pays."""
    rows, scope = list(lines), scope_of(by, COST)
    if scope.everything or scope.empty:
        return {line.pk: line.amount for line in rows} if scope.everything else {}
    units = Unit.objects.visible_to(by, COST).filter(line__in=rows, voided_at=None)
    return dict(units.order_by().values_list("line").annotate(cost=Sum("cost")))


def of_purchases(ids: Iterable[int], by: MaybeActor) -> dict[int, Decimal | None]:
    """Per purchase of which somebody sees the money of some units what these cost."""
    units = Unit.objects.visible_to(by, COST).filter(line__purchase__in=ids, voided_at=None)
    return dict(units.order_by().values_list("line__purchase").annotate(cost=Sum("cost")))
