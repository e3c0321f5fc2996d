"""The desk: what a scan means in a mode. State is plain data that a session can keep."""

from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets import actions
from assets.models import Asset, Place
from assets.models.status import ASTRAY
from assets.resolve import Resolved
from core.access import Actor
from people.models import Person, Room

State = dict[str, Any]
MODES = {
    "look": (gettext_lazy("Look up"), "assets.view_asset"),
    "out": (gettext_lazy("Check out"), "assets.assign_asset"),
    "in": (gettext_lazy("Check in"), "assets.return_asset"),
    "move": (gettext_lazy("Move to room"), "assets.move_asset"),
    "verify": (gettext_lazy("Seen"), "assets.verify_asset"),
    "tag": (gettext_lazy("Tag"), "assets.register_asset"),
}
ICONS = {"look": "search", "out": "user-plus", "in": "user-minus", "move": "arrows-move",
         "verify": "eye-check", "tag": "tag"}  # fmt: skip


def quoted(code: str) -> str:
    return quote(code, safe="")


def row(
    code: str,
    *,
    ok: bool,
    text: str,
    asset: Asset | None = None,
    undo: dict[str, Any] | None = None,
    choices: list[Asset] | None = None,
    unknown: bool = False,
    resolve: str = "",
) -> dict[str, Any]:
    """A line of the scan list; `resolve` is the act that does after all what was refused."""
    return {
        "code": code, "ok": ok, "text": text, "asset": asset.pk if asset else None,
        "tag": asset.tag if asset else "", "undo": undo, "unknown": unknown,
        "resolve": resolve,
        "choices": [{"pk": a.pk, "tag": a.tag, "name": str(a.product)} for a in choices or []],
    }  # fmt: skip


def unknown_text() -> str:
    """The same sentence for what is not there and for what is not yours."""
    return _("Nothing of your schools has this code.")


def target_of(state: State, by: Any) -> Person | Room | None:
    """The person or room that the next devices go to."""
    if not state["target"]:
        return None
    kind, pk = state["target"]
    model: Any = Person if kind == "person" else Room
    found: Person | Room | None = model.objects.visible_to(by).filter(pk=pk).first()
    return found


def take(state: State, found: Resolved, code: str, by: Actor) -> dict[str, Any]:
    """Do what a scan means. Raises the action's Problems."""
    if found.kind == "unknown":
        return row(code, ok=False, text=unknown_text(), unknown=True)
    if found.kind == "ambiguous":
        text = _("Several makes have this serial. Which one?")
        return row(code, ok=False, text=text, choices=found.choices)
    if found.person or found.room:
        return _target(state, found, code)
    asset = found.asset
    if asset is None:
        return row(code, ok=False, text=unknown_text(), unknown=True)
    return _ACTS[state["mode"]](state, asset, code, by)


def _target(state: State, found: Resolved, code: str) -> dict[str, Any]:
    wanted = {
        "out": found.person or found.room,
        "move": found.room,
        "in": found.room,
        "verify": found.room,
    }
    if wanted.get(state["mode"]) is None:
        name = found.person.name if found.person else _("Room %s") % found.room
        return row(code, ok=False, text=_("%s is no device; scan a device here.") % name)
    if found.person:
        state["target"] = ["person", found.person.pk]
        text = _("%s: now scan the device.") % found.person.name
    else:
        state["target"] = ["room", found.room.pk]  # type: ignore[union-attr]
        text = _("Room %s: now scan the devices.") % found.room
    return row(code, ok=True, text=text)


def _look(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    return row(code, ok=True, text=str(asset.product), asset=asset)


def _out(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    to = target_of(state, by)
    if isinstance(to, Room):
        return _move(state, asset, code, by)
    if to is None:
        return row(code, ok=False, text=_("Scan the person's card first."), asset=asset)
    was = {"room": asset.room_id}
    actions.assign_asset(asset, to=to, by=by)
    text = _("%(tag)s handed to %(name)s") % {"tag": asset.tag, "name": to.name}
    return row(code, ok=True, text=text, asset=asset, undo={"act": "return", **was})


def hand_over(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    """Check it in from whoever has it and hand it to the person at the desk, in one act."""
    to = target_of(state, by)
    if not isinstance(to, Person):
        return row(code, ok=False, text=_("Scan the person's card first."), asset=asset)
    before = asset.holder
    actions.hand_over_asset(asset, to=to, by=by)
    words = {"tag": asset.tag, "name": to.name, "before": before.name if before else "–"}
    text = _("%(tag)s checked in from %(before)s and handed to %(name)s") % words
    undo = {"act": "over", "person": before.pk} if before else {"act": "none"}
    return row(code, ok=True, text=text, asset=asset, undo=undo)


def _in(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    holder = asset.holder
    back = actions.return_asset(asset, by=by, room=room if isinstance(room, Room) else None)
    text = _("%(tag)s checked in from %(name)s") % {
        "tag": asset.tag,
        "name": holder.name if holder else "–",
    }
    if back.room:
        text = _("%(done)s to %(room)s") % {"done": text, "room": back.room}
    if back.place == Place.UNPLACED:
        text = _("%s; it has no home room: move it to where it is") % text
    undo = {"act": "assign", "person": holder.pk} if holder else {"act": "none"}
    return row(code, ok=True, text=text, asset=asset, undo=undo)


def _move(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    if not isinstance(room, Room):
        return row(code, ok=False, text=_("Scan the room's code first."), asset=asset)
    before = asset.room_id
    if asset.status in ASTRAY:
        actions.find_again(asset, by=by, room=room)
        text = _("%(tag)s was found again; it is in %(room)s")
        return row(code, ok=True, text=text % {"tag": asset.tag, "room": room}, asset=asset,
                   undo={"act": "none"})  # fmt: skip
    actions.move_asset(asset, to=room, by=by)
    text = _("%(tag)s is in %(room)s") % {"tag": asset.tag, "room": room}
    undo = {"act": "move", "room": before} if before else {"act": "none"}
    return row(code, ok=True, text=text, asset=asset, undo=undo)


def _verify(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    if astray := asset.status in ASTRAY:  # who sees it has found it
        actions.find_again(asset, by=by, room=room if isinstance(room, Room) else None)
    actions.verify_asset(asset, by=by, room=room if isinstance(room, Room) else None)
    text = (_("%s was found again and seen") if astray else _("%s seen")) % asset.tag
    if not astray and isinstance(room, Room) and asset.room_id not in (None, room.pk):
        text = _("%(tag)s seen here; the register has it in %(room)s") % {
            "tag": asset.tag, "room": asset.room,
        }  # fmt: skip
    return row(code, ok=True, text=text, asset=asset, undo={"act": "none"})


def _tag(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    return row(code, ok=False, text=_("%s is registered already.") % asset.tag, asset=asset)


_ACTS = {"look": _look, "out": _out, "in": _in, "move": _move, "verify": _verify, "tag": _tag}


def last_act(state: State) -> dict[str, Any] | None:
    """The newest line that did something and was not undone."""
    return next((line for line in state["rows"] if line.get("undo")), None)


def undo(state: State, by: Actor) -> dict[str, Any]:
    """Undo the last act by the opposite act, recorded as its own. Never an act before it: what
    was meant is the last one, and where that cannot be undone the list says so."""
    line = last_act(state)
    if line is None:
        return row("UNDO", ok=False, text=_("There is nothing to undo."))
    plan = line["undo"]
    asset = Asset.objects.visible_to(by).get(pk=line["asset"])
    if plan["act"] == "return":
        room = Room.objects.visible_to(by).filter(pk=plan["room"]).first()
        actions.return_asset(asset, by=by, room=room)
        text = _("Undone: %(tag)s is not handed out any more")
        name = ""
    elif plan["act"] in ("assign", "over"):
        to = Person.objects.visible_to(by).get(pk=plan["person"])
        act = actions.hand_over_asset if plan["act"] == "over" else actions.assign_asset
        act(asset, to=to, by=by)
        text, name = _("Undone: %(tag)s is with %(name)s again"), to.name
    elif plan["act"] == "move":
        room = Room.objects.visible_to(by).get(pk=plan["room"])
        actions.move_asset(asset, to=room, by=by)
        text, name = _("Undone: %(tag)s is in %(name)s again"), str(room)
    else:
        return row("UNDO", ok=False, text=_("This cannot be undone here: %s") % line["text"])
    line["undo"] = None
    return row("UNDO", ok=True, text=text % {"tag": asset.tag, "name": name}, asset=asset)


def notice(found: Resolved, code: str) -> str:
    """What to know about a code that led to a thing by another way than its own tag or serial."""
    if found.asset is None:
        return ""
    words = {"code": code, "tag": found.asset.tag}
    if found.notice == "also-a-serial":
        return _("%(code)s is the serial number of another asset, too; this one has it as its tag.") % words  # fmt: skip
    if found.notice == "old-code":
        return _("%(code)s is another code of %(tag)s.") % words
    return ""
