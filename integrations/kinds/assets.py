"""Assets: identity by tag, then (make, model, serial), then (source, row)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assets.models import Asset
from assets.models.keys import code_key
from core.access import Actor
from core.text.zeros import spellings
from integrations import totals
from integrations.kinds import asset_source
from integrations.kinds.asset_apply import create, update
from integrations.kinds.asset_compare import compare, new_problems
from integrations.kinds.asset_days import RowDays
from integrations.kinds.asset_fields import FIELDS
from integrations.kinds.asset_identity import Identity
from integrations.kinds.asset_lookup import AssetLookup
from integrations.kinds.asset_money import has_money
from integrations.kinds.asset_not_taken import NotTaken
from integrations.kinds.asset_own import read_own
from integrations.kinds.asset_products import NewProducts
from integrations.kinds.asset_quantity import weigh
from integrations.kinds.asset_row import AssetChanges, AssetPlan, AssetRow
from integrations.kinds.asset_seen import AssetsSeen
from integrations.kinds.asset_standing import not_in_stock, said_out
from integrations.kinds.asset_undo import undo
from integrations.kinds.asset_units import FreeUnits
from integrations.kinds.base import ImportKind
from integrations.kinds.unknown import Unknown
from integrations.models import ImportSession, StagedRow
from integrations.models.imports import Kind
from people.codes import persons_with
from people.models import School

#: Columns of codes, which may look like anything.
CODES = ("tag", "serial", "po", "invoice", "model", "frn")


class AssetImport(ImportKind[AssetRow, AssetChanges, AssetsSeen]):
    name, label = Kind.ASSETS.value, Kind.ASSETS.label
    fields, row, changes = FIELDS, AssetRow, AssetChanges

    def codes(self) -> frozenset[str]:
        return frozenset(n for f in self.fields if f.name in CODES for n in f.headings())

    def settle(
        self, mapping: dict[str, str], sample: Sequence[dict[str, str]], by: Actor
    ) -> dict[str, str]:
        """Many lists call the school a building: where no column is the school and each value of
        the building's is one, it is."""
        column = next((h for h, f in mapping.items() if f == "building"), None)
        if column is None or "school" in mapping.values():
            return mapping
        named = {v.lower() for raw in sample if (v := raw.get(column, "").strip())}
        schools = School.objects.visible_to(by).values_list("code", "name")
        known = {text.lower() for pair in schools for text in pair}
        return mapping | {column: "school"} if named and named <= known else mapping

    def begin(self, session: ImportSession, by: Actor, unknown: Unknown) -> AssetsSeen:
        return AssetsSeen(asset_source.Said(session, by, unknown), FreeUnits(by))

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: AssetsSeen,
        unknown: Unknown,
    ) -> list[AssetPlan]:
        planned = self.parse(session, rows, unknown)
        how = session.said.quantity
        for plan in planned:
            weigh(plan, how)
            said_out(plan)
            self._identify(plan, seen)
        read_own(planned, by)
        look = AssetLookup(session, planned, by, unknown)
        known: list[tuple[AssetPlan, Asset | None]] = []
        identity = Identity(look, by, asset_source.Made(look, seen.said))
        for plan in planned:
            asset = identity.find(plan)
            identity.repeated(plan, asset, seen.numbers)
            look.resolve(plan, asset or look.by_tag.get(code_key(plan.values.tag or "")))
            if not plan.problems:
                known.append((plan, asset))
        free = seen.free
        free.load(known)
        NewProducts(look, by, seen.products).settle(known)
        passed_over = NotTaken(session, known, look, free)
        paid = any(asset and has_money(plan.values) for plan, asset in known)
        shares = look.shares(a for _plan, a in known if a) if paid else {}
        stated = next((h for h, f in session.mapping.items() if f == "status"), "")
        told = RowDays(session, [a for _plan, a in known if a])
        for plan, asset in known:
            free.fit(plan, asset)
            not_in_stock(plan, asset, str(plan.row.raw.get(stated, "")))
            told.read(plan, asset)
            if asset is None:
                plan.outcome = "create"
                self._alone(session, plan)
                for name, sentence in new_problems(plan.values, by):
                    plan.refuse(name, sentence)
            else:
                plan.object_id = asset.pk
                compare(
                    plan,
                    asset,
                    by,
                    shares=shares.get(asset.unit_id or 0, {}),
                    product=look.product(plan.values, asset),
                )
                plan.outcome = "update" if plan.changes else "same"
            told.overrules_nothing(plan)
            passed_over.tell(plan, asset)
            if not plan.problems and not plan.row.faults:
                free.take(plan)
                if plan.outcome == "create" and plan.row.source_key:
                    seen.said.new += 1
        self._warn(known, by)
        return planned

    def _warn(self, known: Sequence[tuple[AssetPlan, Asset | None]], by: Actor) -> None:
        """Tags that are entered and are also somebody's id."""
        entered = {
            tag: plan
            for plan, asset in known
            if (tag := code_key(plan.values.tag or "")) and (asset is None or asset.tag_key != tag)
        }
        for tag, sentence in persons_with(entered, by).items():
            entered[tag].warnings.append(sentence)

    def _alone(self, session: ImportSession, plan: AssetPlan) -> None:
        """A new thing of which one cell says all may be the name of a section: it is asked."""
        name = totals.alone(plan.row.raw, session.mapping)
        if name:
            message = _("Nothing but “%s” stands in this row. Is it a thing?")
            said = getattr(plan.values, name)
            plan.ask("alone", name, message % str("" if said is None else said)[:100])

    def _identify(self, plan: AssetPlan, seen: AssetsSeen) -> None:
        """The row's identities, and whether the file names one of them twice."""
        v = plan.values
        # Without any of these it says nothing that could be found on a shelf.
        naming = v.tag or v.serial or v.make or v.model or v.description
        if not naming and not plan.problems:
            plan.refuse(
                "", _("The row names no thing: no tag, serial, make, model or description.")
            )
            return
        if not v.tag and not v.serial and not plan.problems:
            asset_source.know(plan, seen.said)
        if v.tag:
            self._once(plan, "tag", code_key(v.tag), seen.tags)
        if v.serial:
            make, model = v.product()
            key = "|".join(map(code_key, (make, model, v.serial)))
            self._once(plan, "serial", key, seen.serials)
        self._zeros(plan, seen.zeros)

    @staticmethod
    def _once(plan: AssetPlan, name: str, key: str, rows: dict[str, int]) -> None:
        """Refuse a row whose thing another row of the file is."""
        if first := rows.get(key):
            plan.refuse(name, _("The same thing stands in row %s.") % first)
        rows[key] = plan.row.number

    def _zeros(self, plan: AssetPlan, zeros: dict[str, tuple[str, int]]) -> None:
        """Whether the file has the same tag with more or fewer zeros."""
        tag = code_key(plan.values.tag or "")
        if not spellings(tag):
            return
        other, number = zeros.setdefault(tag.lstrip("0"), (tag, plan.row.number))
        if other != tag:
            message = _("The tag %(tag)s looks like %(other)s in row %(number)s, with other zeros.")
            words = {"tag": plan.values.tag, "other": other, "number": number}
            if plan.ask("alike", "tag", message % words) == "that":
                plan.not_allowed("alike", "tag", _("The same thing stands in row %s.") % number)

    def told(self, session: ImportSession, seen: AssetsSeen, by: Actor) -> list[str]:
        return asset_source.told(session, seen.said, by)

    def apply(self, session: ImportSession, plans: Sequence[AssetPlan], by: Actor) -> None:
        create([p for p in plans if p.outcome == "create"], session, by)
        update([p for p in plans if p.outcome == "update"], session, by)

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        return self.undo_many(session, [row], by)[0]

    def undo_many(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor) -> list[str]:
        return undo(rows, by)
