"""Asset rows done and undone, in the plural: one act for many rows wherever they allow it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from assets import actions
from assets.models import Asset, Product, Status
from assets.models.status import ASTRAY
from core import days
from core.access import Actor
from funding import actions as money
from funding.models import Unit
from integrations.kinds.asset_compare import PLAIN, status_of
from integrations.kinds.asset_days import loaned_on, moved_at, status_at
from integrations.kinds.asset_money import (
    changed_since,
    give_back,
    give_units,
    received_at,
    share_new,
    take_units_back,
)
from integrations.kinds.base import Planned
from integrations.models import ImportSession, StagedRow
from people.models import Person, Room, School

T = TypeVar("T")


def _products(plans: Sequence[Planned], by: Actor) -> list[Product]:
    keys = [(p.values.get("make", ""), p.values.get("model", "")) for p in plans]
    found = actions.ensure_products(
        [(*key, p.values["category_row"]) for key, p in zip(keys, plans, strict=True)], by=by
    )
    return [found[make.strip().lower(), model.strip().lower()] for make, model in keys]


def create(plans: Sequence[Planned], session: ImportSession, by: Actor) -> None:
    """Bring new things in as they are: legacy, whatever their status."""
    if not plans:
        return
    products = _products(plans, by)
    untagged = [p for p in plans if not p.values.get("tag")]
    for plan, tag in zip(untagged, actions.take_tags(len(untagged), by=by), strict=True):
        plan.values["tag"] = tag
    units = give_units(session, plans, by)
    drafts = []
    for plan, product, unit in zip(plans, products, units, strict=True):
        v = plan.values
        drafts.append(
            actions.AssetDraft(
                tag=v["tag"], serial=v.get("serial", ""), product=product,
                school=v["school_row"], room=v.get("room_row"), holder=v.get("holder_row"),
                description=v.get("description", ""), status=v.get("status", Status.IN_STOCK),
                condition=v.get("condition", ""), condition_on=v.get("last_verified_on"),
                acquired_on=v.get("acquired_on"), last_verified_on=v.get("last_verified_on"),
                received_on=v.get("received_on"), listed_on=v.get("listed_on"),
                loaned_on=loaned_on(v),
                status_on=v.get("status_on"), disposed_on=v.get("disposed_on"),
                title_holder=v.get("title_holder", ""), use=v.get("use", ""), unit=unit,
                legacy=True, source_key=v.get("source_key", ""), another=True,
            )
        )  # fmt: skip
    for plan, asset in zip(plans, actions.register_assets(drafts, by=by), strict=True):
        plan.row.object_id, plan.row.applied_version = asset.pk, asset.version


def update(plans: Sequence[Planned], session: ImportSession, by: Actor) -> None:
    """Change what is there: each fact through its own action, many rows at once where they agree."""
    if not plans:
        return
    reason = _("Import of %s") % session.name
    assets = _assets((p.object_id for p in plans), by)
    for plan in plans:
        if loser := plan.before.get("merge"):
            one = Asset.objects.visible_to(by).get(pk=loser["asset"])
            actions.merge_assets(one, into=assets[plan.object_id or 0], by=by, reason=reason)
    void = [a for a in assets.values() if a.status == Status.VOID]
    if void:
        actions.reinstate_assets(void, by=by, reason=reason)
        assets = _assets((p.object_id for p in plans), by)
    for plan, product in zip(plans, _products_of(plans, by), strict=True):
        _describe(plan, assets[plan.object_id or 0], product, by, reason)
    _money(plans, assets, session, by, reason)
    seen = [p for p in plans if "last_verified_on" in p.changes]
    for day, rows in _alike(seen, lambda p: p.values["last_verified_on"]):
        at = days.start_of_day(day)
        actions.verify_assets(_of(rows, assets), by=by, at=at, method="source")
    _hand_over([p for p in plans if "holder" in p.changes], by)
    for plan in plans:  # what was missing is back before it goes to a room
        if "status" in plan.changes and (asset := assets[plan.object_id or 0]).status in ASTRAY:
            actions.change_status(
                asset, to=status_of(plan.values), by=by, reason=reason, at=status_at(plan)
            )
    # A thing goes to its room last: handing it out took it along.
    moved = [p for p in plans if _goes(p, assets[p.object_id or 0])]
    for (_room, at), rows in _alike(moved, lambda p: (p.values["room_row"].pk, moved_at(p))):
        actions.move_assets(_of(rows, assets), to=rows[0].values["room_row"], by=by, at=at)
    fresh = _assets((p.object_id for p in plans), by)
    for plan in plans:
        asset, wanted = fresh[plan.object_id or 0], status_of(plan.values)
        if "status" in plan.changes and wanted and asset.status != wanted:
            asset = actions.change_status(
                asset, to=wanted, by=by, reason=reason, at=status_at(plan)
            )
        plan.row.object_id, plan.row.applied_version = asset.pk, asset.version


def _assets(pks: Iterable[int | None], by: Actor) -> dict[int, Asset]:
    rows = Asset.objects.visible_to(by).filter(pk__in=[pk for pk in pks if pk])
    return {a.pk: a for a in rows.select_related("unit", "product")}


def _goes(plan: Planned, asset: Asset) -> bool:
    room = plan.values.get("room_row")
    return room is not None and (
        "holder" in plan.changes or ("room" in plan.changes and room.pk != asset.room_id)
    )


def _of(plans: Sequence[Planned], assets: dict[int, Asset]) -> list[Asset]:
    return [assets[p.object_id or 0] for p in plans]


def _alike(rows: Iterable[T], key: Callable[[T], Hashable]) -> Iterable[tuple[Any, list[T]]]:
    groups: dict[Hashable, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups.items()


def _products_of(plans: Sequence[Planned], by: Actor) -> list[Product | None]:
    other = [p for p in plans if "product" in p.changes]
    found = dict(zip(map(id, other), _products(other, by) if other else [], strict=True))
    return [found.get(id(p)) for p in plans]


def _describe(plan: Planned, asset: Asset, product: Product | None, by: Actor, reason: str) -> None:
    v, changes = plan.values, plan.changes
    if facts := {k: v[k] for k in (*PLAIN, "condition") if k in changes}:
        actions.change_asset(asset, by=by, **facts)
    right = {k: v[k] for k in ("tag", "serial") if k in changes}
    if right or product is not None:
        actions.correct_asset(
            asset, by=by, reason=reason, product=product, another="tag" in right, **right
        )
    if "school" in changes:
        actions.correct_asset(asset, by=by, reason=reason, school=v["school_row"])


def _money(
    plans: Sequence[Planned], assets: dict[int, Asset], session: ImportSession, by: Actor, reason: str
) -> None:  # fmt: skip
    bare = [p for p in plans if "unit" in p.before]
    for plan, unit in zip(bare, give_units(session, bare, by), strict=True):
        asset = assets[plan.object_id or 0]
        if asset.unit_id is None:
            actions.change_asset(asset, by=by, unit=unit)
        elif unit is not None and asset.unit_id != unit.pk:
            # Its old unit came back with it when it was reinstated.
            if "taken" in plan.before:
                give_back([(unit, plan.before)], by)
            else:
                take_units_back([unit], by)
            for name in {"unit", "taken"} & set(plan.before):
                del plan.before[name]
    paid, costs = [], []
    for plan in plans:
        unit = assets[plan.object_id or 0].unit
        if unit is None or "unit" in plan.before:
            continue
        if "cost" in plan.changes and plan.values.get("cost") is not None:
            costs.append((unit, plan.values["cost"]))
        if "award_1" in plan.changes:
            paid.append((unit, plan.values))
    money.set_unit_costs(costs, by=by, reason=reason)
    share_new(paid, by)


def _hand_over(plans: Sequence[Planned], by: Actor) -> None:
    assets = _assets((p.object_id for p in plans), by)
    held = [a for a in assets.values() if a.holder_id]
    if held:
        # Its row says where it goes next, or else it goes to its home room.
        how = {
            p.object_id: (
                p.values.get("loaned_at"),
                bool(p.values.get("holder_row") or p.values.get("room_row")),
            )
            for p in plans
        }
        for (when, onward), rows in _alike(held, lambda a: how[a.pk]):
            actions.return_assets(rows, by=by, at=when, onward=onward)
    given = [p for p in plans if p.values.get("holder_row")]
    for when, some in _alike(given, lambda p: p.values.get("loaned_at")):
        pairs = [(assets[p.object_id or 0], p.values["holder_row"]) for p in some]
        actions.assign_assets(pairs, by=by, at=when)


def undo(rows: Sequence[StagedRow], by: Actor) -> list[str]:
    """Undo rows: what they brought in never was, what they changed is as before. A sentence for
    each row that stands because its thing changed since."""
    assets = _assets((r.object_id for r in rows), by)
    whys: dict[int, str] = {}
    gone: list[Asset] = []
    units: list[Unit] = []
    taken = [(a.unit, r) for r in rows if "taken" in r.before
             and (a := assets.get(r.object_id or 0)) and a.unit]  # fmt: skip
    other = changed_since(taken) if taken else set()
    back: list[tuple[Unit, dict[str, Any]]] = []
    for row in rows:
        asset = assets.get(row.object_id or 0)
        if asset is None:
            whys[row.pk] = _("It is not in your schools any more.")
        elif asset.version != row.applied_version:
            whys[row.pk] = _("%s changed since.") % asset.tag
        elif asset.unit_id in other:
            whys[row.pk] = _("What pays for %s changed since.") % asset.tag
        elif row.outcome == "create" or row.before.get("status") == Status.VOID:
            gone.append(asset)
            if asset.unit and "taken" in row.before:
                back.append((asset.unit, row.before))
            elif asset.unit and (row.outcome == "create" or "unit" in row.before):
                units.append(asset.unit)
        else:
            _undo_changes(asset, row, by)
    reason = _("Import undone")
    if held := [a for a in gone if a.holder_id]:
        actions.return_assets(held, by=by, onward=True)
    if gone:
        actions.void_assets(gone, by=by, reason=reason)
        take_units_back(units, by)
        give_back(back, by)
    return [whys.get(r.pk, "") for r in rows]


def _undo_changes(asset: Asset, row: StagedRow, by: Actor) -> None:
    old = row.before
    reason = _("Import undone")
    facts: dict[str, Any] = {k: old[k] for k in (*PLAIN, "condition") if k in old}
    if facts.get("acquired_on"):
        facts["acquired_on"] = date.fromisoformat(facts["acquired_on"])
    unit = asset.unit
    if "unit" in old:
        facts["unit"] = None
    if facts:
        asset = actions.change_asset(asset, by=by, **facts)
    if unit is not None:
        _undo_money(unit, old, by, reason)
    if "serial" in old or "product" in old or "tag" in old:
        product = Product.objects.get(pk=old["product"]) if "product" in old else None
        actions.correct_asset(
            asset, by=by, reason=reason, tag=old.get("tag"), serial=old.get("serial"),
            product=product, another=True,
        )  # fmt: skip
    if "school" in old:
        school = School.objects.get(pk=old["school"])
        actions.correct_asset(asset, by=by, reason=reason, school=school)
    if "holder" in old:
        if asset.holder_id:
            onward = bool(old["holder"] or old.get("room"))
            asset = actions.return_asset(asset, by=by, onward=onward)
        if old["holder"]:
            actions.assign_asset(asset, to=Person.objects.get(pk=old["holder"]), by=by)
    if old.get("room"):
        asset = actions.move_asset(asset, to=Room.objects.get(pk=old["room"]), by=by)
    asset = Asset.objects.get(pk=asset.pk)
    if "status" in old and asset.status != old["status"]:
        actions.change_status(asset, to=old["status"], by=by, reason=reason)
    if "merge" in old:
        _two_again(old["merge"], by, reason)


def _two_again(was: dict[str, Any], by: Actor, reason: str) -> None:
    """The thing that was merged away stands again where it was."""
    loser = Asset.objects.visible_to(by).get(pk=was["asset"])
    loser = actions.unmerge_assets(loser, by=by, reason=reason)
    if was["room"]:
        loser = actions.move_asset(loser, to=Room.objects.get(pk=was["room"]), by=by)
    if loser.status != was["status"]:
        actions.change_status(loser, to=was["status"], by=by, reason=reason)


def _undo_money(unit: Unit, old: dict[str, Any], by: Actor, reason: str) -> None:
    if "taken" in old:
        give_back([(unit, old)], by)
    elif "unit" in old:
        take_units_back([unit], by)
    else:
        if "award_1" in old:
            money.share_units([(unit, [])], by=by, at=received_at(unit), undoing=True)
        if "cost" in old:
            cost = None if old["cost"] is None else Decimal(old["cost"])
            money.set_unit_cost(unit, cost, by=by, reason=reason)
