"""Why a thing cannot leave the register as it stands, or come back to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assets.custody.rules import closed_problems, out_problems
from assets.life import move_problems
from assets.models import Asset, Status
from core.problems import Problem


def disposal_problems(asset: Asset) -> Iterator[Problem]:
    """Why it cannot be disposed of: it left already, somebody has it, or its status does not
    lead there."""
    for rule in (closed_problems, out_problems):
        if problems := list(rule(asset)):
            yield from problems
            return
    yield from move_problems(asset, Status.DISPOSED)


def reopen_problems(asset: Asset) -> Iterator[Problem]:
    """Only what was disposed is reopened."""
    if asset.status != Status.DISPOSED:
        yield Problem("not-disposed", _("It is not disposed."))
