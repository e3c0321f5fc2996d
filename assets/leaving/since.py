"""Since when a thing is disposed: its own day, whatever its papers said of later ones."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from assets import state
from assets.earlier import known_before
from assets.models import Asset, AssetSpan, Disposal
from core.models import Entry
from core.time import days
from core.two_times import spans
from core.two_times.told_over import Told, over

#: What a disposal says of a thing; the rest stays as it was told.
LEFT = ("status", "holder_id", "place", "room_id", "person_id", "container_id")


def left_at(asset: Asset, disposed_on: date) -> datetime:
    """The instant from which it is disposed: the first of its day, but after what was told of that
    day; today it is now."""
    if disposed_on == days.today():
        return days.now()
    start = days.start_of_day(disposed_on)
    rows = AssetSpan.objects.known().filter(asset=asset).values_list("valid_from", flat=True)
    return max([start, *(at for at in rows if days.local_date(at) <= disposed_on)])


def disposed(changes: Sequence[spans.Change], now: datetime) -> dict[int, spans.Written]:
    """Write that things left: what was told of their status and place since is true no more."""
    written = {}
    for change in changes:
        rows = AssetSpan.objects.known().filter(asset=change.subject_id)
        if any(_tells(s) for s in rows.filter(valid_from__gt=change.at)):
            told = Told(change.at, dict(change.values), frozenset(change.values))
            written[change.subject_id] = over(AssetSpan, change.subject_id, [told], now)
        else:
            written |= spans.apply(AssetSpan, [change], now)
    return written


def reopened(before: Sequence[Told]) -> state.Write:
    """How it is written that they stand again: after what their disposal (`told_before`) had said
    was not true."""

    def write(changes: Sequence[spans.Change], now: datetime) -> dict[int, spans.Written]:
        if not before:
            return spans.apply(AssetSpan, changes, now)
        [change] = changes
        told = [t for t in before if t.at < change.at]
        begun = frozenset(n for t in before if t.at == change.at for n in t.sets)
        values = before[-1].values | dict(change.values)
        told.append(Told(change.at, values, begun | frozenset(change.values)))
        return {change.subject_id: over(AssetSpan, change.subject_id, told, now)}

    return write


def told_before(asset: Asset, disposal: Disposal | None, since: datetime) -> list[Told]:
    """What a disposal that stands since then said was not true of later times, in order, with what
    held when it begins; empty where it said that of nothing."""
    entries = Entry.objects.of(asset).filter(kind="asset.disposed").order_by("-pk")
    entry = entries.first()
    if disposal is None or entry is None or entry.data.get("disposal") != disposal.pk:
        return []
    was = known_before({asset.pk: entry.pk}).get(asset.pk, [])
    held = [s for s in was if s.valid_from <= since]
    later = [s for s in was if s.valid_from > since and _tells(s)]
    if not held or not later:
        return []
    first = _told(held[-1], since, frozenset())
    known = AssetSpan.objects.known().filter(asset=asset, valid_to=since, valid_from__lt=since)
    before = known.first()
    if before is not None and _values(before) == first.values:  # it goes on as if nothing had been
        sets = frozenset(before.sets.split(",")) & {*LEFT}
        first = Told(before.valid_from, first.values, sets, before.listed_on)
    return [first, *(_told(s, s.valid_from, frozenset(s.sets.split(",")) & {*LEFT}) for s in later)]


def _told(span: AssetSpan, at: datetime, sets: frozenset[str]) -> Told:
    return Told(at, _values(span), sets, span.listed_on)


def _values(span: AssetSpan) -> dict[str, Any]:
    return {f: getattr(span, f) for f in LEFT}


def _tells(span: AssetSpan) -> bool:
    """Whether it began with something of what a disposal says."""
    return any(span.began(name) for name in LEFT)
