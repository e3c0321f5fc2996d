"""Two rows for one thing become one, and two again where that was the mistake (L-12)."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Min

from assets import state
from assets.mistakes.rules import merge_problems, reason_problems, unmerge_problems
from assets.mistakes.void import states_before
from assets.models import Asset, AssetCode, AssetSpan, Place, Status
from assets.register.acquired import began_by_unit, paid_as_it_was_there
from core.access import Actor, require
from core.journal.writing import Touched, changed, one_act, record, removed, save_changes
from core.models import Entry
from core.problems import refuse_if
from core.time import days
from funding.models import Unit


def merge_assets(loser: Asset, *, into: Asset, by: Actor, reason: str) -> Asset:
    """Two rows for one thing. The loser's codes go on resolving to the winner, both histories
    read as one; as of any time before, there are two."""
    with transaction.atomic(), one_act():
        # Somebody may merge them the other way round: the second of us is refused.
        loser, into = _both(loser.pk, into.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", into)
        refuse_if(reason_problems(reason))
        refuse_if(merge_problems(loser, into))
        given, codes, old_tags = _give_codes(loser, into)
        unit = loser.unit_id
        moved = unit is not None and into.unit_id is None
        same = loser.product_id == into.product_id
        serial_moved = bool(loser.serial and not into.serial and same)
        data = {
            "into": into.pk,
            "reason": reason,
            "unit": unit,
            "unit_moved": moved,
            "codes": codes,
            "old_tags": old_tags,
            "status": loser.status,
            "serial_moved": serial_moved,
        }
        state.change(
            loser,
            kind="asset.merged",
            by=by,
            data=data,
            touched=given.taken,
            also={"merged_into_id": into.pk},
            unit_id=None if moved else unit,
            status=Status.VOID,
            holder_id=None,
            **state.nowhere(Place.CLOSED),
        )
        extra: dict[str, Any] = {}
        if serial_moved:
            extra |= {"serial": loser.serial, "serial_key": loser.serial_key}
        changes = changed(into, **extra)
        into.version += 1
        save_changes(into, [*changes, "version"])
        record(
            "asset.absorbed",
            into,
            by=by,
            data={"asset": loser.pk, "tag": loser.tag},
            changes=changes,
            rows=given.rows,
        )
        if moved:
            state.change(
                into, kind="asset.unit_taken", by=by, data={"from": loser.pk}, unit_id=unit
            )
    return into


def unmerge_assets(loser: Asset, *, by: Actor, reason: str) -> Asset:
    """Undo a merge: they were two things all the time. The loser stands again as it stood before,
    since the merge, with its money where nothing else has that now."""
    with transaction.atomic(), one_act():
        # The winner may be merged or change its unit meanwhile: both are locked, in key order.
        seen = Asset.objects.visible_to(by).get(pk=loser.pk)
        loser, winner = _both(seen.pk, seen.merged_into_id or seen.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", winner)
        refuse_if(reason_problems(reason))
        entry = Entry.objects.of(loser).filter(kind="asset.merged").order_by("-pk").first()
        data = entry.data if entry else {}
        since = entry.effective_at if entry else days.now()
        refuse_if(unmerge_problems(loser, winner, bool(data.get("serial_moved")), by))
        given = _give_codes_back(loser, winner, data)
        changes: dict[str, Any] = {}
        if data.get("serial_moved") and winner.serial_key == loser.serial_key:
            changes = changed(winner, serial="", serial_key="")
            save_changes(winner, changes)
        record(
            "asset.separated",
            winner,
            by=by,
            data={"asset": loser.pk, "reason": reason},
            changes=changes,
            touched=given.taken,
        )
        unit, had = loser.unit_id, began_by_unit([winner])
        if data.get("unit_moved") and _comes_back(data["unit"], winner):
            unit = data["unit"]
            took = AssetSpan.objects.known().filter(asset=winner, unit=unit, valid_from__gte=since)
            began = took.aggregate(first=Min("valid_from"))["first"] or since
            state.change(winner, kind="asset.separated", by=by, at=began, unit_id=None)
        [then] = states_before([loser]).values()
        state.change(
            loser,
            kind="asset.unmerged",
            by=by,
            at=since,
            data={"reason": reason},
            rows=given.rows,
            also={"merged_into_id": None},
            **then | {"unit_id": unit},
        )
        paid_as_it_was_there([loser], by=by, before=had)
    return loser


def _comes_back(unit: int, winner: Asset) -> bool:
    """Whether a unit that a merge moved is the winner's still, or nobody's."""
    # Somebody may void it this moment: one of the two waits.
    row = Unit.objects.select_for_update().get(pk=unit)
    free = row.voided_at is None and not Asset.objects.filter(unit=unit).exists()
    return winner.unit_id == unit or free


@dataclass
class _Codes:
    """Codes that one gave and another took."""

    taken: list[Touched] = field(default_factory=list)
    rows: list[AssetCode] = field(default_factory=list)


def _give_codes(loser: Asset, into: Asset) -> tuple[_Codes, list[int], list[int]]:
    """The loser's codes lead to the winner: what was done, which codes they were, and which of them
    were old tags."""
    given = _Codes()
    codes = list(AssetCode.objects.filter(asset=loser))
    given.taken = [removed(code) for code in codes]
    # An old tag of the loser leads to the winner, and is no old tag of the winner's: nothing
    # else may bear it, so that the loser finds it again should they be two after all.
    mine = AssetCode.objects.filter(asset=loser, kind=AssetCode.Kind.OLD_TAG)
    old_tags = list(mine.values_list("pk", flat=True))
    mine.update(kind=AssetCode.Kind.MERGED)
    AssetCode.objects.filter(asset=loser).update(asset=into)
    given.rows = list(AssetCode.objects.filter(pk__in=[code.pk for code in codes]))
    own, made = AssetCode.objects.get_or_create(
        key=loser.tag_key,
        defaults={"asset": into, "code": loser.tag, "kind": AssetCode.Kind.MERGED},
    )
    given.rows += [own] if made else []
    return given, [code.pk for code in codes], old_tags


def _give_codes_back(loser: Asset, winner: Asset, data: dict[str, Any]) -> _Codes:
    """They lead to the loser again, its old tags as such."""
    given = _Codes()
    own = AssetCode.objects.filter(asset=winner, key=loser.tag_key)
    back = AssetCode.objects.filter(asset=winner, pk__in=data["codes"])
    given.taken = [removed(code) for code in {*own, *back}]
    pks = [code.pk for code in back]
    own.delete()
    back.update(asset=loser)
    old_tags = AssetCode.objects.filter(asset=loser, pk__in=data.get("old_tags", []))
    old_tags.update(kind=AssetCode.Kind.OLD_TAG)
    given.rows = list(AssetCode.objects.filter(asset=loser, pk__in=pks))
    return given


def _both(one: int, other: int, by: Actor) -> tuple[Asset, Asset]:
    """Two assets, locked in key order, so that two desks never wait for each other."""
    found = Asset.objects.visible_to(by).filter(pk__in=[one, other]).locked()
    rows = {a.pk: a for a in found}
    if one not in rows or other not in rows:
        raise Asset.DoesNotExist
    return rows[one], rows[other]
