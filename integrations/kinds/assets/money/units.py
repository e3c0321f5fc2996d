"""Units that were received and not tagged: a row that names their purchase takes one of them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from assets.models import Asset, Status
from core.access import Actor
from funding.models import Purchase, PurchaseLine, Unit, UnitShare, Vendor
from funding.rules.vendors import VendorNames, other_vendor, two_vendors
from integrations.kinds.assets.money.lines import Bought, Lines, likeness, refuse_several
from integrations.kinds.assets.money.purchases import PurchasesAlike
from integrations.kinds.assets.money.said import agree, may_bring, same_cost, shares_of
from integrations.kinds.assets.money.vendors import VendorsAlike
from integrations.kinds.assets.past.back import Back
from integrations.kinds.assets.past.unsaid import say_vendor, unsaid_purchases
from integrations.kinds.assets.row import AssetPlan, AssetRow, Lot
from integrations.kinds.base import lower_in
from integrations.kinds.rows.changes import Change, change


class FreeUnits:
    """The untagged units of the purchases that rows name, looked up once a batch; it lives for the
    whole file, so that two rows never take the same one."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.may = may_bring(by)
        self.alike = PurchasesAlike(by)
        self.sellers = VendorsAlike(by)
        self.lots: dict[str, list[Lot]] = {}
        self.lines = Lines()
        #: Units that void things had, as only undone imports said.
        self.own: dict[int, int] = {}
        self.reserved: set[int] = set()
        #: Those that rows take, or bring back with their things.
        self.given: set[int] = set()
        #: Of purchases that are here; who sells those that rows bring, and which row said so.
        self.purchases: dict[str, Purchase] = {}
        #: Those of them whose vendor binds nobody (keys).
        self.unsaid: set[int] = set()
        self.sold_by: dict[str, tuple[str, int]] = {}
        self.vendors = VendorNames()

    def load(
        self, wanted: Sequence[tuple[AssetPlan, Asset | None]], back: Mapping[int, Back]
    ) -> None:
        """Look up the purchases that these rows name and no row before them did. `back`: how void
        things stand again."""
        named = {
            number
            for p, asset in wanted
            if (number := p.values.po)
            and (asset is None or not asset.unit_id or asset.status == Status.VOID)
        }
        if not self.may or not named:
            return
        if numbers := {n for n in named if n.lower() not in self.lots}:
            self.lots |= {n.lower(): [] for n in numbers}
            self._lots(numbers)
            new = (n for n in numbers if n.lower() not in self.purchases)
            near = {other for n in new if (other := self.alike.here(n)) is not None}
            if near := {n for n in near if n.lower() not in self.lots}:
                self.lots |= {n.lower(): [] for n in near}
                self._lots(near)
        # A thing that comes back has a unit of its own.
        had = {pk: stood.unit.pk for pk, stood in back.items() if stood.unit is not None}
        self.own |= {pk: unit for pk, unit in had.items() if not back[pk].spoken_of}
        self.reserved |= set(had.values())

    def _lots(self, numbers: set[str]) -> None:
        found = PurchaseLine.objects.annotate(key=Lower("purchase__number"))
        found = found.filter(lower_in("purchase__number", numbers))
        lines = {x.pk: x for x in found.select_related("purchase__vendor")}
        bought = {x.purchase.number.lower(): x.purchase for x in lines.values()}
        self.purchases |= bought
        self.unsaid |= unsaid_purchases(bought.values())
        self.lines.load(bought.values(), lines.values())
        free = Unit.objects.visible_to(self.by).filter(
            line__in=list(lines), voided_at=None, asset=None
        )
        units = list(
            free.order_by("line__number", "number").values_list(
                "pk", "line", "number", "cost", "received_on", "listed_on"
            )
        )
        shares: dict[int, dict[int, Decimal]] = {}
        if units:
            standing = UnitShare.objects.standing().filter(
                unit__line__in={unit[1] for unit in units}, unit__asset=None
            )
            for pk, award, amount in standing.values_list("unit", "award", "amount"):
                shares.setdefault(pk, {})[award] = amount
        lots: dict[tuple[object, ...], Lot] = {}
        for pk, line, number, cost, came, listed_on in units:
            if pk in self.given:
                continue
            day = came if listed_on is None else None
            lot = Lot(lines[line], cost, shares.get(pk, {}), day, self.lines.bears.get(line))
            lots.setdefault((line, lot.money, lot.received_on), lot).units[pk] = number
        for lot in lots.values():
            self.lots.setdefault(lot.line.purchase.number.lower(), []).append(lot)

    def fit(self, plan: AssetPlan, asset: Asset | None, product: int | None) -> None:
        """Choose the unit that a row takes, or the line on which it gets a new one, and say so;
        refuse a row that might mean one of them and says something else of its money. `product`:
        the key of the one that it names. Taken only by `take`."""
        v = plan.values
        if (asset is not None and asset.unit_id) or not self.may:
            return
        if not self.sellers.settled(plan) or v.po is None:
            return
        if not self.alike.settled(plan) or not self._one_vendor(plan, v.po):
            return
        bought = Bought(v, asset, product)
        v.sort = bought.sort
        there = [lot for lot in self.lots.get(v.po.lower(), []) if lot.units]
        fits = [lot for lot in there if _same_line(v, lot)]
        lots = _priced(v, _described(v, fits))
        if not lots:
            self.lines.choose(plan, bought, self.purchases.get(v.po.lower()), bool(there))
            return
        lots = _paid_alike(v, lots)
        if not lots:
            plan.refuse(
                "award_1", _("Other awards or amounts pay for it: reclassify it on its purchase.")
            )
            return
        if len({lot.line.pk for lot in lots}) > 1 and len({lot.money for lot in lots}) > 1:
            refuse_several(plan)
            return
        self._choose(plan, lots, self.own.get(asset.pk) if asset else None)

    def _choose(self, plan: AssetPlan, lots: list[Lot], own: int | None) -> None:
        lot = next((x for x in lots if own in x.units), None)
        if lot is None or own is None:
            open_ = ((x, pk) for x in lots for pk in x.units if pk not in self.reserved)
            lot, own = next(open_, (lots[0], next(iter(lots[0].units))))
        v = plan.values
        v.lot, v.unit = lot, own
        unit = f"{lot.line.purchase.number}/{lot.line.number} #{lot.units[own]}"
        sentence = _("takes unit %(unit)s at %(cost)s")
        if lot.cost is None:
            sentence = _("takes unit %(unit)s, whose cost is unknown")
        plan.changes.unit = change(None, sentence % {"unit": unit, "cost": lot.cost})
        plan.changes.taken, plan.changes.taken_of = Change(own), Change(lot.common)
        if lot.cost is None and v.cost is not None:
            plan.changes.cost = change(None, v.cost)
            plan.changes.cost_now = Change(v.cost)
        if (wanted := shares_of(v)) and not lot.shares:
            plan.changes.award_1 = change("", ", ".join(s.award.name for s in wanted))
            plan.changes.awards_now = Change([s.award.pk for s in wanted])

    def take(self, plan: AssetPlan, asset: Asset | None) -> None:
        """No other row may have the unit that this one takes or brings back, or give its purchase
        another vendor."""
        v = plan.values
        if v.lot is not None and v.unit is not None:
            del v.lot.units[v.unit]
            self.given.add(v.unit)
        elif asset is not None and asset.status == Status.VOID and asset.unit_id:
            self.given.add(asset.unit_id)
            for lot in (lot for lots in self.lots.values() for lot in lots):
                lot.units.pop(asset.unit_id, None)
        self.lines.take(v)
        if v.po and v.vendor:
            self.sold_by.setdefault(v.po.lower(), (v.vendor, plan.row.number))

    def _one_vendor(self, plan: AssetPlan, po: str) -> bool:
        """A purchase is with one vendor: the register's, or that of the first row that names it."""
        vendor, number = plan.values.vendor, po.lower()
        if not vendor:
            return True
        purchase = self.purchases.get(number)
        if purchase is not None and purchase.pk not in self.unsaid:
            if purchase.vendor is None or self.is_called(vendor, purchase.vendor):
                return True
            plan.refuse("vendor", other_vendor(purchase).message)
            return False
        said, row = self.sold_by.get(number, (vendor, 0))
        if self.vendors.same(said, vendor):
            if purchase is not None:
                self._anew(plan, purchase, vendor)
            return True
        message = two_vendors(po, said, vendor).message
        plan.refuse("vendor", message + _(" The other stands in row %s.") % row)
        return False

    def _anew(self, plan: AssetPlan, purchase: Purchase, vendor: str) -> None:
        """The row says whom a purchase is with, of which only undone imports spoke."""
        if purchase.vendor is None or not self.is_called(vendor, purchase.vendor):
            plan.values.sold_anew = purchase
            plan.warnings.append(say_vendor(purchase, vendor))

    def is_called(self, name: str, vendor: Vendor) -> bool:
        """The name is the vendor's, or that of one which was merged into it."""
        return self.vendors.same(name, vendor.name)


def _same_line(v: AssetRow, lot: Lot) -> bool:
    invoice = lot.line.invoice_number
    if invoice and v.invoice and v.invoice.lower() != invoice.lower():
        return False
    if v.received_on and lot.received_on not in (None, v.received_on):
        return False
    return v.cost is None or lot.cost is None or same_cost(lot.line, lot.cost, v.cost, lot.bears)


def _described(v: AssetRow, lots: list[Lot]) -> list[Lot]:
    """Where several lines fit, those whose words are the row's own or name its product."""
    if len({lot.line.pk for lot in lots}) < 2:
        return lots
    scores = {lot.line.pk: likeness(v, v.product(), lot.line.description) for lot in lots}
    best = max(scores.values())
    return [lot for lot in lots if scores[lot.line.pk] == best]


def _priced(v: AssetRow, lots: list[Lot]) -> list[Lot]:
    """Those at the row's very cost before those an odd cent away, and these before unknown ones."""
    cost = v.cost
    if cost is None:
        return lots
    ranks = [2 if lot.cost is None else int(lot.cost != cost) for lot in lots]
    return [lot for lot, rank in zip(lots, ranks, strict=True) if rank == min(ranks)]


def _paid_alike(v: AssetRow, lots: Iterable[Lot]) -> list[Lot]:
    """Those that the row's awards pay for, before those that nobody pays for yet; all of them for
    a row that names no award."""
    lots = list(lots)
    if not shares_of(v):
        return lots
    same = [lot for lot in lots if lot.shares and agree(v, lot.cost, lot.shares)]
    return same or [lot for lot in lots if not lot.shares]
