"""Why an asset may not be moved, become something else or be found again just now."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from assets.custody.rules import closed_problems, time_problems
from assets.life import move_problems
from assets.many import first
from assets.models import Asset, AssetSpan, Status
from assets.models.status import ASTRAY, BACK, CLOSED
from core.problems import Problem
from core.two_times import spans


def here_problems(asset: Asset) -> Iterator[Problem]:
    """What is not missing, lost or stolen is not found again."""
    if asset.status not in ASTRAY:
        message = _("%(tag)s is not missing, lost or stolen.")
        yield Problem("not-missing", message % {"tag": asset.tag})


def found_problems(asset: Asset, at: datetime | None) -> Iterator[Problem]:
    """Found again only after it went missing."""
    if at is not None and at < spans.since(AssetSpan, asset.pk, "status"):
        message = _("%(tag)s went missing only later than that.")
        yield Problem("before-it-was-missing", message % {"tag": asset.tag}, "at")


def astray_problems(asset: Asset) -> Iterator[Problem]:
    """A thing that is missing, lost or stolen is nowhere: it is found again before it is moved."""
    if asset.status in ASTRAY:
        message = _("%(tag)s is %(status)s; say first that it was found again.")
        words = {"tag": asset.tag, "status": Status(asset.status).words}
        yield Problem("missing", message % words)


def carry_problems(asset: Asset) -> Iterator[Problem]:
    """Why an asset cannot be moved as it stands, wherever to."""
    yield from closed_problems(asset)
    yield from astray_problems(asset)


def status_problems(
    asset: Asset, there: Asset, to: Status, at: datetime | None
) -> Iterable[Problem]:
    """Why an asset may not become something else. `there`: as it stood then, where that is told of
    an earlier day."""
    return first(
        closed_problems(asset),
        _leaving_problems(to),
        time_problems(asset, at),
        closed_problems(there),
        move_problems(there, to),
        _held_problems(there, to),
    )


def _leaving_problems(to: Status) -> Iterator[Problem]:
    if to in CLOSED:
        message = _("This is an act of its own: dispose of it, or void it.")
        yield Problem("dispose-instead", message, "status")


def _held_problems(there: Asset, to: Status) -> Iterator[Problem]:
    if there.holder_id and to in BACK:
        yield Problem("assigned", _("It is checked out. Check it in first."), "status")


def turned_up_problems(asset: Asset, at: datetime | None) -> Iterable[Problem]:
    """Why an asset did not turn up, or not then."""
    return first(here_problems(asset), time_problems(asset, at), found_problems(asset, at))
