"""Assets: identity by tag, then (make, model, serial), then (source, row)."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from assets import actions
from assets.models import Asset, Category, Condition, Status
from assets.models.asset import code_key
from core.access import Actor
from core.problems import ProblemError
from integrations import cells
from integrations.kinds.asset_lookup import AssetLookup
from integrations.kinds.asset_money import give_units, money_problems, take_units_back
from integrations.kinds.base import Field, ImportKind, Planned, Unknown
from integrations.models import ImportSession, StagedRow
from people.models import Person, Room, School

PLAIN = ("description", "use", "title_holder", "acquired_on", "condition")


def _choice(choices: Any, value: str) -> str:
    word = value.strip().lower().replace("-", " ")
    for choice in choices:
        if word in (choice.value.replace("_", " "), str(choice.label).lower()):
            return str(choice.value)
    known = ", ".join(str(c.label) for c in choices)
    raise ValueError(_("Not one of: %s.") % known)


class AssetImport(ImportKind):
    fields = (
        Field("tag", ("asset tag", "number", "asset number", "barcode", "asset id", "tag number"), partial(cells.code, longest=64)),
        Field("serial", ("serial number", "serial no", "s n"), partial(cells.code, longest=128)),
        Field("make", ("manufacturer", "brand"), partial(cells.text, longest=150)),
        Field("model", ("model name", "product"), partial(cells.text, longest=150)),
        Field("category", ("type", "asset type"), partial(cells.text, longest=100)),
        Field("description", ("notes", "note", "asset name"), partial(cells.text, longest=300)),
        Field("school", ("site", "location", "school code", "campus"), partial(cells.text, longest=200)),
        Field("building", (), partial(cells.text, longest=64)),
        Field("room", ("room number",), partial(cells.text, longest=64)),
        Field("holder", ("holder id", "assigned to", "student number", "person id", "checked out to"), partial(cells.code, longest=64)),
        Field("status", ("asset status",), partial(_choice, Status)),
        Field("condition", ("asset condition",), partial(_choice, Condition)),
        Field("last_verified_on", ("last verified", "last inventoried", "last seen", "audit date"), cells.day),
        Field("acquired_on", ("acquired", "acquisition date", "purchase date", "purchased"), cells.day),
        Field("cost", ("unit cost", "purchase cost", "price"), cells.money),
        Field("po", ("po number", "purchase order", "order number"), partial(cells.code, longest=64)),
        Field("invoice", ("invoice number",), partial(cells.code, longest=64)),
        Field("vendor", ("supplier",), partial(cells.text, longest=200)),
        Field("title_holder", ("title",), partial(cells.text, longest=64)),
        Field("use", ("use program",), partial(cells.text, longest=200)),
        *(f for n in "123" for f in (
            Field(f"award_{n}", (f"award {n}", f"fund {n}", f"fain {n}", *(("award", "fund", "fain", "frn", "funding source") if n == "1" else ())), partial(cells.text, longest=200)),
            Field(f"amount_{n}", (f"award {n} amount",), cells.money),
            Field(f"percent_{n}", (f"award {n} percent", f"award {n} pct"), cells.percent),
        )),
    )  # fmt: skip

    def plan(self, session: ImportSession, rows: Sequence[StagedRow], by: Actor, seen: dict[str, Any],
             unknown: Unknown) -> list[Planned]:  # fmt: skip
        planned = self.parse(session, rows)
        look = AssetLookup(session, planned, by, unknown)
        for plan in planned:
            look.resolve(plan)
            if plan.problems:
                continue
            self._identify(session, plan, look, seen)
            if plan.problems:
                continue
            asset = look.find(plan)
            if asset is None:
                plan.outcome = "create"
                for name, sentence in money_problems(plan.values, by):
                    plan.refuse(name, sentence)
            else:
                plan.object_id = asset.pk
                self._compare(plan, asset)
                plan.outcome = "update" if plan.changes else "same"
        return planned

    def _identify(self, session: ImportSession, plan: Planned, look: AssetLookup, seen: dict[str, Any]) -> None:  # fmt: skip
        """The row's identities, and whether the file names one of them twice."""
        v, number = plan.values, plan.row.number
        keys = []
        if v.get("tag"):
            keys.append("t:" + code_key(v["tag"]))
        if v.get("serial"):
            keys.append(
                "s:" + "|".join(code_key(v.get(k, "")) for k in ("make", "model", "serial"))
            )
        if not keys:
            raw = json.dumps(plan.row.raw, sort_keys=True)
            print_ = hashlib.sha256(f"{session.source}\n{raw}".encode()).hexdigest()[:40]
            nth = seen[print_] = seen.get(print_, 0) + 1
            v["source_key"] = f"{print_}#{nth}"
            keys.append("f:" + v["source_key"])
        for key in keys:
            if key in seen:
                plan.refuse("tag" if key[0] == "t" else "serial",
                            _("The same thing stands in row %s.") % seen[key])  # fmt: skip
            seen[key] = number

    def _compare(self, plan: Planned, asset: Asset) -> None:
        v = plan.values
        for name in (*PLAIN, "status"):
            if name in v and v[name] != getattr(asset, name):
                plan.changes[name] = [str(getattr(asset, name) or ""), str(v[name])]
        if v.get("serial") and code_key(v["serial"]) != asset.serial_key:
            plan.changes["serial"] = [asset.serial, v["serial"]]
        if v.get("room_id") and v["room_id"] != asset.room_id:
            plan.changes["room"] = [str(asset.room_id or ""), str(v["room_id"])]
        if v.get("holder_id") and v["holder_id"] != asset.holder_id:
            plan.changes["holder"] = [str(asset.holder_id or ""), str(v["holder_id"])]

    def apply(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        new = [p for p in plans if p.outcome == "create"]
        if new:
            self._create(session, new, by)
        for plan in plans:
            if plan.outcome == "update":
                self._update(plan, by)

    def _create(self, session: ImportSession, plans: Sequence[Planned], by: Actor) -> None:
        schools = School.objects.in_bulk({p.values["school_id"] for p in plans})
        rooms = Room.objects.in_bulk(
            {p.values["room_id"] for p in plans if p.values.get("room_id")}
        )
        holders = Person.objects.in_bulk(
            {p.values["holder_id"] for p in plans if p.values.get("holder_id")}
        )
        categories = Category.objects.in_bulk({p.values["category_id"] for p in plans})
        products = actions.ensure_products(
            [(p.values.get("make", ""), p.values.get("model", ""), categories[p.values["category_id"]])
             for p in plans], by=by,
        )  # fmt: skip
        untagged = [p for p in plans if not p.values.get("tag")]
        for plan, tag in zip(untagged, actions.take_tags(len(untagged), by=by), strict=True):
            plan.values["tag"] = tag
        units = give_units(session, plans, by)
        drafts = []
        for plan, unit in zip(plans, units, strict=True):
            v = plan.values
            key = (v.get("make", "").strip().lower(), v.get("model", "").strip().lower())
            drafts.append(
                actions.AssetDraft(
                    tag=v["tag"], serial=v.get("serial", ""), product=products[key],
                    school=schools[v["school_id"]], room=rooms.get(v.get("room_id")),
                    holder=holders.get(v.get("holder_id")), description=v.get("description", ""),
                    status=v.get("status", Status.IN_STOCK), condition=v.get("condition", ""),
                    condition_on=v.get("last_verified_on"), acquired_on=v.get("acquired_on"),
                    last_verified_on=v.get("last_verified_on"), title_holder=v.get("title_holder", ""),
                    use=v.get("use", ""), unit=unit, legacy=True, source_key=v.get("source_key", ""),
                )
            )  # fmt: skip
        for plan, asset in zip(plans, actions.register_assets(drafts, by=by), strict=True):
            plan.row.object_id, plan.row.applied_version = asset.pk, asset.version

    def _update(self, plan: Planned, by: Actor) -> None:
        asset = Asset.objects.visible_to(by).get(pk=plan.object_id or 0)
        v, changes = plan.values, plan.changes
        if facts := {k: v[k] for k in PLAIN if k in changes}:
            asset = actions.change_asset(asset, by=by, **facts)
        if "serial" in changes:
            asset = actions.correct_asset(asset, by=by, reason="import", serial=v["serial"])
        if "status" in changes:
            asset = actions.change_status(asset, to=v["status"], by=by, reason="import")
        if "room" in changes:
            asset = actions.move_asset(asset, to=Room.objects.get(pk=v["room_id"]), by=by)
        if "holder" in changes:
            if asset.holder_id:
                actions.return_asset(asset, by=by)
            actions.assign_asset(asset, to=Person.objects.get(pk=v["holder_id"]), by=by)
        asset.refresh_from_db()
        plan.row.object_id, plan.row.applied_version = asset.pk, asset.version

    def undo(self, session: ImportSession, row: StagedRow, by: Actor) -> str:
        asset = Asset.objects.get(pk=row.object_id or 0)
        if asset.version != row.applied_version:
            return _("%s changed since.") % asset.tag
        if row.outcome == "create":
            if asset.holder_id:
                asset = actions.return_asset(asset, by=by)
            unit = asset.unit
            actions.void_asset(asset, by=by, reason="import undone")
            take_units_back(unit, by)
            return ""
        try:
            self._undo_changes(asset, row, by)
        except ProblemError as error:
            return str(error)
        return ""

    def _undo_changes(self, asset: Asset, row: StagedRow, by: Actor) -> None:
        old = {k: a for k, (a, _b) in row.changes.items()}
        facts: dict[str, Any] = {k: old[k] for k in PLAIN if k in old}
        if "acquired_on" in facts:
            facts["acquired_on"] = date.fromisoformat(facts["acquired_on"]) if facts["acquired_on"] else None  # fmt: skip
        if facts:
            asset = actions.change_asset(asset, by=by, **facts)
        if "serial" in old:
            asset = actions.correct_asset(
                asset, by=by, reason="import undone", serial=old["serial"]
            )
        if "holder" in old:
            asset = actions.return_asset(asset, by=by)
            if old["holder"]:
                actions.assign_asset(asset, to=Person.objects.get(pk=old["holder"]), by=by)
        if old.get("room"):
            asset = actions.move_asset(asset, to=Room.objects.get(pk=old["room"]), by=by)
        if "status" in old:
            actions.change_status(asset, to=old["status"], by=by, reason="import undone")
