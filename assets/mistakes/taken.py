"""What the row that stays after a merge does not say itself is as the other said: both histories
read as one. Undoing the merge gives it back."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from assets import state, unit_past
from assets.custody.known import there_since
from assets.custody.rules import room_problems
from assets.earlier import known_before
from assets.mistakes.settled import acquired_then
from assets.models import Asset, Status, Verification
from assets.register.acquired import begins_again, was_there_since
from core.access import Actor
from core.journal.writing import changed
from core.models import Entry
from core.time import days

COLUMNS = ("acquired_on", "title_holder", "use", "description")
STATE = ("condition", "home_room_id")


def gaps(loser: Asset, into: Asset) -> list[str]:
    """What only the row that goes says. An acquired day that contradicts what is known of the row
    that stays or would move its money, and a room out of use, are not taken."""
    names = [n for n in (*COLUMNS, *STATE) if getattr(loser, n) and not getattr(into, n)]
    if acquired_then(loser, into) is None:
        names = [n for n in names if n != "acquired_on"]
    if loser.home_room is not None and any(room_problems(loser.home_room, "home_room")):
        names = [n for n in names if n != "home_room_id"]
    return names


def columns(loser: Asset, into: Asset, names: list[str]) -> dict[str, Any]:
    """The columns that the row that stays takes, and when either was seen last."""
    found = {n: getattr(loser, n) for n in COLUMNS if n in names}
    seen = [day for a in (loser, into) if (day := a.last_verified_on)]
    return found | {"last_verified_on": max(seen, default=None)}


def states(loser: Asset, names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The state that it takes, and the column beside it."""
    also = {"condition_on": loser.condition_on} if "condition" in names else {}
    return {n: getattr(loser, n) for n in STATE if n in names}, also


def gave_back(loser: Asset, winner: Asset, names: list[str]) -> dict[str, tuple[Any, Any]]:
    """The columns that it had taken and that are still the other's, and when it was seen itself:
    changed and not saved."""
    same = [n for n in COLUMNS if n in names and getattr(winner, n) == getattr(loser, n)]
    values: dict[str, Any] = {n: None if n == "acquired_on" else "" for n in same}
    if winner.last_verified_on == loser.last_verified_on:
        rows = {winner.pk} | {row.pk for row, _winner in unit_past.merged_into([winner])}
        theirs = {loser.pk} | {row.pk for row, _winner in unit_past.merged_into([loser])}
        seen = Verification.objects.filter(asset__in=rows - theirs).aggregate(at=Max("seen_at"))
        last = seen["at"]
        values["last_verified_on"] = days.local_date(last) if last else None
    return changed(winner, **values)


def states_back(
    loser: Asset, winner: Asset, names: list[str], since: datetime, *, by: Actor
) -> None:
    """The state that it had taken is unsaid since the merge, as far as nobody told it anew."""
    told: dict[str, Any] = {n: None if n == "home_room_id" else "" for n in STATE if n in names}
    if not told or winner.status == Status.VOID:
        return
    mine = (winner.condition, winner.condition_on) == (loser.condition, loser.condition_on)
    also = {"condition_on": None} if "condition" in told and mine else {}
    state.change(winner, kind="asset.separated", by=by, at=since, also=also, **told)


def begins_itself(loser: Asset, winner: Asset, merged: Entry, *, by: Actor) -> None:
    """After it gave an acquired day back: where it was there since then, it is that no more, and
    begins as it did before the merge."""
    first = there_since(winner)
    if winner.acquired_on is not None or not first:
        return
    if days.local_date(first) != loser.acquired_on:
        return
    told = Entry.objects.of(winner).filter(kind="asset.absorbed", pk__lt=merged.pk)
    act = next((e.pk for e in told.order_by("-pk") if e.data.get("asset") == loser.pk), merged.pk)
    was = known_before({winner.pk: act}).get(winner.pk, ())
    as_was = next((s for s in was if s.valid_to is None or s.valid_to > s.valid_from), None)
    if winner.status == Status.VOID or as_was is None or not begins_again(winner, as_was, by=by):
        was_there_since(winner, by=by)
