"""What a row would change of where a thing is, who has it and what it is: and why it may not."""

from django.utils.translation import gettext as _

from assets.custody.rules import (
    assignment_problems,
    holder_problems,
    place_problems,
)
from assets.life import move_problems
from assets.models import Asset, Status
from assets.models.status import CLOSED
from assets.places.rules import astray_problems
from assets.target import target_problems
from core.access import Actor
from integrations.kinds.assets.doing.returned import about_room, check_in, comes_in
from integrations.kinds.assets.questions import AWAY, HELD
from integrations.kinds.assets.row import AssetPlan, AssetRow
from integrations.kinds.assets.told import tell_of
from integrations.kinds.rows.changes import change
from people.rules.places import school_problems


def status_of(values: AssetRow) -> str:
    """What a row says of the status, empty for nothing: what somebody holds is in use."""
    status = str(values.status or "")
    if values.holder_row and status in (Status.IN_STOCK, Status.RECEIVED):
        return Status.IN_USE
    return status


def compare_state(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    """Note what becomes of its status, place and holder; refuse what their rules would refuse."""
    v = plan.values
    status = status_of(v)
    closed = asset.status in CLOSED
    if status and status != asset.status and asset.status != Status.VOID:
        new = Status(status)
        plan.changes.status = change(
            asset.status, new, shown=(asset.get_status_display(), new.label)
        )
        if new in CLOSED and not closed:
            plan.refuse("status", _("Dispose of it on its page: that is an act of its own."))
        elif not closed:
            for problem in move_problems(asset, new):
                plan.refuse("status", problem.message)
            out = asset.holder_id and new in (Status.IN_STOCK, Status.SURPLUS)
            if out and not comes_in(plan, asset, new, by):
                plan.refuse("status", _("It is checked out. Check it in first."))
    if status in CLOSED and closed:
        return  # it left: where it was, and with whom, is no longer so
    _place(plan, asset, closed, by)


def _place(plan: AssetPlan, asset: Asset, closed: bool, by: Actor) -> None:
    v = plan.values
    room, school = v.room_row, v.school_row
    if room is not None and asset.person_id and not v.holder_row and not closed:
        # A list of rooms that is older than the hand-out must not take it from anybody.
        message = _("%(thing)s: somebody has it; a room would take it from them.")
        words = {"thing": tell_of(plan, asset, by)}
        choice = plan.ask(HELD, "room", message % words, *about_room(asset, room))
        if choice == "check_in" and asset.holder_id:
            check_in(plan, asset)
        elif choice != "check_in":
            v.room_row = None
            return
    if room is not None and room.pk != asset.room_id:
        plan.changes.room = change(asset.room_id, room, shown=(asset.room or "", room))
        problems = [] if closed else list(place_problems(asset, room, v.listed_at))
        problems += target_problems(by, "assets.move_asset", [room])
        if plan.changes.status is None:
            problems += astray_problems(asset)
        for problem in problems:
            plan.refuse("room", problem.message)
    elif room is None and _of_another_school(plan, asset, by):
        plan.changes.school = change(asset.school_id, school, shown=(asset.school, school))
        plan.changes.leaves(asset.room_id)  # it leaves the rooms of the wrong school
        for problem in (
            *school_problems(school),
            *target_problems(by, "assets.correct_asset", [school], "school"),
        ):
            plan.refuse("school", problem.message)
    holder = v.holder_row
    if holder is not None and holder.pk != asset.holder_id:
        old = asset.holder.local_id if asset.holder else ""
        plan.changes.holder = change(asset.holder_id, holder, shown=(old, holder.local_id))
        plan.values.holder_before = old
        plan.changes.leaves(asset.room_id)  # handing it out takes it along
        problems = []
        if asset.holder_id is not None:
            problems = list(holder_problems(holder))
        elif not closed:
            problems = list(assignment_problems(asset, holder, v.loaned_at))
        for problem in problems:
            plan.refuse("holder", problem.message)


def _of_another_school(plan: AssetPlan, asset: Asset, by: Actor) -> bool:
    """Whether the row, which names no room, puts the thing into another school. A list that does
    not say who has a thing must not take it to a school that they are not of; what leaves its
    room is told so."""
    v = plan.values
    if not v.school or v.school_row.pk == asset.school_id:
        return False
    words = {"thing": tell_of(plan, asset, by), "school": v.school_row, "room": asset.room}
    if asset.holder_id and v.holder_row is None:
        message = _(
            "%(thing)s: somebody has it; this row, which does not say who, is of %(school)s."
        )
        about = (asset.pk, asset.holder_id, v.school_row.pk)
        return plan.ask(AWAY, "school", message % words, *about) == "correct"
    if asset.room_id and v.holder_row is None:
        message = _("It leaves %(room)s, since the row names no room of %(school)s.")
        plan.warnings.append(message % words)
    return True
