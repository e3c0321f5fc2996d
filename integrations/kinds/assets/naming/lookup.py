"""What the names in asset rows mean, looked up once a batch."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from assets.models import Asset, Category, Product, Status
from assets.models.keys import code_key
from core.access import Actor
from funding.models import Award, UnitShare
from integrations.kinds.assets.naming.holders import Holders
from integrations.kinds.assets.naming.rooms import RoomsAlike, says_nowhere
from integrations.kinds.assets.naming.tags import TagsHere
from integrations.kinds.assets.past.merged import MergedAway
from integrations.kinds.assets.past.unsaid import unsaid_products
from integrations.kinds.assets.row import AssetPlan, AssetRow
from integrations.kinds.base import lower_in
from integrations.kinds.names.called import Called, listed
from integrations.kinds.names.schools import Schools
from integrations.kinds.rows.unknown import RoomNamed, Unknown
from integrations.models import ImportSession
from people.models import Room, School

M = TypeVar("M", bound=models.Model)


def _names(asset: Asset) -> tuple[str, str]:
    return asset.product.make, asset.product.model


def said(texts: Iterable[str | None]) -> set[str]:
    """The different texts that rows give a field."""
    return {text for text in texts if text}


class AssetLookup:
    """Schools, rooms, people, awards, categories and assets that a batch of rows names."""

    def __init__(
        self, session: ImportSession, plans: Sequence[AssetPlan], by: Actor, unknown: Unknown
    ) -> None:
        self.unknown = unknown
        self.by = by
        self.default_category = session.said.category
        self.schools = Schools(session, by, unknown)
        self.categories = {c.name.lower(): c for c in Category.objects.all()}
        self.category_by_pk = {c.pk: c for c in self.categories.values()}
        named = any(any(p.values.awards) for p in plans)
        awards = Award.objects.visible_to(by) if named else ()
        self.awards = Called(awards, "frn", "fain", "name")
        self.alike = RoomsAlike(by, unknown)
        self._rooms(said(p.values.room for p in plans), unknown.mapped.get("room", {}).values())
        self.holders = Holders(plans, by)
        self._assets(plans)

    def assets(self) -> set[Asset]:
        """All the assets that the rows may mean."""
        sources = (a for some in self.by_source.values() for a in some)
        return {*self.by_tag.values(), *self.by_serial.values(), *sources}

    def _rooms(self, codes: set[str], mapped: Iterable[int]) -> None:
        rooms = (
            Room.objects.visible_to(self.by).filter(merged_into=None).annotate(key=Lower("code"))
        )
        wanted = lower_in("code", codes) | Q(pk__in=set(mapped))
        found = list(rooms.filter(wanted)) if codes else []
        self.room_by_pk: dict[int, Room] = {r.pk: r for r in found}
        self.rooms = {(r.school_id, r.building.lower(), r.code.lower()): r for r in found}
        self.rooms_of: dict[tuple[int, str], list[Room]] = {}
        for room in found:
            self.rooms_of.setdefault((room.school_id, room.code.lower()), []).append(room)

    def _assets(self, plans: Sequence[AssetPlan]) -> None:
        # What shows by an award alone is not the importer's: a row would tell who has it.
        visible = Asset.objects.visible_to(self.by).visible_to(self.by, "integrations.import")
        everything = visible.select_related(
            "product__category", "unit__line__purchase", "school", "room", "holder"
        )
        visible = everything.filter(merged_into=None)
        self.merged = MergedAway(visible)
        tags = {code_key(t) for t in said(p.values.tag for p in plans)}
        serials = {code_key(s) for s in said(p.values.serial for p in plans)}
        found = TagsHere(tags, visible)
        self.by_tag, self.taken, self.alike_tag = found.by_tag, found.taken, found.alike
        self.alike_elsewhere = found.elsewhere
        #: The same of serial numbers (identity/codes.py, which finds those with other signs).
        self.alike_serial: dict[str, list[Asset]] = {}
        self.by_serial: dict[tuple[str, str, str], Asset] = {}
        self.with_serial: dict[str, list[Asset]] = {}
        self.registered: dict[tuple[int, str], int] = {}
        if serials:
            # A void one is the thing where no other has this serial; the newest of them.
            known = self._registered(serials)
            rows = list(everything.filter(serial_key__among=known).order_by("pk")) if known else []
            rows = self.merged.sort_out(rows)
            rows.sort(key=lambda a: a.status != "void")
            for a in rows:
                self.by_serial[a.product.make.lower(), a.product.model.lower(), a.serial_key] = a
                if a.status != "void":
                    self.with_serial.setdefault(a.serial_key, []).append(a)
            for a in reversed(rows):  # named after its category, since nobody gave a model
                if a.product.model.lower() == a.product.category.name.lower():
                    self.by_serial.setdefault((a.product.make.lower(), "", a.serial_key), a)
            self._merged_products(rows)
        self._products(plans)
        keys = {key for p in plans for key in p.values.source_keys()}
        keys |= {p.values.retag_key for p in plans if code_key(p.values.tag or "") in self.by_tag}
        keys -= {""}
        self.by_source: dict[str, list[Asset]] = {}
        rows = list(everything.filter(source_key__among=keys)) if keys else []
        for a in rows:
            self.by_source.setdefault(a.source_key, []).append(a)
        self.merged.load(rows)

    def _registered(self, serials: set[str]) -> set[str]:
        """Which things have these serial numbers, also those that are not the importer's: two of
        one product never have the same. Those of the numbers that are here, if only of what was
        merged or void."""
        same = Asset.objects.filter(serial_key__among=serials).order_by("pk")
        names = same.values_list("product", "serial_key", "pk", "merged_into", "status")
        known = set()
        for product, serial, pk, into, status in names:
            known.add(serial)
            if into is None and status != Status.VOID:
                self.registered[product, serial] = pk
        return known

    def _merged_products(self, rows: Sequence[Asset]) -> None:
        """A merged product's name goes on meaning the winner's things."""
        products = {a.product_id for a in rows}
        into = {pk: pk for pk in products}
        last = products
        while losers := list(Product.objects.filter(merged_into__in=last)):
            into |= {p.pk: into[p.merged_into_id or 0] for p in losers}
            last = {p.pk for p in losers}
            for loser in losers:
                for a in rows:
                    if a.product_id == into[loser.pk]:
                        key = (loser.make.lower(), loser.model.lower(), a.serial_key)
                        self.by_serial.setdefault(key, a)

    def _products(self, plans: Sequence[AssetPlan]) -> None:
        makes = {p.values.make or "" for p in plans}
        if any(p.values.model and not p.values.make for p in plans):
            # The make that such a row leaves out is that of the thing which it means.
            things = (*self.by_tag.values(), *self.by_serial.values())
            makes |= {a.product.make for a in things}
        rows = Product.objects.annotate(key=Lower("make")).filter(lower_in("make", makes))
        rows = rows.select_related("merged_into")
        stands = {(p.make.lower(), p.model.lower()): p.stands for p in rows}
        self.products = {names: p.pk for names, p in stands.items()}
        self.category_of = {names: p.category_id for names, p in stands.items()}
        named = {tuple(n.lower() for n in p.values.product()) for p in plans if p.values.category}
        #: Those whose category binds nobody.
        self.unsaid = unsaid_products({pk for names, pk in self.products.items() if names in named})

    def product(self, values: AssetRow, asset: Asset | None) -> int | None:
        """The key of the product that a row names; a part that it leaves out is as it was."""
        old = (asset.product.make, asset.product.model) if asset is not None else ()
        make, model = values.product(*old)
        key = make.lower(), model.lower()
        if asset is not None and key == tuple(" ".join(n.lower().split()) for n in _names(asset)):
            return asset.product_id
        return self.products.get(key)

    def is_anothers(self, values: AssetRow, asset: Asset | None) -> bool:
        """Whether the make, model and serial number that a row gives its thing are another's."""
        if not values.serial:
            return False
        product = self.product(values, asset)
        pk = self.registered.get((product or 0, code_key(values.serial)))
        return pk is not None and (asset is None or pk != asset.pk)

    def shares(self, assets: Iterable[Asset]) -> dict[int, dict[int, Decimal]]:
        """Which award pays how much of these assets' units today."""
        found: dict[int, dict[int, Decimal]] = {}
        units = [a.unit_id for a in assets if a.unit_id]
        for share in UnitShare.objects.standing().filter(unit__in=units):
            found.setdefault(share.unit_id, {})[share.award_id] = share.amount
        return found

    def paid(self, assets: Iterable[Asset]) -> dict[int, list[tuple[datetime, Decimal]]]:
        """What awards pay of these assets' units together, from each instant on."""
        units = [a.unit_id for a in assets if a.unit_id]
        return UnitShare.objects.known().filter(unit__in=units).sums()

    def resolve(self, plan: AssetPlan, there: Asset | None) -> None:
        """Names to rows; what is unknown is noted once and refuses the row. What it leaves out is
        as it was of the thing that it means (`there`)."""
        v = plan.values
        school = self.schools.resolve(plan, there.school if there is not None else None)
        if school is None:
            return
        v.school_row = school
        if v.room:
            v.room_row = self._room(plan, school, v.room, there.room if there is not None else None)
        self.holders.resolve(plan, there.holder if there is not None else None)
        if (category := self._category(plan, there)) is not None:
            v.category_row = category
        one, two, three = (self._award(plan, n, text) for n, text in enumerate(v.awards, 1))
        v.award_rows = one, two, three

    def _award(self, plan: AssetPlan, n: int, text: str | None) -> Award | None:
        """The award that a row's column `n` names."""
        if not text:
            return None
        called = self.awards.called(text)
        if len(called) == 1:
            return called[0]
        if (meant := self._meant("award", text, self.awards.by_pk.get)) is not None:
            return meant
        message = _("There is no award with this FAIN, FRN or name: %s.") % text
        if called:
            message = _(
                "Several awards have this FAIN, FRN or name: %(text)s (%(awards)s). "
                "Say once which of them it means."
            ) % {"text": text, "awards": listed(called)}
        self._missing(plan, "award", text, message, f"award_{n}")
        return None

    def _category(self, plan: AssetPlan, there: Asset | None) -> Category | None:
        """The category that a row names, else that of the thing or product that it means, else the
        one that was chosen for rows that name none."""
        v = plan.values
        known: int | None = None
        if not v.category:
            make, model = v.product()
            pair = make.lower(), model.lower()
            known = there.product.category_id if there else self.category_of.get(pair)
            if there is None and pair == ("", "") and self.default_category:
                known = None  # what has neither make nor model tells nothing of what it is
        by_pk = self.category_by_pk.get
        if known is not None:
            return by_pk(known)
        name = v.category or self.default_category
        if not name:
            plan.refuse(
                "category",
                _(
                    "The row names no category, and its make and model are new. "
                    "Choose one for rows that name none."
                ),
            )
            return None
        found = self.categories.get(name.lower()) or self._meant("category", name, by_pk)
        if found is None:
            self._missing(plan, "category", name, _("There is no category %s.") % name)
        return found

    def _room(self, plan: AssetPlan, school: School, code: str, there: Room | None) -> Room | None:
        building = plan.values.building or ""
        room: Room | None = self.rooms.get((school.pk, building.lower(), code.lower()))
        if room is None and not building:  # a room's number alone, where only one room has it
            same = self.rooms_of.get((school.pk, code.lower()), [])
            room = same[0] if len(same) == 1 else None
        label = " ".join(x for x in (school.code, building, code) if x)
        if room is None:
            room = self._meant("room", label, self.room_by_pk.get)
        if room is None and says_nowhere(plan, there):
            return None
        if room is None:
            choice, room = self.alike.room(plan, school, code)
            if not choice:
                return None
        if room is None or room.school_id != school.pk:
            named = RoomNamed(school.pk, building, code)
            self._missing(plan, "room", label, _("There is no room %s.") % label, room=named)
        return room

    def _meant(self, kind: str, name: str, get: Callable[[int], M | None]) -> M | None:
        pk = self.unknown.meant(kind, name)
        return get(pk) if pk is not None else None

    def _missing(
        self,
        plan: AssetPlan,
        kind: str,
        name: str,
        message: str,
        field: str = "",
        room: RoomNamed | None = None,
    ) -> None:
        self.unknown.note(kind, name, room)
        plan.refuse(field or kind, message)
