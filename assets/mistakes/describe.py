"""Facts about an asset outside its state: description, use, title, unit."""

from typing import Any

from django.db import transaction

from assets import state
from assets.codes.taken import unit_sentence
from assets.custody.rules import closed_problems, room_problems
from assets.mistakes.bought import is_bought_by
from assets.mistakes.rules import merged_problems, moves_money, reason_problems
from assets.models import Asset, Status
from assets.register.acquired import acquired_problems, began_by_unit, let_go, was_there_since
from assets.target import require_target
from assets.unit_past import earlier_units
from core.access import Actor, System, require
from core.journal.writing import changed, one_act, record, save_changes
from core.problems import Problem, fresh, refuse_if
from core.time import days
from funding.actions.thing_moves import refuse_other_money
from funding.models import Unit
from funding.rules.units import void_problems
from people.models import Room

CHANGEABLE = (
    "description",
    "use",
    "title_holder",
    "home_room",
    "condition",
    "acquired_on",
    "unit",
)


def change_asset(
    asset: Asset, *, by: Actor, version: int | None = None, reason: str = "", **values: Any
) -> Asset:
    """Change descriptive facts. `version` is the one the editor saw: raises Stale where somebody
    changed the asset since. `condition_on`: the day of a condition that changes (default:
    today). A unit for which awards pay is taken off or exchanged by who may change shares, with a
    `reason`."""
    condition_on = values.pop("condition_on", days.today())
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable here: {sorted(unknown)}")
    why = {"reason": reason.strip()} if reason.strip() else {}
    with transaction.atomic(), one_act():
        # Two editors may have the form open: the second is told, nothing is overwritten.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.change_asset", asset)
        fresh(asset, version)
        refuse_if(merged_problems(asset))
        if "unit" in values:
            values["unit"] = _given(asset, values["unit"], by=by, reason=reason)
        acquired_on = values.get("acquired_on", asset.acquired_on)
        refuse_if(acquired_problems(asset, acquired_on, values.get("unit", asset.unit)))
        if values.get("home_room") is not None and values["home_room"].pk != asset.home_room_id:
            # A later check-in takes it there.
            values["home_room"] = Room.objects.visible_to(by).get(pk=values["home_room"].pk)
            require_target(by, "assets.change_asset", [values["home_room"]], "home_room")
            refuse_if(room_problems(values["home_room"], "home_room"))
        came = (asset.acquired_on, asset.unit_id)
        spanned = {}
        if "condition" in values and values["condition"] != asset.condition:
            spanned["condition"] = values.pop("condition")
        values.pop("condition", None)
        if "home_room" in values:
            room = values.pop("home_room")
            if (room.pk if room else None) != asset.home_room_id:
                spanned["home_room_id"] = room.pk if room else None
        unit = values.pop("unit", None) if "unit" in values else asset.unit
        changes = changed(asset, **values)
        if changes:
            asset.version += 1
            save_changes(asset, [*changes, "version"])
            record("asset.changed", asset, by=by, changes=changes, data=why)
        if spanned:
            also = {"condition_on": condition_on} if "condition" in spanned else None
            state.change(asset, kind="asset.changed", by=by, data=why, also=also, **spanned)
        if (unit.pk if unit else None) != asset.unit_id:
            # It was bought by that money from the beginning, whenever we learn so; before a merge
            # that was the row which brought the old one.
            freed = began_by_unit([asset])
            is_bought_by(asset, unit.pk if unit else None, by=by, data=why)
            let_go(freed, by=by)
            asset.unit = unit
        if (asset.acquired_on, asset.unit_id) != came:
            was_there_since(asset, by=by)
    return asset


def _given(asset: Asset, unit: Unit | None, *, by: Actor, reason: str) -> Unit | None:
    """The unit that a thing is to have, locked with the one that it gives up. Raises NotPermitted
    and Refused where that cannot be."""
    # Somebody may void one of them this moment, or say who pays: the second of us sees what the
    # first did.
    pks = {pk for pk in (asset.unit_id, unit.pk if unit else None) if pk}
    rows = {u.pk: u for u in Unit.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    if unit is not None:
        unit = rows[unit.pk]
        if asset.status == Status.VOID:
            refuse_if(closed_problems(asset))
        if Asset.objects.filter(unit=unit).exclude(pk=asset.pk).exists():
            refuse_if([Problem("unit-taken", unit_sentence(unit, by), "unit")])
        refuse_if(void_problems(unit))
    if moves_money(asset, unit):
        require(by, "funding.change_share", asset)
        if not isinstance(by, System):
            refuse_if(reason_problems(reason))
    if unit is not None and unit.pk != asset.unit_id:
        refuse_other_money(unit, earlier_units([asset])[asset.pk], by)
    return unit
