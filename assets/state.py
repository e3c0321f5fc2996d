"""The one place where an asset's state changes: row, span and entry in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from assets import unit_past
from assets.models import Asset, AssetSpan
from core.access import Actor
from core.db.bulk import update_each
from core.db.statements import together
from core.journal.writing import EntryDraft, Touched, record_many
from core.time import days
from core.two_times import spans


@dataclass(frozen=True)
class StateChange:
    """New values of an asset's state (attribute names), and what else the entry should say."""

    asset: Asset
    values: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)
    #: Columns outside the state that the same act sets.
    also: Mapping[str, Any] = field(default_factory=dict)
    #: Rows of its parts that the same act wrote: assignments, disposals, sightings, codes.
    rows: Sequence[Model] = ()
    touched: Sequence[Touched] = ()


#: Columns that say since which day a field of the state is as it is.
_DAYS_OF = {"condition_on": "condition"}

Write = Callable[[Sequence[spans.Change], datetime], dict[int, spans.Written]]


def _apply(changes: Sequence[spans.Change], now: datetime) -> dict[int, spans.Written]:
    return spans.apply(AssetSpan, changes, now)


def change_many(
    changes: Sequence[StateChange],
    *,
    kind: str,
    by: Actor,
    at: datetime | None = None,
    also: Mapping[str, Any] | None = None,
    now: datetime | None = None,
    write: Write = _apply,
) -> None:
    """Change the state of locked assets from `at` (default now) on. `also` are columns outside
    the state that the same act sets on every row (condition_on). `now`: the instant that rows of
    the same act say already, so that an assignment opens when its span begins. `write`: how the
    spans are written, where an act tells more than what holds from an instant on."""
    now = now or days.now()
    when = at or now
    others = {c.asset.pk: {**(also or {}), **c.also} for c in changes}
    before = {
        c.asset.pk: {f: getattr(c.asset, f) for f in (*AssetSpan.fields, *others[c.asset.pk])}
        for c in changes
    }
    with together():
        written = write(
            [
                spans.Change(
                    c.asset.pk,
                    when,
                    {f: before[c.asset.pk][f] for f in AssetSpan.fields},
                    dict(c.values),
                )
                for c in changes
            ],
            now,
        )
        for c in changes:
            others[c.asset.pk] = _that_holds(others[c.asset.pk], c.values, written[c.asset.pk])
        _write_rows(changes, {pk: {**w.holds, **others[pk]} for pk, w in written.items()})
        record_many(
            _draft(c, kind, by, when, before[c.asset.pk], others[c.asset.pk], written[c.asset.pk])
            for c in changes
        )
        taken = {
            c.values["unit_id"]: c.asset.pk
            for c in changes
            if c.values.get("unit_id") not in (None, before[c.asset.pk]["unit_id"])
        }
        if taken:
            unit_past.is_of_these_alone(taken, by=by, now=now)


def _that_holds(
    also: dict[str, Any], told: Mapping[str, Any], written: spans.Written
) -> dict[str, Any]:
    """Columns beside the state without those that date a value which does not hold today: what is
    learned late of an earlier day leaves the day of the later word."""
    late = {day for day, field in _DAYS_OF.items() if field in told and field not in written.holds}
    return {name: value for name, value in also.items() if name not in late}


def _write_rows(changes: Sequence[StateChange], became: Mapping[int, Mapping[str, Any]]) -> None:
    update_each(Asset, {c.asset.pk: became[c.asset.pk] for c in changes}, count="version")
    for change in changes:
        for name, value in became[change.asset.pk].items():
            setattr(change.asset, name, value)
        change.asset.version += 1


def _draft(
    change: StateChange,
    kind: str,
    by: Actor,
    when: datetime,
    old: Mapping[str, Any],
    also: Mapping[str, Any],
    written: spans.Written,
) -> EntryDraft:
    school = change.values.get("school_id", old["school_id"])
    said, became = _pairs(old, {**change.values, **also}), _pairs(old, {**written.holds, **also})
    return EntryDraft(
        kind,
        change.asset,
        by,
        school_id=school,
        school_before_id=old["school_id"] if school != old["school_id"] else None,
        at=when,
        changes=said,
        data=dict(change.data),
        rows=(*written.rows, *change.rows),
        touched=(*written.touched, *change.touched),
        row=became if became != said else None,
    )


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, old -> new, by the names of the fields."""
    return {f.removesuffix("_id"): (old[f], v) for f, v in new.items() if old[f] != v}


def change(
    asset: Asset,
    *,
    kind: str,
    by: Actor,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
    also: Mapping[str, Any] | None = None,
    rows: Sequence[Model] = (),
    touched: Sequence[Touched] = (),
    now: datetime | None = None,
    **values: Any,
) -> None:
    """`change_many` for one asset."""
    one = StateChange(asset, values, data or {}, also or {}, rows, touched)
    change_many([one], kind=kind, by=by, at=at, now=now)


def in_room(room_id: int) -> dict[str, Any]:
    """The place columns of a thing in a room."""
    return {"place": "room", "room_id": room_id, "person_id": None, "container_id": None}


def with_person(person_id: int) -> dict[str, Any]:
    """The place columns of a thing with a person."""
    return {"place": "person", "room_id": None, "person_id": person_id, "container_id": None}


def nowhere(place: str) -> dict[str, Any]:
    """The place columns of a thing in transit, not placed, or closed."""
    return {"place": place, "room_id": None, "person_id": None, "container_id": None}
