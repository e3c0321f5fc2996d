"""From when a thing was there, and what it was on each day before it came into the register."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assets import state
from assets.models import Asset, AssetSpan, Place, Status
from assets.models.status import CLOSED
from assets.register.draft import AssetDraft
from core.time import days
from core.two_times.first_spans import Beginning

#: What a list does not date and yet was so before: it reaches back. Anything else befell the
#: thing one day; before that day it was in use.
STEADY = (Status.ORDERED, Status.RECEIVED, Status.IN_STOCK, Status.IN_USE)


@dataclass(frozen=True)
class Times:
    """Instants of a draft: from when it exists, its holder has it, its status holds."""

    began: datetime
    loaned: datetime
    changed: datetime
    listed_on: date

    @classmethod
    def of(cls, draft: AssetDraft, now: datetime) -> "Times":
        """A day that nobody told is the list's day, or that of the registration."""
        today = days.local_date(now)
        listed_on = draft.listed_on or days.local_date(draft.at or now)
        listed = draft.at or (now if listed_on >= today else days.start_of_day(listed_on))

        def at(day: date | None) -> datetime:
            return listed if day is None else min(days.start_of_day(day), now)

        loaned, changed = at(draft.loaned_on), at(draft.status_on or draft.disposed_on)
        came = draft.acquired_on or (draft.unit.received_on if draft.unit else draft.received_on)
        if came is not None:
            began = min(days.start_of_day(came), listed)
        else:
            began = min(listed, loaned if draft.holder else listed, changed)
        if draft.loaned_on is None and draft.status not in STEADY:
            loaned = min(loaned, changed)  # who has what is lost had it before
        return cls(began, max(loaned, began), max(changed, began), listed_on)


def beginnings(draft: AssetDraft, asset: Asset, times: Times) -> Iterator[Beginning]:
    """The spans of a new thing: what was listed without a day reaches back to when it came; who has
    it, and that it is gone, begin on their own day."""
    values = {f: getattr(asset, f) for f in AssetSpan.fields}
    events: list[tuple[datetime, dict[str, Any]]] = []
    base = values | before_list(asset, draft.room.pk if draft.room else None)
    if asset.holder_id:
        status = asset.status if asset.status in STEADY else Status.IN_USE
        told = {"holder_id": asset.holder_id, "status": status}
        told |= {} if asset.room_id else state.with_person(asset.holder_id)
        events.append((times.loaned, told))
    if asset.status not in STEADY:
        told = {"status": asset.status}
        told |= state.nowhere(Place.CLOSED) if asset.status in CLOSED else {}
        events.append((times.changed, told))
    elif draft.status in STEADY:
        base["status"] = draft.status  # what somebody has is in use only since then
    yield from _in_turn(asset.pk, base, sorted(events, key=lambda e: e[0]), times)


def before_list(asset: Asset | AssetSpan, room: int | None) -> dict[str, Any]:
    """What a thing was before the first day of which anything is told of its holder and status.
    What never was is nothing else then."""
    if asset.status == Status.VOID:
        return {}
    place = state.in_room(room) if room else state.nowhere(Place.UNPLACED)
    status = asset.status if asset.status in STEADY else Status.IN_USE
    return {"holder_id": None, "status": status, **place}


def _in_turn(
    pk: int, base: dict[str, Any], events: list[tuple[datetime, dict[str, Any]]], times: Times
) -> Iterator[Beginning]:
    """One span for each moment at which something is told to have begun."""
    start, values, sets = times.began, base, "*"
    listed: date | None = times.listed_on
    for when, told in events:
        if when > start:
            yield Beginning(pk, start, values, when, sets, _listed(start, listed))
            start, sets, listed = when, "", None
        values = values | told
        if sets != "*":
            sets = ",".join(sorted({*filter(None, sets.split(",")), *told}))
    yield Beginning(pk, start, values, None, sets, _listed(start, listed))


def _listed(start: datetime, listed_on: date | None) -> date | None:
    """A list's word is evidence for its own day and those after it."""
    return listed_on if listed_on and days.local_date(start) < listed_on else None
