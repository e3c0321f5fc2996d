"""What a row says and the register does not take over: it is told, never passed over in silence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from assets.mistakes import again
from assets.models import Asset, AssetSpan, Assignment, Disposal, Status
from assets.models.status import CLOSED
from assets.register.beginnings import STEADY
from core.time import days
from funding.models import Vendor
from funding.rules.chronology import shown
from integrations.kinds.assets.money.units import FreeUnits
from integrations.kinds.assets.naming.lookup import AssetLookup
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.labels import label
from integrations.models import ImportSession

#: A field, what the row says of it, what the register says.
Told = tuple[str, Any, Any]


class NotTaken:
    """What is here of the things that a batch's rows speak of, looked up once."""

    def __init__(
        self,
        session: ImportSession,
        known: Sequence[tuple[AssetPlan, Asset | None]],
        look: AssetLookup,
        free: FreeUnits,
    ) -> None:
        self.look, self.free = look, free
        self.columns = {field: header for header, field in session.mapping.items() if field}
        here = [(p.values, a) for p, a in known if a is not None]
        out = [a.pk for v, a in here if (v.loaned_on or v.deployed_on) and a.holder_id]
        self.lent = _lent(out)
        dated = [a.pk for v, a in here if v.status_on or v.disposed_on]
        self.began, self.left = _began(dated), _left(dated)
        void = {a.pk for _v, a in here if a.status == Status.VOID} & set(dated)
        self.stood = again.stood(void) if void else {}
        sold = [a for v, a in here if v.vendor and a.unit]
        self.vendors = Vendor.objects.in_bulk(
            {v for a in sold if a.unit and (v := a.unit.line.purchase.vendor_id)}
        )

    def tell(self, plan: AssetPlan, asset: Asset | None) -> None:
        """Say of a planned row what it says in vain."""
        if plan.problems:
            return
        told = [*self._category(plan, asset), *self._vendor(plan, asset)]
        if asset is None:
            told += self._new(plan)
        else:
            told += [*self._place(plan, asset), *self._since(plan, asset)]
        parts = [_part(name, said, here) for name, said, here in told]
        if parts:
            plan.warnings.append(_("Not taken over: %s.") % "; ".join(parts))

    def _new(self, plan: AssetPlan) -> Iterator[Told]:
        v = plan.values
        if v.building and v.room_row is None:
            self._note(plan, "building", "no-room")
        for name in ("loaned_on", "deployed_on"):
            if getattr(v, name) and v.holder_row is None:
                self._note(plan, name, "no-holder")
        if v.deployed_on and v.handed_on and v.deployed_on != v.handed_on:
            yield "deployed_on", v.deployed_on, v.handed_on
        if v.status_on and (v.status or Status.IN_STOCK) in STEADY:
            self._note(plan, "status_on", "steady")
        if v.out_to == "nobody" and v.holder_row is not None:
            yield "out_to", _("nobody"), v.holder_row.local_id
        if v.disposed_on and (v.status_on or v.disposed_on) != v.disposed_on:
            yield "disposed_on", v.disposed_on, v.status_on

    def _note(self, plan: AssetPlan, name: str, note: str) -> None:
        plan.notes.append((self.columns.get(name, label(name)), note))

    def _category(self, plan: AssetPlan, asset: Asset | None) -> Iterator[Told]:
        """A category is the product's: no row changes it for all the others."""
        v = plan.values
        if not v.category or v.kind_anew is not None:
            return
        if asset is not None and plan.changes.product is None:
            here: int | None = asset.product.category_id
        else:
            old = (asset.product.make, asset.product.model) if asset is not None else ("", "")
            make, model = v.product(*old)
            here = self.look.category_of.get((make.lower(), model.lower()))
        if here is not None and here != v.category_row.pk:
            yield "category", v.category, self.look.category_by_pk.get(here)

    def _vendor(self, plan: AssetPlan, asset: Asset | None) -> Iterator[Told]:
        v = plan.values
        name, unit = v.vendor, asset.unit if asset is not None else None
        if not name:
            return
        if unit is not None:
            here = self.vendors.get(unit.line.purchase.vendor_id or 0)
            if here is None or not self.free.is_called(name, here):
                yield "vendor", name, here
            if v.invoice and not unit.line.invoice_number:
                yield "invoice", v.invoice, None
        elif (purchase := self.free.purchases.get((v.po or "").lower())) is not None:
            if purchase.vendor is None and v.sold_anew is None:
                yield "vendor", name, None

    def _place(self, plan: AssetPlan, asset: Asset) -> Iterator[Told]:
        v = plan.values
        building = v.building or ""
        if building and not v.room:
            here = asset.room.building if asset.room else None
            if building.lower() != (here or "").lower():
                yield "building", building, here
        elsewhere = v.school and v.school_row.pk != asset.school_id
        if (
            elsewhere
            and asset.status in CLOSED
            and not (plan.changes.school is not None or plan.changes.moves)
        ):
            yield "school", v.school, asset.school
        if v.out_to == "nobody":
            holder = v.holder_row or asset.holder
            if holder is not None:
                v.tells += (holder.local_id,)
                yield "out_to", _("nobody"), holder.local_id

    def _since(self, plan: AssetPlan, asset: Asset) -> Iterator[Told]:
        """Since when it is so: a day is told with what begins on it, and corrected at its page."""
        v = plan.values
        here = v.loaned_on if plan.changes.holder is not None else self.lent.get(asset.pk)
        if v.loaned_on and v.loaned_on != here:
            yield "loaned_on", v.loaned_on, here
        if (said := v.deployed_on) and said != (here or v.handed_on):
            yield "deployed_on", said, here
        status = asset.status
        began, left = self.began.get(asset.pk), self.left.get(asset.pk)
        if (stood := self.stood.get(asset.pk)) and stood.status == v.status:
            status, began, left = stood.status, stood.since, stood.left  # as it stands again
        elif plan.changes.status is not None:
            return
        if (said := v.status_on) and status in STEADY:
            self._note(plan, "status_on", "steady")
        elif said and said != began:
            yield "status_on", said, began
        left = left or began
        if (said := v.disposed_on) and said != left:
            yield "disposed_on", said, left


def _part(name: str, said: Any, here: Any) -> str:
    words = {"field": label(name), "said": _text(said), "here": _text(here)}
    if here in (None, ""):
        return _("%(field)s %(said)s") % words
    return _("%(field)s %(said)s (here: %(here)s)") % words


def _text(value: Any) -> str:
    return shown(value) if isinstance(value, date) else str(value)


def _lent(assets: Iterable[int]) -> dict[int, date]:
    """Since when whoever has these things has them."""
    pks = list(assets)
    if not pks:
        return {}
    rows = Assignment.objects.filter(asset__in=pks, closed_at=None)
    return {pk: days.local_date(at) for pk, at in rows.values_list("asset", "opened_at")}


def _left(assets: Iterable[int]) -> dict[int, date]:
    """The days that the papers of these things' disposals say."""
    pks = list(assets)
    if not pks:
        return {}
    rows = Disposal.objects.filter(asset__in=pks, reopened_at=None)
    told = rows.values_list("asset", "disposed_on")
    return {pk: day for pk, day in told if day is not None}


def _began(assets: Iterable[int]) -> dict[int, date]:
    """Since when these things are what they are: their status."""
    pks = list(assets)
    if not pks:
        return {}
    rows = AssetSpan.objects.known().filter(asset__in=pks).in_order()
    since: dict[int, tuple[str, datetime]] = {}
    for pk, status, at in rows.values_list("asset", "status", "valid_from"):
        if since.get(pk, ("", at))[0] != status:
            since[pk] = status, at
    return {pk: days.local_date(at) for pk, (_status, at) in since.items()}
