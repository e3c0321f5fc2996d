"""Numbers of shares among those of their unit, by which entries name them."""

from collections.abc import Sequence

from django.db.models import Max

from funding.models import UnitShare


def number_shares(shares: Sequence[UnitShare]) -> None:
    """Number new shares after those that their units had, whatever became of them."""
    units = {share.unit_id for share in shares}
    had = UnitShare.objects.filter(unit__in=units).order_by().values("unit")
    last = dict(had.annotate(last=Max("number")).values_list("unit", "last"))
    for share in shares:
        last[share.unit_id] = share.number = last.get(share.unit_id, 0) + 1
