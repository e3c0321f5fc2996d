"""Two rows for one thing become one."""

from typing import Any

from django.db import transaction

from assets import state
from assets.mistakes import taken
from assets.mistakes.merged_codes import give_codes
from assets.mistakes.rules import merge_problems, reason_problems
from assets.mistakes.settled import settled_problems
from assets.models import Asset, Place, Status
from assets.register.acquired import was_there_since
from assets.unit_past import earlier_units
from core.access import Actor, require
from core.journal.writing import changed, one_act, record, save_changes
from core.problems import refuse_if
from core.time import days
from funding.actions.thing_moves import refuse_other_money


def merge_assets(loser: Asset, *, into: Asset, by: Actor, reason: str) -> Asset:
    """Two rows for one thing. The loser's codes go on resolving to the winner, both histories
    read as one, and what the winner does not say is as the loser said; as of any time before,
    there are two."""
    with transaction.atomic(), one_act():
        # Somebody may merge them the other way round: the second of us is refused.
        loser, into = both(loser.pk, into.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", into)
        refuse_if(reason_problems(reason))
        refuse_if(merge_problems(loser, into))
        refuse_if(settled_problems(loser, into))
        if stands := loser.unit or into.unit:
            stood = earlier_units([loser, into])
            refuse_other_money(stands, stood[loser.pk] | stood[into.pk], by, "into")
        given, codes, old_tags = give_codes(loser, into)
        unit = loser.unit_id
        moved = unit is not None and into.unit_id is None
        same = loser.product_id == into.product_id
        serial_moved = bool(loser.serial and not into.serial and same)
        names = taken.gaps(loser, into)
        now = days.now()
        data = {
            "into": into.pk,
            "reason": reason,
            "unit": unit,
            "unit_moved": moved,
            "codes": codes,
            "old_tags": old_tags,
            "status": loser.status,
            "serial_moved": serial_moved,
            "taken": names,
        }
        said = {"asset": loser.pk, "tag": loser.tag}
        dated: dict[str, tuple[Any, Any]] = {}
        if "acquired_on" in names:
            dated = changed(into, acquired_on=loser.acquired_on)
            save_changes(into, dated)
            record("asset.absorbed", into, by=by, data=said, changes=dated)
            was_there_since(into, by=by)
        state.change(
            loser,
            kind="asset.merged",
            by=by,
            data=data,
            touched=given.taken,
            also={"merged_into_id": into.pk},
            now=now,
            unit_id=None if moved else unit,
            status=Status.VOID,
            holder_id=None,
            **state.nowhere(Place.CLOSED),
        )
        extra = taken.columns(loser, into, names)
        if serial_moved:
            extra |= {"serial": loser.serial, "serial_key": loser.serial_key}
        changes = changed(into, **extra)
        into.version += 1
        save_changes(into, [*changes, "version"])
        record("asset.absorbed", into, by=by, data=said, changes=changes, rows=given.rows)
        values, also = taken.states(loser, names)
        data = {}
        if moved:
            values["unit_id"], data = unit, {"from": loser.pk}
        if values:
            kind = "asset.unit_taken"
            state.change(into, kind=kind, by=by, data=data, also=also, now=now, **values)
    return into


def both(one: int, other: int, by: Actor) -> tuple[Asset, Asset]:
    """Two assets, locked in key order, so that two desks never wait for each other."""
    found = Asset.objects.visible_to(by).filter(pk__in=[one, other]).locked()
    rows = {a.pk: a for a in found}
    if one not in rows or other not in rows:
        raise Asset.DoesNotExist
    return rows[one], rows[other]
