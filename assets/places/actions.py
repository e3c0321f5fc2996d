"""Moving between rooms, and changes of status that need no case."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import state
from assets.custody.rules import closed_problems, goes_problems, room_problems, time_problems
from assets.life import move_problems
from assets.many import of_rows
from assets.models import Asset, Assignment, Status
from assets.models.status import BACK, CLOSED
from assets.places import rules
from assets.target import require_target
from core.access import Actor, require, require_all
from core.problems import Problem, refuse_if
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
        pks = {a.pk for a in assets}
        # Two people may carry the same thing to different rooms: the later word wins, whole.
        rows = list(Asset.objects.visible_to(by).filter(pk__in=pks).locked())
        if len(rows) < len(pks):
            raise Asset.DoesNotExist
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
    """Move along a free edge of the life table: repair, surplus, missing, back in stock. Of an
    earlier day it is asked of the thing as it stood then.

    Raises Refused `illegal-move`, or `case-required` for lost and stolen."""
    with transaction.atomic():
        # A desk may hand it out this moment: it waits for us, or we see who has it.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.change_status", asset)
        refuse_if(closed_problems(asset))
        target = Status(to)
        if target in CLOSED:
            refuse_if(
                [
                    Problem(
                        "dispose-instead",
                        _("This is an act of its own: dispose of it, or void it."),
                        "status",
                    )
                ]
            )
        refuse_if(time_problems(asset, at))
        there = _as_it_stood(asset, at)
        refuse_if(closed_problems(there))
        refuse_if(move_problems(there, target))
        if there.holder_id and target in BACK:
            refuse_if([Problem("assigned", _("It is checked out. Check it in first."), "status")])
        if there.status != target:
            state.change(
                asset,
                kind="asset.status_changed",
                by=by,
                at=at,
                data={"reason": reason},
                status=target,
            )
    return asset


def _as_it_stood(asset: Asset, at: datetime | None) -> Asset:
    """The thing (not saved) with its status and holder of an instant, as known now."""
    then = asset.spans.as_of(at).first() if at is not None else None
    if then is None:
        return asset
    there = copy(asset)
    there.status, there.holder_id = then.status, then.holder_id
    return there


def find_again(
    asset: Asset, *, by: Actor, room: Room | None = None, at: datetime | None = None
) -> Asset:
    """A missing, lost or stolen thing turned up: what it was before, and counted as a fact."""
    with transaction.atomic():
        # Two may find it: the second waits, and sees that it is missing no more.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        require(by, "assets.change_status", asset)
        refuse_if(rules.here_problems(asset))
        refuse_if(time_problems(asset, at))
        refuse_if(rules.found_problems(asset, at))
        held = Assignment.objects.filter(asset=asset, closed_at=None).exists()
        values: dict[str, Any] = {"status": Status.IN_USE if held else Status.IN_STOCK}
        if room is not None:
            room = Room.objects.visible_to(by).get(pk=room.pk)
            require_target(by, "assets.change_status", [room])
            refuse_if(room_problems(room))
            values |= {**state.in_room(room.pk), "school_id": room.school_id}
        state.change(asset, kind="asset.found_again", by=by, at=at, **values)
    return asset
