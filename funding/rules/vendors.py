"""A purchase is with one vendor: what is said when a list names another."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.models import Entry
from core.problems import Problem
from funding.models import Purchase, Vendor


def other_vendor(purchase: Purchase) -> Problem:
    """A list names another vendor than the purchase has."""
    message = _("Purchase %(number)s is with %(vendor)s.")
    words = {"number": purchase.number, "vendor": purchase.vendor}
    return Problem("vendor-other", message % words, "vendor")


def two_vendors(number: str, one: str, other: str) -> Problem:
    """A list names two vendors for a purchase that is new."""
    message = _("Purchase %(number)s is said to be with %(one)s and with %(other)s.")
    words = {"number": number, "one": one, "other": other}
    return Problem("vendor-two", message % words, "vendor")


def standing(vendors: Iterable[Vendor]) -> dict[int, Vendor]:
    """By key each of these vendors, or the one that it was merged into, however often: its name
    goes on meaning that one."""
    found = {v.pk: v for v in vendors}
    gone = {pk: pk for pk, v in found.items() if not v.active}
    while gone:
        merged = Entry.objects.filter(
            subject_type=Vendor._meta.label_lower,
            subject_id__in=set(gone.values()),
            kind="vendor.merged",
        )
        into = {e.subject_id: int(e.data["into"]) for e in merged.order_by("pk")}
        last = {pk: into[now] for pk, now in gone.items() if now in into}
        rows = Vendor.objects.in_bulk(set(last.values()))
        found |= {pk: rows[now] for pk, now in last.items()}
        gone = {pk: now for pk, now in last.items() if not rows[now].active}
    return found


class VendorNames:
    """Whom the names of vendors mean: that of one which was merged means the one that stayed and
    nobody else, any other its own."""

    def __init__(self) -> None:
        self._merged: dict[str, str] | None = None

    def same(self, one: str, other: str) -> bool:
        """Whether two names mean one vendor."""
        one, other = one.strip().lower(), other.strip().lower()
        return one == other or self._stays(one) == self._stays(other)

    def _stays(self, name: str) -> str:
        if self._merged is None:  # most lists name each vendor as it is called
            gone = list(Vendor.objects.filter(active=False))
            stays = standing(gone)
            self._merged = {v.name.lower(): stays[v.pk].name.lower() for v in gone}
        return self._merged.get(name, name)
