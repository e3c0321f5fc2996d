"""What the names in asset rows mean, looked up once a batch."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from assets.models import Asset, AssetCode, Category, Product
from assets.models.keys import code_key
from core.access import Actor
from core.text.zeros import spelled
from funding.models import Award, UnitShare
from integrations.kinds.asset_row import AssetPlan, AssetRow
from integrations.kinds.base import lower_in
from integrations.kinds.holders import Holders
from integrations.kinds.schools import Schools
from integrations.kinds.unknown import RoomNamed, Unknown
from integrations.models import ImportSession
from people.models import Room, School

M = TypeVar("M", bound=models.Model)


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
        self.categories = _by_name(Category.objects.all(), "name")
        self.category_by_pk = {c.pk: c for c in self.categories.values()}
        self.awards: dict[str, Award] = {}
        if any(any(p.values.awards) for p in plans):
            self.awards = _by_name(Award.objects.visible_to(by), "frn", "fain", "name")
        self._rooms(said(p.values.room for p in plans), unknown.mapped.get("room", {}).values())
        self.holders = Holders(plans, by)
        self._assets(plans)

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
        visible = visible.filter(merged_into=None)
        visible = visible.select_related(
            "product__category", "unit__line__purchase", "school", "room", "holder"
        )
        tags = {code_key(t) for t in said(p.values.tag for p in plans)}
        serials = {code_key(s) for s in said(p.values.serial for p in plans)}
        self.by_tag: dict[str, Asset] = {}
        self.taken: set[str] = set()
        if tags:
            codes = list(AssetCode.objects.filter(key__in=tags))
            old = {c.asset_id: c.key for c in codes if c.kind != AssetCode.Kind.ALIAS}
            here = Asset.objects.filter(tag_key__in=tags).values_list("tag_key", flat=True)
            self.taken = set(here)
            # Of a file of new things nothing is here: what is asked of so many tags takes its time.
            self.by_tag = {old[a.pk]: a for a in visible.filter(pk__in=old)} if old else {}
            if self.taken:
                self.by_tag |= {a.tag_key: a for a in visible.filter(tag_key__in=self.taken)}
            self.taken |= {c.key for c in codes}
        others = spelled(tags - self.taken)
        similar = visible.filter(tag_key__in=others) if others else []
        #: Tags that differ by zeros alone from one that is here.
        self.alike_tag = {tag: a for a in similar for tag in others[a.tag_key]}  # type: ignore[attr-defined]  # annotated
        self.by_serial: dict[tuple[str, str, str], Asset] = {}
        self.with_serial: dict[str, list[Asset]] = {}
        if serials:
            # A void one is the thing where no other has this serial; the newest of them.
            rows = list(visible.filter(serial_key__in=serials).order_by("pk"))
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
        keys = said(k for p in plans for k in (p.values.source_key, p.values.bare_key))
        self.by_source: dict[str, list[Asset]] = {}
        for a in visible.filter(source_key__in=keys) if keys else ():
            self.by_source.setdefault(a.source_key, []).append(a)

    def _merged_products(self, rows: Sequence[Asset]) -> None:
        """A merged product's name goes on meaning the winner's things."""
        products = {a.product_id for a in rows}
        for loser in Product.objects.filter(merged_into__in=products):
            for a in rows:
                if a.product_id == loser.merged_into_id:
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
        self.products = {(p.make.lower(), p.model.lower()): p.merged_into_id or p.pk for p in rows}
        self.category_of = {
            (p.make.lower(), p.model.lower()): (p.merged_into or p).category_id for p in rows
        }

    def product(self, values: AssetRow, asset: Asset) -> int | None:
        """The key of the product that a row names; a part that it leaves out is as it was."""
        make, model = values.product(asset.product.make, asset.product.model)
        key = make.lower(), model.lower()
        if key == (asset.product.make.lower(), asset.product.model.lower()):
            return asset.product_id
        return self.products.get(key)

    def shares(self, assets: Iterable[Asset]) -> dict[int, dict[int, Decimal]]:
        """Which award pays how much of these assets' units today."""
        found: dict[int, dict[int, Decimal]] = {}
        units = [a.unit_id for a in assets if a.unit_id]
        for share in UnitShare.objects.standing().filter(unit__in=units):
            found.setdefault(share.unit_id, {})[share.award_id] = share.amount
        return found

    def resolve(self, plan: AssetPlan, there: Asset | None) -> None:
        """Names to rows; what is unknown is noted once and refuses the row. What it leaves out is
        as it was of the thing that it means (`there`)."""
        v = plan.values
        school = self.schools.resolve(plan, there.school if there is not None else None)
        if school is None:
            return
        v.school_row = school
        if v.room:
            v.room_row = self._room(plan, school, v.room)
        self.holders.resolve(plan, there.holder if there is not None else None)
        if (category := self._category(plan, there)) is not None:
            v.category_row = category
        one, two, three = (self._award(plan, n, text) for n, text in enumerate(v.awards, 1))
        v.award_rows = one, two, three

    def _award(self, plan: AssetPlan, n: int, text: str | None) -> Award | None:
        """The award that a row's column `n` names."""
        if not text:
            return None
        by_pk = {a.pk: a for a in self.awards.values()}
        found = self.awards.get(text.lower()) or self._meant("award", text, by_pk.get)
        if found is None:
            sentence = _("There is no award with this FAIN, FRN or name: %s.")
            self._missing(plan, "award", text, sentence, f"award_{n}")
        return found

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
            self._missing(plan, "category", name, _("There is no category %s."))
        return found

    def _room(self, plan: AssetPlan, school: School, code: str) -> Room | None:
        building = plan.values.building or ""
        room: Room | None = self.rooms.get((school.pk, building.lower(), code.lower()))
        if room is None and not building:  # a room's number alone, where only one room has it
            same = self.rooms_of.get((school.pk, code.lower()), [])
            room = same[0] if len(same) == 1 else None
        label = " ".join(x for x in (school.code, building, code) if x)
        if room is None:
            room = self._meant("room", label, self.room_by_pk.get)
        if room is None or room.school_id != school.pk:
            named = RoomNamed(school.pk, building, code)
            self._missing(plan, "room", label, _("There is no room %s."), room=named)
        return room

    def _meant(self, kind: str, name: str, get: Callable[[int], M | None]) -> M | None:
        pk = self.unknown.meant(kind, name)
        return get(pk) if pk is not None else None

    def _missing(
        self,
        plan: AssetPlan,
        kind: str,
        name: str,
        sentence: str,
        field: str = "",
        room: RoomNamed | None = None,
    ) -> None:
        self.unknown.note(kind, name, room)
        plan.refuse(field or kind, sentence % name)


def _by_name(rows: Iterable[M], *fields: str) -> dict[str, M]:
    """Rows by their names in lower case; a later field goes before an earlier."""
    found: dict[str, M] = {}
    rows = list(rows)
    for name in fields:
        found |= {getattr(r, name).lower(): r for r in rows if getattr(r, name)}
    return found
