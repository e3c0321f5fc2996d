"""Things that a list has in stock, or in a room, and the register with somebody: as after a
summer's collection. Whether they were checked in is asked once, and not guessed."""

from django.utils.translation import gettext as _

from assets.models import Asset, Status
from assets.target import target_problems
from core.access import Actor
from integrations.kinds.assets.questions import HELD, RETURNED
from integrations.kinds.assets.row import AssetPlan
from integrations.kinds.assets.told import tell_of
from integrations.kinds.rows.changes import change
from people.models import Room


def comes_in(plan: AssetPlan, asset: Asset, new: Status, by: Actor) -> bool:
    """Whether a row that says that nobody has a thing, which a person has, is asked about: whether
    it is checked in, to the room that the row names or else to its own."""
    v = plan.values
    if v.holder_row is not None or asset.person_id is None:
        return False
    if v.room_row is not None:
        return plan.chose(HELD, *about_room(asset, v.room_row)) != "keep"
    _ask(plan, asset, new, by)
    return True


def about_room(asset: Asset, room: Room) -> tuple[object, ...]:
    """What is asked about where a row gives a thing, that a person has, to a room."""
    return asset.pk, asset.person_id, room.pk


def _ask(plan: AssetPlan, asset: Asset, new: Status, by: Actor) -> None:
    message = _("%(thing)s: somebody has it, and the row says %(status)s. Did it come back?")
    words = {"thing": tell_of(plan, asset, by), "status": new.words}
    choice = plan.ask(RETURNED, "status", message % words, asset.pk, asset.person_id, new)
    if choice == "check_in":
        check_in(plan, asset)
        home = asset.home_room
        for problem in target_problems(by, "assets.return_asset", [home]) if home else ():
            plan.refuse("status", problem.message)
    elif choice == "keep":
        plan.changes.status, plan.values.status = None, None
        plan.warnings.append(_("It stays with whoever has it: the status is not taken over."))


def check_in(plan: AssetPlan, asset: Asset) -> None:
    """Whoever has it gives it back; where it goes the row says, else its home room."""
    old = asset.holder.local_id if asset.holder else ""
    plan.changes.holder = change(asset.holder_id, None, shown=(old, ""))
    plan.values.holder_before = old
