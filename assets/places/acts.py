"""The acts of places: move, change status, find again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from assets.act import Act, Page, Verb, each, from_day
from assets.custody.rules import closed_problems
from assets.models import Asset
from assets.models.status import ASTRAY
from assets.places import rules, shapes
from assets.places.actions import change_statuses, find_all_again, move_assets
from assets.places.forms import MoveForm, StatusForm
from core.access import Actor
from core.web.forms import HouseForm
from people.models import Room


@dataclass(frozen=True)
class Move:
    """Where to, and since when."""

    room: Room
    at: datetime | None = None


@dataclass(frozen=True)
class ChangeStatus:
    """What it becomes, since when and why."""

    status: str
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Find:
    """Where it turned up, and when."""

    room: Room | None = None
    at: datetime | None = None


def _move(assets: Sequence[Asset], given: Move, by: Actor) -> Sequence[Asset]:
    return move_assets(assets, to=given.room, by=by, at=given.at)


def _change_status(assets: Sequence[Asset], given: ChangeStatus, by: Actor) -> Sequence[Asset]:
    return change_statuses(assets, to=given.status, by=by, at=given.at, reason=given.reason)


def _find(assets: Sequence[Asset], given: Find, by: Actor) -> Sequence[Asset]:
    return find_all_again(assets, by=by, room=given.room, at=given.at)


MOVE = Act(
    name="move",
    kind="asset.moved",
    sentence=_("{subject} was moved to {room}"),
    permission="assets.move_asset",
    label=_("Move"),
    icon="arrows-move",
    input=Move,
    do=_move,
    problems=each(rules.carry_problems),
    page=Page(
        form=MoveForm,
        given=lambda typed, asset, by: Move(typed["room"], from_day(typed["on"])),
        done=_("Moved."),
    ),
    verb=Verb(
        shape=shapes.MoveInput,
        text="Put an asset into a room; who answers for it stays who it was.",
        many=shapes.MoveMany,
        many_text="Put many assets into one room.",
    ),
)
STATUS = Act(
    name="status",
    kind="asset.status_changed",
    sentence=_("{subject} became {status}[ ({reason})]"),
    permission="assets.change_status",
    label=_("Change status"),
    icon="status-change",
    input=ChangeStatus,
    do=_change_status,
    problems=each(closed_problems),
    page=Page(
        form=StatusForm,
        given=lambda typed, asset, by: ChangeStatus(typed["status"], typed["reason"]),
        done=_("Changed."),
        initial=lambda asset: {"status": asset.status, "out": asset.holder_id is not None},
        explanation=_(
            "What it may become from where it stands; what is out is checked in before it is in "
            "stock or surplus. Lost or stolen is told through a case: mark it missing first."
        ),
    ),
    verb=Verb(
        shape=shapes.StatusInput,
        text="Move along a free edge of the life table: repair, surplus, missing, in stock.",
    ),
)
FIND = Act(
    name="find",
    kind="asset.found_again",
    sentence=_("{subject} was found again[ in {room}]"),
    permission="assets.change_status",
    label=_("Found again"),
    icon="zoom-check",
    input=Find,
    do=_find,
    problems=each(rules.here_problems),
    belongs=lambda asset: asset.status in ASTRAY,
    page=Page(
        form=HouseForm,
        given=lambda typed, asset, by: Find(),
        done=_("It is here again."),
    ),
    verb=Verb(shape=shapes.FindInput, text="A missing, lost or stolen asset turned up."),
)
