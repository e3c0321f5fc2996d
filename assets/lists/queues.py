"""The queues: what waits for something, today and on a past day."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from assets.models import Verification
from assets.models.custody import SEEN_WITHIN
from core.access import MaybeActor, scope_of
from core.time import days
from funding.models import UnitShare

QUEUES = {
    "cost_unknown": gettext_lazy("cost unknown"),
    "no_share": gettext_lazy("no award or fund yet"),
    "no_unit": gettext_lazy("no purchase"),
    "not_verified": gettext_lazy("not seen in 24 months"),
    "unplaced": gettext_lazy("not placed"),
}
#: What waits for want of a purchase, a cost or an award is told where costs are seen.
OF_MONEY = {"cost_unknown", "no_share", "no_unit"}
#: What a unit cost is kept as it is known now: no state of a past day tells it.
NOT_THEN = {"cost_unknown"}


def queues_of(by: MaybeActor) -> dict[str, Any]:
    """The queues that somebody may ask for, with what they are called."""
    money = not scope_of(by, "funding.view_cost").empty
    return {name: label for name, label in QUEUES.items() if money or name not in OF_MONEY}


def not_verified() -> Q:
    """Things that nobody saw in 24 months."""
    first = days.months_before(days.today(), SEEN_WITHIN)
    return Q(last_verified_on=None) | Q(last_verified_on__lt=first)


def queue_q(queue: str) -> Q:
    """What waits in a queue today, of the things that are not gone."""
    shares = UnitShare.objects.standing()
    queues: dict[str, Any] = {
        "": Q(),
        "cost_unknown": Q(unit__isnull=False, unit__cost=None),
        "no_share": Q(unit__isnull=False) & ~Exists(shares.filter(unit=OuterRef("unit"))),
        "no_unit": Q(unit=None),
        "not_verified": not_verified(),
        "unplaced": Q(place="unplaced"),
    }
    found: Q = queues[queue]
    return found


def queue_then(queue: str, day: date) -> Q:
    """What waited in a queue at the end of a day, asked of the states that held then."""
    at = days.end_of_day(day)
    shares = UnitShare.objects.as_of(at).filter(unit=OuterRef("unit"))
    first = days.months_before(day, SEEN_WITHIN)
    sightings = Verification.objects.filter(seen_at__gte=days.start_of_day(first), seen_at__lte=at)
    seen = sightings.filter(asset=OuterRef("asset"))
    # What was merged into it, and into that, was seen as this thing.
    as_another = sightings.filter(asset__merged_into=OuterRef("asset"))
    as_a_third = sightings.filter(asset__merged_into__merged_into=OuterRef("asset"))
    queues: dict[str, Any] = {
        "": Q(),
        "cost_unknown": Q(unit__isnull=False, unit__cost=None),
        "no_share": Q(unit__isnull=False) & ~Exists(shares),
        "no_unit": Q(unit=None),
        "not_verified": ~Q(asset__last_verified_on__range=(first, day))
        & ~Exists(seen)
        & ~Exists(as_another)
        & ~Exists(as_a_third),
        "unplaced": Q(place="unplaced"),
    }
    found: Q = queues[queue]
    return found
