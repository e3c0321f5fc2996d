"""Why an asset may not be moved or found again just now."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from assets.custody.rules import closed_problems
from assets.models import Asset, AssetSpan, Status
from assets.models.status import ASTRAY
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
