"""The one place where an asset's state changes: row, span and entry in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.models import Asset, AssetSpan
from core import days, spans
from core.access import Actor
from core.journal import EntryDraft, record_many
from core.statements import together, update


@dataclass(frozen=True)
class StateChange:
    """New values of an asset's state (attribute names), and what else the entry should say."""

    asset: Asset
    values: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)


def change_many(
    changes: Sequence[StateChange],
    *,
    kind: str,
    by: Actor,
    at: datetime | None = None,
    also: Mapping[str, Any] | None = None,
) -> None:
    """Change the state of locked assets from `at` (default now) on. `also` are columns outside
    the state that the same act sets on every row (last_verified_on)."""
    now = days.now()
    when = at or now
    before = {c.asset.pk: {f: getattr(c.asset, f) for f in AssetSpan.fields} for c in changes}
    with together():
        holds = spans.apply(
            AssetSpan,
            [spans.Change(c.asset.pk, when, before[c.asset.pk], dict(c.values)) for c in changes],
            now,
        )
        _write_rows(changes, holds, also or {})
        record_many(_draft(c, kind, by, when, before[c.asset.pk]) for c in changes)


def _write_rows(
    changes: Sequence[StateChange], holds: Mapping[int, Mapping[str, Any]], also: Mapping[str, Any]
) -> None:
    groups: dict[tuple[tuple[str, Any], ...], list[Asset]] = {}
    for change in changes:
        values = {**holds[change.asset.pk], **also}
        groups.setdefault(tuple(sorted(values.items())), []).append(change.asset)
    for items, assets in groups.items():
        update(Asset, [a.pk for a in assets], dict(items), count="version")
        for asset in assets:
            for name, value in items:
                setattr(asset, name, value)
            asset.version += 1


def _draft(
    change: StateChange, kind: str, by: Actor, when: datetime, old: Mapping[str, Any]
) -> EntryDraft:
    school = change.values.get("school_id", old["school_id"])
    return EntryDraft(
        kind,
        change.asset,
        by,
        school_id=school,
        school_before_id=old["school_id"] if school != old["school_id"] else None,
        at=when,
        changes={
            f.removesuffix("_id"): (old[f], v) for f, v in change.values.items() if old[f] != v
        },
        data=dict(change.data),
    )


def change(
    asset: Asset,
    *,
    kind: str,
    by: Actor,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
    also: Mapping[str, Any] | None = None,
    **values: Any,
) -> None:
    """`change_many` for one asset."""
    change_many([StateChange(asset, values, data or {})], kind=kind, by=by, at=at, also=also)


def in_room(room_id: int) -> dict[str, Any]:
    """The place columns of a thing in a room."""
    return {"place": "room", "room_id": room_id, "person_id": None, "container_id": None}


def with_person(person_id: int) -> dict[str, Any]:
    """The place columns of a thing with a person."""
    return {"place": "person", "room_id": None, "person_id": person_id, "container_id": None}


def nowhere(place: str) -> dict[str, Any]:
    """The place columns of a thing in transit, not placed, or closed."""
    return {"place": place, "room_id": None, "person_id": None, "container_id": None}
