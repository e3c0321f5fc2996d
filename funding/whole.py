"""Who sees the whole of an award or a purchase, and not only what is theirs of it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef

from core.access import MaybeActor, Scope, each, scope_of
from funding.models import Award, Purchase, PurchaseLine, Unit, UnitShare
from funding.models.purchase import BORNE, MONEY
from funding.reach import awards_of

#: What the note or a file of a purchase may tell: what came, who pays for it, what it cost.
TOLD = ("funding.view_purchase", "funding.view_award", MONEY)


def of_award(award: Award, by: MaybeActor) -> bool:
    """Whether somebody sees an award with what it amounts to: in the district, or by this award.
    From a school it is seen as what pays there."""
    scope = scope_of(by, "funding.view_award")
    return scope.everything or award.pk in awards_of(scope)


def of_purchase(purchase: Purchase, by: MaybeActor) -> bool:
    """Whether somebody sees a purchase with all its lines and units, what they cost and each award
    that pays, in the district or by one membership: two that see a line each do not see the
    whole."""
    return purchase.pk in of_purchases([purchase.pk], by)


def of_purchases(purchases: Collection[int], by: MaybeActor) -> set[int]:
    """Which purchases somebody sees the whole of: two queries, and two for each membership."""
    scope = _all_told(by)
    if scope.everything or scope.empty or not purchases:
        return set(purchases) if scope.everything else set()
    lines = PurchaseLine.objects.filter(purchase__in=purchases).exclude(kind__in=BORNE)
    of_lines = dict(lines.order_by().values_list("purchase").annotate(n=Count("pk")))
    units = Unit.objects.filter(line__purchase__in=purchases, voided_at=None).order_by()
    there = _counted(units)
    # Who paid once may be named still.
    paid = UnitShare.objects.known().filter(unit__line__purchase__in=purchases).order_by()
    found: set[int] = set()
    for one in each(scope):
        seen = _counted(units.reached_by(one))
        others = paid.filter(~Exists(Award.objects.reached_by(one).filter(pk=OuterRef("award"))))
        hidden = set(others.values_list("unit__line__purchase", flat=True).distinct())
        for pk in set(purchases) - hidden:
            n, of_these = seen.get(pk, (0, 0))
            # Of what is still to come, for whichever school, a note may tell the price.
            if n == there.get(pk, (0, 0))[0] and of_these == of_lines.get(pk, 0):
                found.add(pk)
    return found


def _all_told(by: MaybeActor) -> Scope:
    """Where somebody holds all that a purchase tells."""
    scopes = [scope_of(by, permission) for permission in TOLD]
    return Scope(
        everything=all(s.everything for s in scopes),
        schools=frozenset.intersection(*(s.schools for s in scopes)),
        along=frozenset.intersection(*(s.along for s in scopes)),
        permission=MONEY,
    )


def _counted(units: Any) -> dict[int, tuple[int, int]]:
    """How many units, of how many lines, by purchase."""
    rows = units.values_list("line__purchase").annotate(
        n=Count("pk"), lines=Count("line", distinct=True)
    )
    return {pk: (n, lines) for pk, n, lines in rows}
