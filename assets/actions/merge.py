"""Two rows for one thing become one, and two again where that was the mistake (L-12)."""

from typing import Any

from django.db import transaction

from assets import state
from assets.models import Asset, AssetCode, Place, Status
from assets.rules.correct import merge_problems, reason_problems, unmerge_problems
from core.access import Actor, require
from core.journal import changed, record, save_changes
from core.models import Entry
from core.problems import refuse_if


def merge_assets(loser: Asset, *, into: Asset, by: Actor, reason: str) -> Asset:
    """Two rows for one thing. The loser's codes go on resolving to the winner, both histories
    read as one; as of any time before, there are two."""
    with transaction.atomic():
        # Somebody may merge them the other way round: the second of us is refused.
        loser, into = _both(loser.pk, into.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", into)
        refuse_if(reason_problems(reason))
        refuse_if(merge_problems(loser, into))
        codes = list(AssetCode.objects.filter(asset=loser).values_list("pk", flat=True))
        # An old tag of the loser leads to the winner, and is no old tag of the winner's: nothing
        # else may bear it, so that the loser finds it again should they be two after all.
        mine = AssetCode.objects.filter(asset=loser, kind=AssetCode.Kind.OLD_TAG)
        old_tags = list(mine.values_list("pk", flat=True))
        mine.update(kind=AssetCode.Kind.MERGED)
        AssetCode.objects.filter(asset=loser).update(asset=into)
        AssetCode.objects.get_or_create(
            key=loser.tag_key,
            defaults={"asset": into, "code": loser.tag, "kind": AssetCode.Kind.MERGED},
        )
        unit = loser.unit_id
        moved = unit is not None and into.unit_id is None
        same = loser.product_id == into.product_id
        serial_moved = bool(loser.serial and not into.serial and same)
        data = {"into": into.pk, "reason": reason, "unit": unit, "unit_moved": moved, "codes": codes,
                "old_tags": old_tags, "status": loser.status, "serial_moved": serial_moved}  # fmt: skip
        state.change(
            loser, kind="asset.merged", by=by, data=data,
            also={"merged_into_id": into.pk}, unit_id=None if moved else unit,
            status=Status.VOID, holder_id=None, **state.nowhere(Place.CLOSED),
        )  # fmt: skip
        extra: dict[str, Any] = {}
        if serial_moved:
            extra |= {"serial": loser.serial, "serial_key": loser.serial_key}
        changes = changed(into, **extra)
        into.version += 1
        save_changes(into, [*changes, "version"])
        record("asset.absorbed", into, by=by, data={"asset": loser.pk, "tag": loser.tag},
               changes={k: v for k, v in changes.items() if not k.endswith("_key")})  # fmt: skip
        if moved:
            state.change(
                into, kind="asset.unit_taken", by=by, data={"from": loser.pk}, unit_id=unit
            )
    return into


def unmerge_assets(loser: Asset, *, by: Actor, reason: str) -> Asset:
    """Undo a merge: they were two things. The loser stands again, not placed, in stock."""
    with transaction.atomic():
        # The winner may be merged or change its unit meanwhile: both are locked, in key order.
        seen = Asset.objects.visible_to(by).get(pk=loser.pk)
        loser, winner = _both(seen.pk, seen.merged_into_id or seen.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", winner)
        refuse_if(reason_problems(reason))
        entry = Entry.objects.of(loser).filter(kind="asset.merged").order_by("-pk").first()
        data = entry.data if entry else {}
        refuse_if(unmerge_problems(loser, winner, bool(data.get("serial_moved"))))
        AssetCode.objects.filter(asset=winner, key=loser.tag_key).delete()
        AssetCode.objects.filter(asset=winner, pk__in=data["codes"]).update(asset=loser)
        own = AssetCode.objects.filter(asset=loser, pk__in=data.get("old_tags", []))
        own.update(kind=AssetCode.Kind.OLD_TAG)
        unit = loser.unit_id
        back = data["unit_moved"] and winner.unit_id == data["unit"]
        if data.get("serial_moved") and winner.serial_key == loser.serial_key:
            save_changes(winner, changed(winner, serial="", serial_key=""))
        record("asset.separated", winner, by=by, data={"asset": loser.pk, "reason": reason})
        if back:
            unit = data["unit"]
            state.change(winner, kind="asset.unit_given_back", by=by, unit_id=None)
        state.change(
            loser, kind="asset.unmerged", by=by, data={"reason": reason},
            also={"merged_into_id": None}, unit_id=unit, status=Status.IN_STOCK,
            **state.nowhere(Place.UNPLACED),
        )  # fmt: skip
    return loser


def _both(one: int, other: int, by: Actor) -> tuple[Asset, Asset]:
    """Two assets, locked in key order, so that two desks never wait for each other."""
    found = Asset.objects.visible_to(by).filter(pk__in=[one, other]).locked()
    rows = {a.pk: a for a in found}
    if one not in rows or other not in rows:
        raise Asset.DoesNotExist
    return rows[one], rows[other]
