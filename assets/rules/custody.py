"""Why an asset may not be handed out, returned or moved just now."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Assignment
from assets.models.status import CLOSED, Status
from assets.rules.life import move_problems
from core import days
from core.problems import Problem
from people.models import Person, Room

HAND_OUT_FROM = (Status.RECEIVED, Status.IN_STOCK, Status.IN_USE)


def time_problems(asset: Asset, at: datetime | None) -> Iterator[Problem]:
    """Nothing becomes true in the future, or before the thing was there."""
    if at is None:
        return
    if at > days.now():
        yield Problem("in-the-future", _("This cannot become true in the future."), "at")


def closed_problems(asset: Asset) -> Iterator[Problem]:
    """A disposed, void or merged thing takes no further act."""
    if asset.merged_into_id:
        message = _("%(tag)s was merged into another asset; use that one.")
        yield Problem("merged", message % {"tag": asset.tag})
    elif asset.status in CLOSED:
        message = _("%(tag)s is %(status)s; nothing more can be done with it.")
        words = {"tag": asset.tag, "status": asset.get_status_display()}
        yield Problem("closed", message % words)


def assignment_problems(
    asset: Asset, to: Person, at: datetime | None = None, open_: Assignment | None = None
) -> Iterator[Problem]:
    """Why an asset cannot be handed to a person. Pass `open_` when it was looked up already."""
    yield from closed_problems(asset)
    if asset.status in CLOSED:
        return
    if asset.holder_id is not None:
        message = _("%(tag)s is out to somebody else. Check it in first.")
        code = "assigned-already"
        if asset.holder_id == to.pk:
            message, code = _("%(tag)s is with this person already."), "assigned-to-them"
        yield Problem(code, message % {"tag": asset.tag}, "asset")
    elif asset.status not in HAND_OUT_FROM:
        message = _("%(tag)s is %(status)s and cannot be handed out. Check it in first.")
        words = {"tag": asset.tag, "status": asset.get_status_display()}
        yield Problem("not-available", message % words, "asset")
    if not to.active or to.erased_at or to.merged_into_id:
        yield Problem("person-inactive", _("This person is no longer on the roster."), "person")
    yield from time_problems(asset, at)
    if at is not None and asset.holder_id is None:
        overlapping = Assignment.objects.filter(asset=asset, closed_at__gt=at).exists()
        if overlapping:
            yield Problem("overlaps", _("Somebody else had it at that time."), "at")
        if at < asset.registered_at and not _was_there(asset, at):
            message = _("%(tag)s was not there yet at that time.")
            yield Problem("before-it-was-there", message % {"tag": asset.tag}, "at")


def _was_there(asset: Asset, at: datetime) -> bool:
    return AssetSpan.objects.known().filter(asset=asset, valid_from__lte=at).exists()


def return_problems(
    asset: Asset, open_: Assignment | None, at: datetime | None = None
) -> Iterator[Problem]:
    """Why an asset cannot be checked in."""
    yield from closed_problems(asset)
    if asset.status in CLOSED:
        return
    if open_ is None:
        message = _("%(tag)s is not checked out to anybody.")
        yield Problem("not-assigned", message % {"tag": asset.tag}, "asset")
    elif at is not None and at < open_.opened_at:
        yield Problem("before-hand-out", _("It was handed out only later than that."), "at")
    yield from time_problems(asset, at)


def place_problems(asset: Asset, room: Room, at: datetime | None = None) -> Iterator[Problem]:
    """Why an asset cannot be put into a room."""
    yield from closed_problems(asset)
    if not room.active or room.merged_into_id:
        yield Problem("room-inactive", _("This room is no longer in use."), "room")
    if asset.status in (Status.MISSING, Status.LOST, Status.STOLEN):
        yield from move_problems(asset, Status.IN_STOCK)
    yield from time_problems(asset, at)
