"""Purchase lines by PO and invoice for journeys that bring a list: found, or made when first
named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import EntryDraft, record_many
from funding.models import Purchase, PurchaseLine, Vendor
from funding.models.purchase import LineKind


@dataclass(frozen=True)
class LineWanted:
    """A line as a register names it: a PO number, perhaps an invoice and a vendor."""

    number: str
    invoice: str = ""
    vendor: str = ""
    kind: str = LineKind.ORDERED

    @property
    def key(self) -> tuple[str, str]:
        return self.number.strip().lower(), self.invoice.strip().lower()


def ensure_vendors(names: Iterable[str], *, by: Actor) -> dict[str, Vendor]:
    """Vendors by their names in lower case; those that are missing are made."""
    asked = {n.strip().lower(): n.strip() for n in names if n.strip()}
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Lower() knows ASCII alone on SQLite: names as they are written match there too.
        rows = Vendor.objects.annotate(key=Lower("name"))
        rows = rows.filter(Q(key__in=asked) | Q(name__in=list(asked.values())))
        found = {v.name.lower(): v for v in rows}
        missing = [Vendor(name=name) for key, name in asked.items() if key not in found]
        new = Vendor.objects.bulk_create(missing)
        record_many(EntryDraft("vendor.created", v, by, created=True) for v in new)
    return found | {v.name.lower(): v for v in new}


def ensure_lines(wanted: Iterable[LineWanted], *, by: Actor) -> dict[tuple[str, str], PurchaseLine]:
    """Lines by (PO number, invoice) in lower case; purchases, vendors and lines that are missing
    are made. A line that is made is for one thing and grows with its units."""
    asked = {w.key: w for w in wanted}
    with transaction.atomic():
        require(by, "funding.change_purchase")
        purchases = _ensure_purchases(list(asked.values()), by)
        ids = [p.pk for p in purchases.values()]
        lines: dict[tuple[str, str], PurchaseLine] = {}
        there = PurchaseLine.objects.filter(purchase__in=ids).select_related("purchase")
        there = there.exclude(kind=LineKind.CREDIT)  # nothing comes of a credit
        for line in there.order_by("number"):
            lines[line.purchase.number.lower(), line.invoice_number.lower()] = line
        last = dict(
            PurchaseLine.objects.filter(purchase__in=ids)
            .order_by()
            .values("purchase")
            .annotate(last=Max("number"))
            .values_list("purchase", "last")
        )
        new = []
        for key, want in asked.items():
            if key in lines:
                continue
            purchase = purchases[key[0]]
            last[purchase.pk] = last.get(purchase.pk, 0) + 1
            new.append(
                PurchaseLine(
                    purchase=purchase,
                    number=last[purchase.pk],
                    kind=want.kind,
                    description=_("Imported"),
                    quantity=1,
                    invoice_number=want.invoice.strip(),
                )
            )
        made = PurchaseLine.objects.bulk_create(new)
        record_many(
            EntryDraft(
                "purchase.line_added",
                x.purchase,
                by,
                rows=[x],
                data={"line": x.number, "invoice": x.invoice_number},
            )
            for x in made
        )
    return lines | {(x.purchase.number.lower(), x.invoice_number.lower()): x for x in made}


def _ensure_purchases(wanted: Sequence[LineWanted], by: Actor) -> dict[str, Purchase]:
    asked: dict[str, LineWanted] = {}
    for want in wanted:
        asked.setdefault(want.key[0], want)
    rows = Purchase.objects.annotate(key=Lower("number"))
    rows = rows.filter(Q(key__in=asked) | Q(number__in=[w.number.strip() for w in wanted]))
    found = {p.number.lower(): p for p in rows}
    missing = [w for key, w in asked.items() if key not in found]
    vendors = ensure_vendors([w.vendor for w in missing], by=by)
    new = Purchase.objects.bulk_create(
        [
            Purchase(number=w.number.strip(), vendor=vendors.get(w.vendor.strip().lower()))
            for w in missing
        ]
    )
    record_many(
        EntryDraft("purchase.recorded", p, by, created=True, data={"lines": 0}) for p in new
    )
    return found | {p.number.lower(): p for p in new}
