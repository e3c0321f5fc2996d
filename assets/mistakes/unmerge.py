"""Two rows that were merged are two things again, where that was the mistake."""

from typing import Any

from django.db import transaction

from assets import state, unit_past
from assets.earlier import known_before
from assets.mistakes import taken
from assets.mistakes.again import Was
from assets.mistakes.bought import is_bought_by
from assets.mistakes.merge import both
from assets.mistakes.merged_codes import give_codes_back
from assets.mistakes.rules import reason_problems, unmerge_problems
from assets.mistakes.void import merged_again, stands
from assets.models import Asset, AssetSpan
from assets.register.acquired import began_by_unit, paid_as_it_was_there
from core.access import Actor, require
from core.journal.writing import changed, one_act, record, save_changes
from core.models import Entry
from core.problems import refuse_if
from core.time import days
from core.two_times import retold
from funding.models import Unit


def unmerge_assets(loser: Asset, *, by: Actor, reason: str) -> Asset:
    """Undo a merge: they were two things all the time. The loser stands again as it stood before,
    on each day, with its money where nothing else has that now."""
    with transaction.atomic(), one_act():
        # The winner may be merged or change its unit meanwhile: both are locked, in key order.
        seen = Asset.objects.visible_to(by).get(pk=loser.pk)
        loser, winner = both(seen.pk, seen.merged_into_id or seen.pk, by)
        require(by, "assets.merge_asset", loser)
        require(by, "assets.merge_asset", winner)
        refuse_if(reason_problems(reason))
        entry = Entry.objects.of(loser).filter(kind="asset.merged").order_by("-pk").first()
        data = entry.data if entry else {}
        refuse_if(unmerge_problems(loser, winner, bool(data.get("serial_moved")), by))
        given = give_codes_back(loser, winner, data)
        changes: dict[str, Any] = {}
        if data.get("serial_moved") and winner.serial_key == loser.serial_key:
            changes = changed(winner, serial="", serial_key="")
        names = data.get("taken", [])
        changes |= taken.gave_back(loser, winner, names)
        save_changes(winner, changes)
        record(
            "asset.separated",
            winner,
            by=by,
            data={"asset": loser.pk, "reason": reason},
            changes=changes,
            touched=given.taken,
        )
        if entry:
            taken.states_back(loser, winner, names, entry.effective_at, by=by)
        rows = unit_past.carriers(winner)
        brought = len(rows) > 1 and rows[1].asset.pk == loser.pk
        unit, had = None, began_by_unit([winner])
        if data.get("unit_moved") and _comes_back(data["unit"], winner, brought=brought):
            unit = data["unit"]
        if brought:
            left = winner.unit_id if winner.unit_id != unit else None
            is_bought_by(winner, left, by=by, kind="asset.separated", but=loser)
        _stand_again(loser, entry, unit, reason, by, given.rows)
        paid_as_it_was_there([winner, loser] if brought else [loser], by=by, before=had)
        if entry and "acquired_on" in names:
            taken.begins_itself(loser, winner, entry, by=by)
    return loser


def _stand_again(
    loser: Asset, entry: Entry | None, unit: int | None, reason: str, by: Actor, rows: Any
) -> None:
    """As known just before its merge, bought by this money; and what was merged into it."""
    own = unit_past.carriers(loser)[0]
    before = known_before({loser.pk: entry.pk}).get(loser.pk, []) if entry else []
    was = [
        (
            span,
            stands(span, set(), last=span is before[-1])
            | {"unit_id": unit if own.carries(span) else None},
        )
        for span in before
    ]
    now = days.now()
    state.change_many(
        [state.StateChange(loser, was[-1][1], {"reason": reason}, {"merged_into_id": None}, rows)],
        kind="asset.unmerged",
        by=by,
        at=entry.effective_at if entry else None,
        now=now,
        write=retold.after_all(AssetSpan, {loser.pk: was}),
    )
    merged_again([loser], reason, by, now, _under(loser, entry) if entry else None)


def _under(loser: Asset, entry: Entry) -> dict[int, Was]:
    """What was merged into it, on each day as known just before its own merge, as far as that is
    told otherwise now. A void of what stayed, or another day of that, was no word about these."""
    rows = [row for row, _winner in unit_past.merged_into([loser])]
    was = known_before({row.pk: entry.pk for row in rows})
    now: dict[int, list[AssetSpan]] = {pk: [] for pk in was}
    for span in AssetSpan.objects.known().filter(asset__in=was).in_order():
        now[span.asset_id].append(span)
    return {
        pk: [(span, {f: getattr(span, f) for f in AssetSpan.fields}) for span in spans]
        for pk, spans in was.items()
        if [_told(span) for span in spans] != [_told(span) for span in now[pk]]
    }


def _told(span: AssetSpan) -> tuple[Any, ...]:
    """What is told of a row beside its money."""
    state = (getattr(span, f) for f in AssetSpan.fields if f != "unit_id")
    return (span.valid_from, span.valid_to, span.listed_on, *state)


def _comes_back(unit: int, winner: Asset, *, brought: bool) -> bool:
    """Whether a unit that a merge moved is the winner's still because of that (`brought`), or
    nobody's."""
    # Somebody may void it this moment: one of the two waits.
    row = Unit.objects.select_for_update().get(pk=unit)
    free = row.voided_at is None and not Asset.objects.filter(unit=unit).exists()
    return (brought and winner.unit_id == unit) or free
