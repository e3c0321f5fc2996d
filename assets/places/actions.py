"""Moving between rooms, and changes of status that need no case."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction

from assets import state
from assets.custody.rules import goes_problems, room_problems
from assets.many import of_rows
from assets.models import Asset, AssetSpan, Assignment, Status
from assets.places import rules
from assets.target import require_target
from core.access import Actor, require_all
from core.problems import refuse_if
from people.models import Room


def move_asset(asset: Asset, *, to: Room, by: Actor, at: datetime | None = None) -> Asset:
    """Put an asset into a room. Who answers for it stays who it was."""
    return move_assets([asset], to=to, by=by, at=at)[0]


def move_assets(
    assets: Sequence[Asset], *, to: Room, by: Actor, at: datetime | None = None
) -> list[Asset]:
    """Move many into one room, all or none (problems name their row). A room of another school of
    yours takes them along to that school. What is missing is found again first."""
    with transaction.atomic():
        # Two people may carry the same thing to different rooms: the later word wins, whole.
        rows = _rows(assets, by)
        to = Room.objects.visible_to(by).get(pk=to.pk)
        require_all(by, "assets.move_asset", rows)
        require_target(by, "assets.move_asset", [to])
        order = {asset.pk: i for i, asset in enumerate(assets)}
        found = (
            (order[a.pk], chain(rules.carry_problems(a), goes_problems(a, to, at))) for a in rows
        )
        refuse_if(of_rows(found, len(assets) > 1))
        values = {**state.in_room(to.pk), "school_id": to.school_id}
        state.change_many(
            [state.StateChange(a, dict(values)) for a in rows], kind="asset.moved", by=by, at=at
        )
    return rows


def change_status(
    asset: Asset, *, to: str, by: Actor, at: datetime | None = None, reason: str = ""
) -> Asset:
    """`change_statuses` for one."""
    return change_statuses([asset], to=to, by=by, at=at, reason=reason)[0]


def change_statuses(
    assets: Sequence[Asset], *, to: str, by: Actor, at: datetime | None = None, reason: str = ""
) -> list[Asset]:
    """Move along a free edge of the life table: repair, surplus, missing, back in stock; all or
    none (problems name their row). Of an earlier day it is asked of each thing as it stood then.

    Raises Refused `illegal-move`, or `case-required` for lost and stolen."""
    with transaction.atomic():
        # A desk may hand one out this moment: it waits for us, or we see who has it.
        rows = _rows(assets, by)
        require_all(by, "assets.change_status", rows)
        target, stood = Status(to), _as_they_stood(rows, at)
        order = {asset.pk: i for i, asset in enumerate(assets)}
        found = (
            (order[a.pk], rules.status_problems(a, stood.get(a.pk, a), target, at)) for a in rows
        )
        refuse_if(of_rows(found, len(assets) > 1))
        changes = [
            state.StateChange(a, {"status": target}, {"reason": reason})
            for a in rows
            if stood.get(a.pk, a).status != target
        ]
        if changes:
            state.change_many(changes, kind="asset.status_changed", by=by, at=at)
    return rows


def _rows(assets: Sequence[Asset], by: Actor) -> list[Asset]:
    """The things, locked. Raises DoesNotExist where one is not there or not yours."""
    pks = {a.pk for a in assets}
    rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
    if len(rows) < len(pks):
        raise Asset.DoesNotExist
    return rows


def _as_they_stood(rows: Sequence[Asset], at: datetime | None) -> dict[int, Asset]:
    """The things (not saved) with their status and holder of an instant, as known now, by key."""
    if at is None:
        return {}
    then = {s.asset_id: s for s in AssetSpan.objects.as_of(at).filter(asset__in=rows)}
    found = {}
    for asset in rows:
        if span := then.get(asset.pk):
            found[asset.pk] = there = copy(asset)
            there.status, there.holder_id = span.status, span.holder_id
    return found


def find_again(
    asset: Asset, *, by: Actor, room: Room | None = None, at: datetime | None = None
) -> Asset:
    """`find_all_again` for one."""
    return find_all_again([asset], by=by, room=room, at=at)[0]


def find_all_again(
    assets: Sequence[Asset], *, by: Actor, room: Room | None = None, at: datetime | None = None
) -> list[Asset]:
    """Missing, lost or stolen things turned up: what they were before, and counted as a fact; all
    or none (problems name their row)."""
    with transaction.atomic():
        # Two may find one: the second waits, and sees that it is missing no more.
        rows = _rows(assets, by)
        require_all(by, "assets.change_status", rows)
        order = {asset.pk: i for i, asset in enumerate(assets)}
        problems = ((order[a.pk], rules.turned_up_problems(a, at)) for a in rows)
        refuse_if(of_rows(problems, len(assets) > 1))
        values: dict[str, Any] = {}
        if room is not None:
            room = Room.objects.visible_to(by).get(pk=room.pk)
            require_target(by, "assets.change_status", [room])
            refuse_if(room_problems(room))
            values = {**state.in_room(room.pk), "school_id": room.school_id}
        loans = Assignment.objects.filter(asset__in=rows, closed_at=None)
        held = set(loans.values_list("asset_id", flat=True))
        was = {a.pk: Status.IN_USE if a.pk in held else Status.IN_STOCK for a in rows}
        state.change_many(
            [state.StateChange(a, {"status": was[a.pk], **values}) for a in rows],
            kind="asset.found_again",
            by=by,
            at=at,
        )
    return rows
