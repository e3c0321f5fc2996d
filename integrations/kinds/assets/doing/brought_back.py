"""As what a void thing comes back by a row: as it stood, and as the row says beyond that. What its
acts will be refused then is refused in the preview."""

from collections.abc import Iterator
from copy import copy

from django.utils.translation import gettext as _

from assets.custody.rules import closed_problems, hand_out_problems, out_problems
from assets.life import move_problems
from assets.models import Asset, Status
from assets.models.status import BACK, CLOSED
from assets.places.rules import astray_problems
from core.problems import Problem
from integrations.kinds.assets.doing.state import status_of
from integrations.kinds.assets.past.back import Back, back_problems
from integrations.kinds.assets.reading.standing import IN_STOCK
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.rows.changes import change


def comes_back(plan: AssetPlan, asset: Asset, back: Back) -> None:
    """Note the status that it has then, and refuse what its rules would refuse."""
    v = plan.values
    if not v.status and v.out_to in ("person", "place") and back.status in IN_STOCK:
        v.status = Status.IN_USE  # as what is new, or here
    new = status_of(v) or (Status.IN_USE if _handed(plan, back) else back.status)
    shown = (Status.VOID.label, Status(new).label)
    plan.changes.status = change(Status.VOID, new, shown=shown)
    for problem in (*back_problems(v, back), *_act_problems(plan, _again(asset, back), back)):
        plan.refuse(problem.field or "", problem.message)


def closed_again(plan: AssetPlan, asset: Asset, back: Back) -> Iterator[Problem]:
    """What had left when it was voided has left again: it goes nowhere, and nobody sees it."""
    if plan.changes.shown().keys() & {"room", "holder", "last_verified_on"}:
        yield from closed_problems(_again(asset, back))


def _again(asset: Asset, back: Back) -> Asset:
    """The thing (not saved) as it stands once it is void no more."""
    there = copy(asset)
    there.status, there.holder_id = back.status, back.holder
    return there


def _handed(plan: AssetPlan, back: Back) -> bool:
    """Whether it is handed to somebody who does not have it again by coming back."""
    holder = plan.values.holder_row
    return holder is not None and holder.pk != back.holder


def _act_problems(plan: AssetPlan, there: Asset, back: Back) -> Iterator[Problem]:
    """Why it cannot be handed out, become what the row says, or go where it says, one after the
    other as the row is applied."""
    wanted, handed = status_of(plan.values), _handed(plan, back)
    if handed and there.status not in CLOSED:
        yield from hand_out_problems(there, plan.values.holder_row)
        there.status = Status.IN_USE
    if wanted and wanted != there.status:
        if wanted in CLOSED:
            message = _("Dispose of it on its page: that is an act of its own.")
            yield Problem("dispose-instead", message, "status")
        else:
            yield from move_problems(there, Status(wanted))
            if wanted in BACK:
                yield from out_problems(there)
        return
    room = plan.values.room_row
    moves = room is not None and (back.room is None or room.pk != back.room.pk)
    if moves and not handed:
        yield from astray_problems(there)
