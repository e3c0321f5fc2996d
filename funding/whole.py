"""Who sees the whole of an award or a purchase, and not only what is theirs of it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count

from core.access import MaybeActor, each, scope_of
from funding.models import Award, Purchase, PurchaseLine, Unit
from funding.models.purchase import LineKind


def of_award(award: Award, by: MaybeActor) -> bool:
    """Whether somebody sees an award with what it amounts to: in the district, or by this award.
    From a school it is seen as what pays there."""
    scope = scope_of(by, "funding.view_award")
    return scope.everything or award.pk in scope.awards


def of_purchase(purchase: Purchase, by: MaybeActor) -> bool:
    """Whether somebody sees a purchase with all its lines and units, in the district or by one
    membership: two that see a line each do not see the whole."""
    return purchase.pk in of_purchases([purchase.pk], by)


def of_purchases(purchases: Collection[int], by: MaybeActor) -> set[int]:
    """Which purchases somebody sees the whole of: two queries, and one for each membership."""
    scope = scope_of(by, "funding.view_purchase")
    if scope.everything or scope.empty or not purchases:
        return set(purchases) if scope.everything else set()
    lines = PurchaseLine.objects.filter(purchase__in=purchases).exclude(kind=LineKind.CREDIT)
    of_lines = dict(lines.order_by().values_list("purchase").annotate(n=Count("pk")))
    units = Unit.objects.filter(line__purchase__in=purchases, voided_at=None).order_by()
    there = _counted(units)
    found: set[int] = set()
    for one in each(scope):
        seen = _counted(units.reached_by(one))
        for pk in purchases:
            n, of_these = seen.get(pk, (0, 0))
            # What is still to come may be for any school; an award has not paid for it.
            all_lines = bool(one.schools) or of_these == of_lines.get(pk, 0)
            if n == there.get(pk, (0, 0))[0] and all_lines:
                found.add(pk)
    return found


def _counted(units: Any) -> dict[int, tuple[int, int]]:
    """How many units, of how many lines, by purchase."""
    rows = units.values_list("line__purchase").annotate(
        n=Count("pk"), lines=Count("line", distinct=True)
    )
    return {pk: (n, lines) for pk, n, lines in rows}
