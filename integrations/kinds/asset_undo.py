"""Asset rows undone: what they brought in never was, what they changed is as it was before."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assets import actions
from assets.models import Asset, Product, Status
from core.access import Actor
from funding import actions as money
from funding.models import Unit
from integrations.kinds.asset_apply import assets_of
from integrations.kinds.asset_compare import PLAIN
from integrations.kinds.asset_money import changed_since, give_back, received_at, take_units_back
from integrations.models import StagedRow
from people.models import Person, Room, School

DAYS = ("acquired_on", "condition_on")


def undo(rows: Sequence[StagedRow], by: Actor) -> list[str]:
    """Undo rows: what they brought in never was, what they changed is as before. A sentence for
    each row that stands because its thing changed since."""
    assets = assets_of((r.object_id for r in rows), by)
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
    facts = _facts(old)
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


def _facts(old: dict[str, Any]) -> dict[str, Any]:
    """What describes it as it was, a condition with the day that it was of."""
    facts = {k: old[k] for k in (*PLAIN, "condition") if k in old}
    if "condition" in facts and "condition_on" in old:
        facts["condition_on"] = old["condition_on"]
    days_of = {k: date.fromisoformat(facts[k]) for k in DAYS if facts.get(k)}
    return facts | days_of


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
