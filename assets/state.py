"""The one place where an asset's state changes: row, span and entry in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from assets.models import Asset, AssetSpan
from core import days, spans
from core.access import Actor
from core.journal import EntryDraft, record_many


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
    holds = spans.apply(
        AssetSpan,
        [spans.Change(c.asset.pk, when, before[c.asset.pk], dict(c.values)) for c in changes],
        now,
    )
    groups: dict[tuple[tuple[str, Any], ...], list[Asset]] = {}
    for change in changes:
        values = {**holds[change.asset.pk], **(also or {})}
        groups.setdefault(tuple(sorted(values.items())), []).append(change.asset)
    for items, assets in groups.items():
        Asset.objects.filter(pk__in=[a.pk for a in assets]).update(
            **dict(items), version=F("version") + 1
        )
        for asset in assets:
            for name, value in items:
                setattr(asset, name, value)
            asset.version += 1
    drafts = []
    for change in changes:
        old = before[change.asset.pk]
        drafts.append(
            EntryDraft(
                kind,
                change.asset,
                by,
                school_id=change.values.get("school_id", old["school_id"]),
                school_before_id=old["school_id"]
                if change.values.get("school_id", old["school_id"]) != old["school_id"]
                else None,
                at=when,
                changes={
                    f.removesuffix("_id"): (old[f], v)
                    for f, v in change.values.items()
                    if old[f] != v
                },
                data=dict(change.data),
            )
        )
    record_many(drafts)


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
