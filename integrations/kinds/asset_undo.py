"""Asset rows undone: what they brought in never was, what they changed is as it was before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assets import actions
from assets.mistakes.standing import Standing
from assets.models import Asset, Place, Product, Status
from assets.state import in_room, nowhere, with_person
from core.access import Actor
from core.problems import Problem, Refused
from funding import actions as money
from funding.models import Unit
from integrations.kinds.asset_apply import assets_of
from integrations.kinds.asset_money import changed_since, give_back, received_at, take_units_back
from integrations.kinds.asset_row import AssetRow
from integrations.kinds.planned import facts_in
from integrations.models import StagedRow
from people.models import Person, Room, School


def undo(rows: Sequence[StagedRow], by: Actor) -> list[str]:
    """Undo rows: what they brought in never was, what they changed is as before. A sentence for
    each row that stands because its thing changed since."""
    assets = assets_of((r.object_id for r in rows), by)
    whys: dict[int, str] = {}
    gone: list[Asset] = []
    stand: list[tuple[Asset, StagedRow]] = []
    units: list[Unit] = []
    taken = [
        (a.unit, r)
        for r in rows
        if "taken" in r.before and (a := assets.get(r.object_id or 0)) and a.unit
    ]
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
            stand.append((asset, row))
    reason = _("Import undone")
    _put_back(stand, by, reason)
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
            asset,
            by=by,
            reason=reason,
            tag=old.get("tag"),
            serial=old.get("serial"),
            product=product,
            another=True,
        )
    if "school" in old:
        school = School.objects.get(pk=old["school"])
        actions.correct_asset(asset, by=by, reason=reason, school=school)
    if "merge" in old:
        _two_again(old["merge"], by, reason)


def _put_back(rows: Sequence[tuple[Asset, StagedRow]], by: Actor, reason: str) -> None:
    """Place, person, holder, due day, status and school are as the import found them."""
    now = assets_of((a.pk for a, _row in rows), by)
    pairs = [(now[a.pk], _stood(now[a.pk], row.before)) for a, row in rows]
    try:
        actions.put_back_assets(pairs, by=by, reason=reason)
    except (Person.DoesNotExist, Room.DoesNotExist) as error:
        message = _("Who had it, or the room that it was in, is not in your schools any more.")
        raise Refused(Problem("gone", message)) from error


def _stood(asset: Asset, old: dict[str, Any]) -> Standing:
    """How the import found it; what was applied before that was kept says it by its columns."""
    if "stood" in old:
        return Standing.read(old["stood"])
    was = Standing.of(asset)
    if "holder" in old:
        holder = old["holder"]
        place = with_person(holder) if holder else nowhere(Place.UNPLACED)
        was = replace(was, holder_id=holder, **place)
        was = replace(was, status=Status.IN_USE if holder else Status.IN_STOCK)
    if old.get("room"):
        school = Room.objects.get(pk=old["room"]).school_id
        was = replace(was, school_id=school, **in_room(old["room"]))
    return replace(was, status=old.get("status", was.status))


def _facts(old: dict[str, Any]) -> dict[str, Any]:
    """What describes it as it was, a condition with the day that it was of."""
    facts = facts_in(AssetRow, old)
    if "condition" in old:
        facts["condition"] = old["condition"]
        if "condition_on" in old:
            day = old["condition_on"]
            facts["condition_on"] = date.fromisoformat(day) if day else day
    return facts


def _two_again(was: dict[str, Any], by: Actor, reason: str) -> None:
    """The thing that was merged away stands again as it stood."""
    loser = Asset.objects.visible_to(by).get(pk=was["asset"])
    actions.unmerge_assets(loser, by=by, reason=reason)


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
