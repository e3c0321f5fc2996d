"""Undo at the desk: the opposite of the last act, where nobody acted on the thing since."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import actions
from assets.desk import State, row, version_of
from assets.models import Asset
from core.access import Actor
from core.problems import Problem, refuse_if
from people.models import Person, Room
from people.naming import called


def last_act(state: State) -> dict[str, Any] | None:
    """The newest line that did something and was not undone."""
    return next((line for line in state["rows"] if line.get("undo")), None)


def undo(state: State, by: Actor, shown: str = "") -> dict[str, Any]:
    """Undo the last act by the opposite act, recorded as its own. Never an act before it: what
    was meant is the last one, and where that cannot be undone the list says so.

    Refused where somebody acted on the thing since (its version is not the one that the act
    left), and where the page that asks (`shown`: asset and version) knew another last act."""
    line = last_act(state)
    if line is None:
        return row("UNDO", ok=False, text=_("There is nothing to undo."))
    if shown and shown != token(line):
        return row("UNDO", ok=False, text=_("Something else was done here since this page was shown. Look at the list again."))  # fmt: skip
    if line["undo"]["act"] == "none":
        return row("UNDO", ok=False, text=_("This cannot be undone here: %s") % line["text"])
    with transaction.atomic():
        # Another desk may act on it this moment: one of us waits, and sees what the other did.
        asset = Asset.objects.visible_to(by).for_change(line["asset"])
        if asset.version != line["undo"].get("version"):
            message = _("Somebody did something with %(tag)s since. Look at its page; nothing was undone.")  # fmt: skip
            refuse_if([Problem("changed-since", message % {"tag": asset.tag}, "asset")])
        text = _take_back(asset, line["undo"], by)
        if text:
            _as_before(state, line, version_of(asset.pk))
    if not text:
        return row("UNDO", ok=False, text=_("This cannot be undone here: %s") % line["text"])
    return row("UNDO", ok=True, text=text, asset=asset)


def token(line: dict[str, Any]) -> str:
    """The act that a page's Undo means: its thing and the version that it left."""
    return f"{line['asset']}:{line['undo'].get('version')}"


def _take_back(asset: Asset, plan: dict[str, Any], by: Actor) -> str:
    """Do the opposite; what to say, empty where there is none."""
    if plan["act"] == "return":
        room = Room.objects.visible_to(by).filter(pk=plan["room"]).first()
        actions.return_asset(asset, by=by, room=room)
        return _("Undone: %s is not handed out any more") % asset.tag
    if plan["act"] in ("assign", "over"):
        to = Person.objects.visible_to(by).get(pk=plan["person"])
        act = actions.hand_over_asset if plan["act"] == "over" else actions.assign_asset
        act(asset, to=to, by=by)
        return _("Undone: %(tag)s is with %(name)s again") % {
            "tag": asset.tag,
            "name": called(to, asset, by),
        }
    if plan["act"] == "move":
        room = Room.objects.visible_to(by).get(pk=plan["room"])
        actions.move_asset(asset, to=room, by=by)
        return _("Undone: %(tag)s is in %(name)s again") % {"tag": asset.tag, "name": room}
    return ""


def _as_before(state: State, line: dict[str, Any], now: int) -> None:
    """The thing is as it was before the undone act, so the act before that stands once more."""
    before, line["undo"] = line["undo"].get("before"), None
    for other in state["rows"]:
        plan = other.get("undo")
        if plan and other["asset"] == line["asset"] and plan.get("version") == before:
            plan["version"] = now
