"""Undo at the desk: the thing stands as before the last act, where nobody acted on it since."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets import actions
from assets.mistakes.standing import Standing
from assets.models import Asset, Assignment
from assets.scan.desk import row, version_of
from assets.scan.target import State
from core.access import Actor
from core.problems import Problem, refuse_if
from people.naming import called


def last_act(state: State) -> dict[str, Any] | None:
    """The newest line that did something and was not undone."""
    return next((line for line in state["rows"] if line.get("undo")), None)


def undo(state: State, by: Actor, shown: str = "") -> dict[str, Any]:
    """Undo the last act: its thing stands as before, recorded as an act of its own. Never an act
    before it: what was meant is the last one, and where that cannot be undone the list says so.

    Refused where somebody acted on the thing since (its version is not the one that the act
    left), and where the page that asks (`shown`: asset and version) knew another last act."""
    line = last_act(state)
    if line is None:
        return row("UNDO", ok=False, text=_("There is nothing to undo."))
    if shown and shown != token(line):
        return row(
            "UNDO",
            ok=False,
            text=_(
                "Something else was done here since this page was shown. Look at the list again."
            ),
        )
    if line["undo"]["act"] == "none":
        return row("UNDO", ok=False, text=_("This cannot be undone here: %s") % line["text"])
    with transaction.atomic():
        # Another desk may act on it this moment: one of us waits, and sees what the other did.
        asset = Asset.objects.visible_to(by).for_change(line["asset"])
        if asset.version != line["undo"].get("version"):
            message = _(
                "Somebody did something with %(tag)s since. Look at its page; nothing was undone."
            )
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
    """Let it stand as before the act; what to say, empty where that was not kept."""
    if "was" not in plan:
        return ""
    was = Standing.read(plan["was"])
    if was.holder_id and was.holder_id != asset.holder_id:
        was = replace(was, due_on=_due(asset, was.holder_id))
    back = actions.put_back(asset, was, by=by)
    words = {"tag": back.tag}
    if plan["act"] == "return":
        return _("Undone: %(tag)s is not handed out any more") % words
    if plan["act"] == "move" and back.room:
        return _("Undone: %(tag)s is in %(name)s again") % (words | {"name": back.room})
    if with_ := back.holder or back.person:
        return _("Undone: %(tag)s is with %(name)s again") % (
            words | {"name": called(with_, back, by)}
        )
    return _("Undone: %(tag)s is where it was: %(place)s") % (
        words | {"place": back.get_place_display()}
    )


def _due(asset: Asset, holder: int) -> date | None:
    """When the loan was due that the act ended: their last, since nobody acted on it after that."""
    ended = Assignment.objects.filter(asset=asset, person=holder).exclude(closed_at=None)
    return ended.order_by("-closed_at", "-pk").values_list("due_on", flat=True).first()


def _as_before(state: State, line: dict[str, Any], now: int) -> None:
    """The thing is as it was before the undone act, so the act before that stands once more."""
    before, line["undo"] = line["undo"].get("before"), None
    for other in state["rows"]:
        plan = other.get("undo")
        if plan and other["asset"] == line["asset"] and plan.get("version") == before:
            plan["version"] = now
