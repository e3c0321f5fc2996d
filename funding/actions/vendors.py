"""Vendors: added, changed, merged."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.access import Actor, require, staying
from core.journal.writing import EntryDraft, changed, record, record_many, save_changes
from core.problems import Problem, fresh, refuse_if
from funding.models import Purchase, Vendor
from funding.rules.vendors import standing


def staying_vendors(vendors: Iterable[Vendor]) -> dict[int, Vendor]:
    """By key each of these vendors as it stands, or the one that it was merged into. One may be
    merged this moment: that waits until we are through, or we see it."""
    stays = standing(vendors)
    while stays:
        held = {
            v.pk: v for v in staying(Vendor.objects.filter(pk__in={v.pk for v in stays.values()}))
        }
        now = standing(held.values())
        stays = {pk: now[v.pk] for pk, v in stays.items()}
        if all(v.pk in held for v in stays.values()):
            break
    return stays


def create_vendor(name: str, *, by: Actor, number: str = "", spin: str = "") -> Vendor:
    """Add a vendor. Raises Refused where the name is there already."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        vendor = Vendor(name=name.strip(), number=number, spin=spin)
        refuse_if(_vendor_problems(vendor))
        vendor.save()
        record("vendor.created", vendor, by=by, created=True)
    return vendor


def change_vendor(
    vendor: Vendor, *, by: Actor, version: int | None = None, **values: Any
) -> Vendor:
    """Change a vendor's name or numbers. Raises Stale, or Refused where the name is there."""
    with transaction.atomic():
        require(by, "funding.change_vendor")
        # Two may have its page open: the second waits, and is told what became another since.
        vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
        fresh(vendor, version)
        changes = changed(vendor, **values)
        refuse_if(_vendor_problems(vendor))
        if changes:
            vendor.version += 1
            save_changes(vendor, [*changes, "version"])
            record("vendor.changed", vendor, by=by, changes=changes)
    return vendor


def _vendor_problems(vendor: Vendor) -> Iterator[Problem]:
    if Vendor.objects.filter(name__iexact=vendor.name).exclude(pk=vendor.pk).exists():
        message = _("There is a vendor of this name already: use that one.")
        yield Problem("vendor-name-taken", message, "name")


def merge_vendors(loser: Vendor, *, into: Vendor, by: Actor, reason: str) -> Vendor:
    """Two rows for one vendor: its purchases go to the winner, the name stops being offered."""
    with transaction.atomic():
        require(by, "funding.change_vendor")
        # Somebody may change a purchase of it, which they lock before its vendor, or one of the two
        # vendors: they wait, in that order.
        list(Purchase.objects.filter(vendor=loser).locked().values("pk"))
        pair = Vendor.objects.select_for_update().filter(pk__in=[loser.pk, into.pk])
        rows = {v.pk: v for v in pair.order_by("pk")}
        loser, into = rows[loser.pk], rows[into.pk]
        if (stays := standing([loser])[loser.pk]) != loser:
            message = _("%(vendor)s was merged into %(into)s already; merge that one.")
            words = {"vendor": loser, "into": stays}
            refuse_if([Problem("merged", message % words)])
        if loser.pk == into.pk or not into.active:
            refuse_if([Problem("merge-target", _("Choose another vendor that is active."), "into")])
        moved = list(Purchase.objects.filter(vendor=loser).locked())  # and what came since
        pks = [p.pk for p in moved]
        Purchase.objects.filter(pk__in=pks).update(vendor=into, version=F("version") + 1)
        loser.version += 1
        changes = changed(loser, active=False)
        save_changes(loser, [*changes, "version"])
        record(
            "vendor.merged", loser, by=by, changes=changes, data={"into": into.pk, "reason": reason}
        )
        record_many(
            EntryDraft("purchase.changed", p, by, changes=changed(p, vendor=into)) for p in moved
        )
    return into
