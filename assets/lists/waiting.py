"""What the front page counts: things by status, and the queues that wait.

A district has a million things: they are looked through once for all that stands in their own rows.
What hangs on money is counted apart, from the side that is short.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from assets.lists.filters import AssetFilter
from assets.lists.queues import queue_q
from assets.models import Asset
from assets.models.status import CLOSED
from core.access import MaybeActor, scope_of
from funding.models import Unit

#: The queues that one look at the things themselves answers.
OWN = ("not_verified", "unplaced")


@dataclass
class Counts:
    statuses: dict[str, int] = field(default_factory=dict)
    queues: dict[str, int] = field(default_factory=dict)


def counted(by: MaybeActor) -> Counts:
    """The things that somebody sees, by status and by queue; what hangs on money where they see
    costs."""
    open_ = ~Q(status__in=CLOSED)
    seen, costs = scope_of(by, "assets.view_asset"), scope_of(by, "funding.view_cost")
    same = replace(seen, permission="") == replace(costs, permission="")
    own = (*OWN, "no_unit") if same else OWN
    each = {name: Count("pk", filter=open_ & queue_q(name)) for name in own}
    things = Asset.objects.visible_to(by).filter(merged_into=None).order_by()
    found = Counts()
    row: Any
    for row in things.values("status").annotate(n=Count("pk"), **each):
        found.statuses[row["status"]] = row["n"]
        for name in own:
            found.queues[name] = found.queues.get(name, 0) + row[name]
    if not costs.empty:
        found.queues["cost_unknown"] = _count("cost_unknown", by)
        if not same:
            found.queues["no_unit"] = _count("no_unit", by)
        # Who sees by award alone sees only what an award has paid for.
        if costs.everything or costs.schools:
            found.queues["no_share"] = _count("no_share", by)
    return found


def _count(queue: str, by: MaybeActor) -> int:
    return AssetFilter(queue=queue).apply(by).order_by().count()


def untagged(by: MaybeActor) -> dict[str, Any]:
    """Units that were received and are no thing yet: how many (`n`), since when (`oldest`)."""
    units = Unit.objects.visible_to(by).filter(voided_at=None).order_by()
    waiting = units.filter(~Exists(Asset.objects.filter(unit=OuterRef("pk"))))
    found: dict[str, int | date | None] = waiting.aggregate(
        n=Count("pk"), oldest=Min("received_on")
    )
    return found
