"""Numbers by which entries name a share of a unit and a line of a purchase: each is given once."""

from collections.abc import Collection, Sequence

from django.db.models import Max

from core.models import Entry
from funding.models import Purchase, PurchaseLine, UnitShare

LINE_REMOVED = "purchase.line_removed"


def number_shares(shares: Sequence[UnitShare]) -> None:
    """Number new shares after those that their units had, whatever became of them."""
    units = {share.unit_id for share in shares}
    had = UnitShare.objects.filter(unit__in=units).order_by().values("unit")
    last = dict(had.annotate(last=Max("number")).values_list("unit", "last"))
    for share in shares:
        last[share.unit_id] = share.number = last.get(share.unit_id, 0) + 1


def last_lines(purchases: Collection[int]) -> dict[int, int]:
    """Per purchase that had lines the last number of one, whatever became of it: a line that was
    taken off is named by its number still."""
    there = PurchaseLine.objects.filter(purchase__in=purchases).order_by().values("purchase")
    last = dict(there.annotate(last=Max("number")).values_list("purchase", "last"))
    gone = Entry.objects.filter(
        subject_type=Purchase._meta.label_lower, subject_id__in=purchases, kind=LINE_REMOVED
    )
    for purchase, number in gone.values_list("subject_id", "data__line"):
        last[purchase] = max(number, last.get(purchase, 0))
    return last
