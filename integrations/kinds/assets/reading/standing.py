"""Whether a row's status and whoever it says has the thing agree. Nothing comes in as in stock that
is out, and where the two contradict each other the row says what it was taken for, or is asked
about."""

from django.utils.translation import gettext as _

from assets.custody.rules import HELD
from assets.models import Asset, Status
from integrations.kinds.assets.questions import STANDING
from integrations.kinds.assets.row import AssetPlan
from integrations.words import LENT, fold

#: What lies in stock, or was taken in: a person beside it says that it is out.
IN_STOCK = (Status.IN_STOCK, Status.RECEIVED)


def said_out(plan: AssetPlan) -> None:
    """A row that says to whom or what its thing is out must say who or where: otherwise it would
    come in as in stock."""
    v = plan.values
    out = v.out_to
    if out == "person" and not v.names_holder:
        plan.refuse("holder", _("The row says that a person has it, and not who."))
    elif out == "place" and not v.room:
        plan.refuse("room", _("The row says that it is out to a place, and not to which."))
    elif out == "thing":
        plan.refuse("out_to", _("It is out to another item. Say in which room or with whom it is."))


def _lent(plan: AssetPlan, asset: Asset | None, word: str) -> None:
    """A row whose status, or whose day, says that somebody has the thing names them or its room:
    or they have it here already."""
    v = plan.values
    here = (Status.IN_STOCK, Status.RECEIVED, Status.IN_USE, "")
    said = fold(word) in LENT or (v.loaned_on is not None and (v.status or "") in here)
    if not said or v.out_to is not None or v.holder_row:
        return
    if v.room_row is not None:
        v.out_to = "place"
        if asset is None or asset.status != Status.IN_USE:
            plan.warnings.append(
                _(
                    "The row says that somebody has it, and not who: it is taken as in use "
                    "in its room."
                )
            )
    elif asset is None or asset.person_id is None:
        plan.refuse("holder", _("The row says that somebody has it, and not who."))


def not_in_stock(plan: AssetPlan, asset: Asset | None, word: str) -> None:
    """What is out is in use, whatever else the row leaves open: nothing comes in, or stays, as in
    stock without a word that says so. `word`: the row's word for its status."""
    v = plan.values
    _lent(plan, asset, word)
    if v.out_to in ("person", "place"):
        now = v.status or (asset.status if asset is not None else Status.IN_STOCK)
        if now in IN_STOCK:
            v.status = Status.IN_USE
    silent = asset is None and "status" in plan.silent and v.status is None
    if silent and not v.holder_row:
        plan.refuse("status", _("Its status says nothing, and it is new here: give it one."))
    agree(plan, asset)


def agree(plan: AssetPlan, asset: Asset | None) -> None:
    """A status beside a person, or one that says that somebody has it beside nobody: the row says
    what it is taken for. Where it could be either, somebody is asked. Beside what the register says
    already, nothing is."""
    v = plan.values
    status = v.status or ""
    if v.holder_row is None:
        if status == Status.IN_USE and v.room_row is None and _nowhere(asset):
            plan.warnings.append(
                _(
                    "It is in use, and the row says neither with whom nor where: it is "
                    "taken as with nobody and in no room."
                )
            )
        return
    if status in IN_STOCK:
        message = _("The row says %s, and who has it: it is taken as in use, with them.")
        plan.warnings.append(message % Status(status).words)
    elif status and status not in HELD and status != Status.VOID:
        _nobody_has(plan, asset, Status(status))


def _nowhere(asset: Asset | None) -> bool:
    return asset is None or (
        asset.status != Status.IN_USE and asset.room_id is None and asset.holder_id is None
    )


def _nobody_has(plan: AssetPlan, asset: Asset | None, status: Status) -> None:
    v = plan.values
    if asset is not None and asset.status == status and asset.holder_id is None:
        choice = "status"  # it is so here
    else:
        message = _("The row says %s, which nobody has, and who has it.")
        about = (asset.pk if asset else None, status, v.holder_row and v.holder_row.pk)
        choice = plan.ask(STANDING, "status", message % status.words, *about)
    if choice == "person":
        v.status = Status.IN_USE
    elif choice == "status":
        v.not_holder, v.holder_row = v.holder_row, None
        message = _("It is %s: that somebody has it is not taken over.")
        plan.warnings.append(message % status.words)
