"""Purchase lines for journeys that bring a list: those that it chose, or made when first named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import EntryDraft, record_many
from core.problems import refuse_if
from funding.actions.numbers import last_lines
from funding.actions.purchases import change_purchase
from funding.actions.vendors import staying_vendors
from funding.models import Purchase, PurchaseLine, Vendor
from funding.models.purchase import LineKind
from funding.rules.vendors import VendorNames, other_vendor, two_vendors

NOTHING: Mapping[int, int] = MappingProxyType({})
#: By what lines are the same: PO number, invoice and words in lower case, and the chosen one.
LineKey: TypeAlias = tuple[str, str, str, int | None]


@dataclass(frozen=True)
class LineWanted:
    """A line as a register names it: a PO number, perhaps an invoice and a vendor. `line`: the key
    of one that is there; without it there is to be a new one with these `words`."""

    number: str
    invoice: str = ""
    vendor: str = ""
    kind: str = LineKind.ORDERED
    line: int | None = None
    words: str = ""

    @property
    def seller(self) -> str:
        """The vendor's name as it is compared."""
        return self.vendor.strip().lower()

    @property
    def key(self) -> LineKey:
        if self.line is not None:
            return self.po, "", "", self.line
        return self.po, self.invoice.strip().lower(), self.words.lower(), None

    @property
    def po(self) -> str:
        return self.number.strip().lower()


def ensure_vendors(names: Iterable[str], *, by: Actor) -> dict[str, Vendor]:
    """Vendors by their names in lower case; those that are missing are made. The name of one that
    was merged is that of the one that stayed."""
    asked: dict[str, str] = {}
    for name in filter(None, (n.strip() for n in names)):
        asked.setdefault(name.lower(), name)
    with transaction.atomic():
        require(by, "funding.change_purchase")
        # Lower() knows ASCII alone on SQLite: names as they are written match there too.
        rows = Vendor.objects.annotate(key=Lower("name"))
        rows = rows.filter(Q(key__in=asked) | Q(name__in=list(asked.values())))
        called = {v.name.lower(): v for v in rows}
        stays = staying_vendors(called.values())
        found = {name: stays[v.pk] for name, v in called.items()}
        missing = [Vendor(name=name) for key, name in asked.items() if key not in found]
        new = Vendor.objects.bulk_create(missing)
        record_many(EntryDraft("vendor.created", v, by, created=True) for v in new)
    return found | {v.name.lower(): v for v in new}


def ensure_lines(
    wanted: Iterable[LineWanted], *, by: Actor, anew: Mapping[int, int] = NOTHING
) -> dict[LineKey, PurchaseLine]:
    """Lines by their keys; purchases, vendors and lines that are missing are made. An initial
    balance, which holds all sorts, is found as long as nobody said what it costs in all. A line
    that is made is for one thing and grows with its units. `anew`: the versions of purchases (by
    their keys) that are with whom the list says from now on. Raises Refused where a purchase
    would be with two vendors."""
    wanted = list(wanted)
    asked: dict[LineKey, LineWanted] = {}
    for want in wanted:
        asked.setdefault(want.key, want)
    with transaction.atomic():
        require(by, "funding.change_purchase")
        purchases = _ensure_purchases(wanted, by, anew)
        lines = _there(asked.values(), purchases)
        last = last_lines([p.pk for p in purchases.values()])
        new = {}
        for key, want in asked.items():
            if key in lines:
                continue
            purchase = purchases[want.po]
            last[purchase.pk] = last.get(purchase.pk, 0) + 1
            new[key] = PurchaseLine(
                purchase=purchase,
                number=last[purchase.pk],
                kind=want.kind,
                description=want.words or _("Imported"),
                quantity=1,
                invoice_number=want.invoice.strip(),
            )
        made = PurchaseLine.objects.bulk_create(new.values())
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
    return lines | dict(zip(new, made, strict=True))


def _there(
    wanted: Iterable[LineWanted], purchases: Mapping[str, Purchase]
) -> dict[LineKey, PurchaseLine]:
    """The wanted lines that are there: one that was taken off meanwhile is not."""
    wanted = list(wanted)
    lines = PurchaseLine.objects.select_related("purchase")
    chosen = lines.in_bulk([want.line for want in wanted if want.line is not None])
    balances = lines.filter(
        purchase__in=[p.pk for p in purchases.values()],
        kind=LineKind.INITIAL_BALANCE,
        amount=None,
    )
    first = {
        (x.purchase.number.lower(), x.invoice_number.lower()): x
        for x in balances.order_by("-number")
    }
    found: dict[LineKey, PurchaseLine] = {}
    for want in wanted:
        line = chosen.get(want.line or 0)
        if line is None and want.kind == LineKind.INITIAL_BALANCE:
            line = first.get((want.po, want.invoice.strip().lower()))
        if line is not None:
            found[want.key] = line
    return found


def _ensure_purchases(
    wanted: Sequence[LineWanted], by: Actor, anew: Mapping[int, int]
) -> dict[str, Purchase]:
    asked: dict[str, LineWanted] = {}
    problems, names = [], VendorNames()
    for want in wanted:
        known = asked.setdefault(want.po, want)
        if not known.seller:
            asked[want.po] = want if want.seller else known
        elif want.seller and not names.same(want.seller, known.seller):
            problems.append(two_vendors(want.number.strip(), known.vendor, want.vendor))
    refuse_if(problems)
    rows = Purchase.objects.select_related("vendor").annotate(key=Lower("number"))
    rows = rows.filter(Q(key__in=asked) | Q(number__in=[w.number.strip() for w in wanted]))
    found: dict[str, Purchase] = {p.number.lower(): p for p in rows}
    missing = [w for key, w in asked.items() if key not in found]
    refuse_if(
        other_vendor(p)
        for p, w in ((found[key], w) for key, w in asked.items() if key in found)
        if w.seller
        and p.vendor is not None
        and p.pk not in anew
        and not names.same(w.seller, p.vendor.name)
    )
    told = {key: w for key, w in asked.items() if key in found and found[key].pk in anew}
    vendors = ensure_vendors([w.vendor for w in (*missing, *told.values())], by=by)
    for key, w in told.items():
        p = found[key]
        found[key] = change_purchase(p, by=by, version=anew[p.pk], vendor=vendors[w.seller])
    new = Purchase.objects.bulk_create(
        [Purchase(number=w.number.strip(), vendor=vendors.get(w.seller)) for w in missing]
    )
    record_many(
        EntryDraft("purchase.recorded", p, by, created=True, data={"lines": 0}) for p in new
    )
    return found | {p.number.lower(): p for p in new}
