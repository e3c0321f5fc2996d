"""Who sees the whole of an award or a purchase, and not only what is theirs of it."""

from django.db.models import Count

from core.access import MaybeActor, each, scope_of
from funding.models import Award, Purchase, Unit
from funding.models.purchase import LineKind


def of_award(award: Award, by: MaybeActor) -> bool:
    """Whether somebody sees an award with what it amounts to: in the district, or by this award.
    From a school it is seen as what pays there."""
    scope = scope_of(by, "funding.view_award")
    return scope.everything or award.pk in scope.awards


def of_purchase(purchase: Purchase, by: MaybeActor) -> bool:
    """Whether somebody sees a purchase with all its lines and units, in the district or by one
    membership: two that see a line each do not see the whole."""
    scope = scope_of(by, "funding.view_purchase")
    if scope.everything or scope.empty:
        return scope.everything
    lines = purchase.lines.exclude(kind=LineKind.CREDIT).count()
    units = Unit.objects.filter(line__purchase=purchase, voided_at=None).order_by()
    there = units.count()
    for one in each(scope):
        seen = units.reached_by(one).aggregate(n=Count("pk"), lines=Count("line", distinct=True))
        # What is still to come may be for any school; an award has not paid for it.
        if seen["n"] == there and (one.schools or seen["lines"] == lines):
            return True
    return False
