"""Assets: identity by tag, then (make, model, serial), then (source, row)."""

from collections.abc import Sequence
from typing import Any

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
from integrations.kinds.asset_standing import not_in_stock, said_out
from integrations.kinds.asset_undo import undo
from integrations.kinds.asset_units import FreeUnits
from integrations.kinds.base import ImportKind, Planned
from integrations.kinds.unknown import Unknown
from integrations.models import ImportSession, StagedRow
from people.codes import persons_with
from people.models import School

#: A row without any of these says nothing that could be found on a shelf.
NAMING = ("tag", "serial", "make", "model", "description")
#: Columns of codes, which may look like anything.
CODES = ("tag", "serial", "po", "invoice", "model", "frn")


class AssetImport(ImportKind):
    fields = FIELDS

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

    def plan(
        self,
        session: ImportSession,
        rows: Sequence[StagedRow],
        by: Actor,
        seen: dict[str, Any],
        unknown: Unknown,
    ) -> list[Planned]:
        planned = self.parse(session, rows, unknown)
        said = seen.setdefault(asset_source.SAID, asset_source.Said(session, by, unknown))
        for plan in planned:
            weigh(plan, session.options)
            said_out(plan)
            self._identify(session, plan, seen)
        read_own(planned, by)
        look = AssetLookup(session, planned, by, unknown)
        known: list[tuple[Planned, Asset | None]] = []
        identity = Identity(look, by, asset_source.Made(look, said))
        for plan in planned:
            asset = identity.find(plan)
            identity.repeated(plan, asset, seen)
            look.resolve(plan, asset or look.by_tag.get(code_key(plan.values.get("tag", ""))))
            if not plan.problems:
                known.append((plan, asset))
        free = seen.setdefault("untagged units", FreeUnits(by))
        free.load(known)
        NewProducts(look, by, seen).settle(known)
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
                    seen[asset_source.NEW] = seen.get(asset_source.NEW, 0) + 1
        self._warn(known, by)
        return planned

    def _warn(self, known: Sequence[tuple[Planned, Asset | None]], by: Actor) -> None:
        """Tags that are entered and are also somebody's id."""
        entered = {
            tag: plan
            for plan, asset in known
            if (tag := code_key(plan.values.get("tag", "")))
            and (asset is None or asset.tag_key != tag)
        }
        for tag, sentence in persons_with(entered, by).items():
            entered[tag].warnings.append(sentence)

    def _alone(self, session: ImportSession, plan: Planned) -> None:
        """A new thing of which one cell says all may be the name of a section: it is asked."""
        name = totals.alone(plan.row.raw, session.mapping)
        if name:
            message = _("Nothing but “%s” stands in this row. Is it a thing?")
            plan.ask("alone", name, message % str(plan.values.get(name, ""))[:100])

    def _identify(self, session: ImportSession, plan: Planned, seen: dict[str, Any]) -> None:
        """The row's identities, and whether the file names one of them twice."""
        v, row = plan.values, plan.row
        if not any(v.get(k) for k in NAMING) and not plan.problems:
            plan.refuse(
                "", _("The row names no thing: no tag, serial, make, model or description.")
            )
            return
        keys = []
        if v.get("tag"):
            keys.append(("tag", code_key(v["tag"])))
        if v.get("serial"):
            keys.append(
                ("serial", "|".join(code_key(v.get(k, "")) for k in ("make", "model", "serial")))
            )
        if not keys and not plan.problems:
            asset_source.know(session, plan, seen)
        for name, key in keys:
            if first := seen.get(f"{name}:{key}"):
                plan.refuse(name, _("The same thing stands in row %s.") % first)
            seen[f"{name}:{key}"] = row.number
        self._zeros(plan, seen)

    def _zeros(self, plan: Planned, seen: dict[str, Any]) -> None:
        """Whether the file has the same tag with more or fewer zeros."""
        tag = code_key(plan.values.get("tag", ""))
        if not spellings(tag):
            return
        other, number = seen.setdefault(f"zeros:{tag.lstrip('0')}", (tag, plan.row.number))
        if other != tag:
            message = _("The tag %(tag)s looks like %(other)s in row %(number)s, with other zeros.")
            words = {"tag": plan.values["tag"], "other": other, "number": number}
            if plan.ask("alike", "tag", message % words) == "that":
                plan.not_allowed("alike", "tag", _("The same thing stands in row %s.") % number)

    def told(self, session: ImportSession, seen: dict[str, Any], by: Actor) -> list[str]:
        return asset_source.told(session, seen, by)

    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        create([p for p in plans if p.outcome == "create"], session, by)
        update([p for p in plans if p.outcome == "update"], session, by)

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        return self.undo_many(session, [row], by)[0]

    def undo_many(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor) -> list[str]:
        return undo(rows, by)
