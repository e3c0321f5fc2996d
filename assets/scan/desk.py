"""The desk: what a scan means in a mode. State is plain data that a session can keep."""

from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.utils.translation import gettext as _

from assets import actions
from assets.codes.resolve import Meaning, Resolved
from assets.mistakes.standing import Standing
from assets.models import Asset, Place
from assets.models.status import ASTRAY
from assets.scan import again
from assets.scan.target import State, aim, doubt, may_be_next, target_of
from core.access import SYSTEM, Actor
from core.problems import Problem, refuse_if
from people.models import Person, Room
from people.naming import called


def quoted(code: str) -> str:
    return quote(code, safe="")


def row(
    code: str,
    *,
    ok: bool,
    text: str,
    asset: Asset | None = None,
    undo: dict[str, Any] | None = None,
    choices: list[Meaning] | None = None,
    unknown: bool = False,
    resolve: str = "",
) -> dict[str, Any]:
    """A line of the scan list; `resolve` is the act that does after all what was refused, with the
    thing of the version that it was refused for."""
    return {
        "code": code,
        "ok": ok,
        "text": text,
        "asset": asset.pk if asset else None,
        "tag": asset.tag if asset else "",
        "undo": undo,
        "unknown": unknown,
        "resolve": resolve,
        "version": asset.version if asset and resolve else None,
        "choices": [_choice(m) for m in choices or []],
    }


def unknown_row(state: State, code: str) -> dict[str, Any]:
    """The line of a code that leads to nothing: it may have been a card or a room."""
    said = doubt(state)
    return row(code, ok=False, text=unknown_text(), unknown=True) | {"notice": said}


def _choice(meaning: Meaning) -> dict[str, str]:
    """One of several that a code may mean, as its button says it."""
    thing = meaning.thing
    if isinstance(thing, Asset):
        said = f"{thing.product} · {thing.tag}"
        if meaning.how == "serial":
            said = _("%(thing)s (serial %(serial)s)") % {"thing": said, "serial": thing.serial}
    elif isinstance(thing, Person):
        said = _("Person: %s") % f"{thing.name} · {thing.local_id}"
    else:
        said = _("Room: %s") % f"{thing} · {thing.school}"
    return {"pick": meaning.key, "kind": meaning.kind, "name": str(said)}


def _question(found: Resolved, code: str) -> str:
    """What to ask where a code may mean several."""
    if found.kind == "alike":
        there = ", ".join(
            m.thing.local_id if isinstance(m.thing, Person) else getattr(m.thing, "tag", "")
            for m in found.choices
        )
        message = _(
            "Nothing has the code %(code)s, but it looks like %(there)s, with other zeros. "
            "Which one?"
        )
        return message % {"code": code, "there": there}
    if all(m.how == "serial" for m in found.choices):
        return _("Several makes have this serial. Which one?")
    return _("%s has more than one meaning. Which one?") % code


def unknown_text() -> str:
    """The same sentence for what is not there and for what is not yours."""
    return _("Nothing of your schools has this code.")


def take(state: State, found: Resolved, code: str, by: Actor) -> dict[str, Any]:
    """Do what a scan means. Raises the action's Problems."""
    if found.choices:
        alike = found.kind == "alike"
        if may_be_next(state, found.choices, alike=alike):
            doubt(state, held=True)
        text = _question(found, code)
        return row(code, ok=False, text=text, choices=found.choices, unknown=alike)
    if found.person or found.room:
        return _target(state, found, code)
    if found.asset is None:
        return unknown_row(state, code)
    return act(_ACTS[state["mode"]], state, found.asset, code, by)


def act(do: Any, state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    """One act on a thing, and between which versions of it: an undo stands on the later one."""
    with transaction.atomic():
        # Another desk may act on it between our act and our look at the version that it left.
        asset = Asset.objects.visible_to(by).for_change(asset.pk)
        before, was = asset.version, Standing.of(asset).plain()
        line: dict[str, Any] = do(state, asset, code, by)
        version = version_of(asset.pk)
        line["left"] = again.left_at(state, version)
        if line["undo"] and line["undo"]["act"] != "none":
            line["undo"] |= {"was": was, "before": before, "version": version}
    return line


def version_of(pk: int) -> int:
    # It may have left the actor's schools by the very act.
    return Asset.objects.visible_to(SYSTEM).values_list("version", flat=True).get(pk=pk)


def _target(state: State, found: Resolved, code: str) -> dict[str, Any]:
    wanted = {
        "out": found.person or found.room,
        "move": found.room,
        "in": found.room,
        "verify": found.room,
    }
    target = wanted.get(state["mode"])
    if target is None:
        name = found.person.name if found.person else _("Room %s") % found.room
        return row(code, ok=False, text=_("%s is no device; scan a device here.") % name)
    aim(state, target)
    if isinstance(target, Person):
        text = _("%s: now scan the device.") % target.name
    else:
        words = {"room": target, "school": target.school}
        text = _("Room %(room)s, %(school)s: now scan the devices.") % words
    return row(code, ok=True, text=text)


def _look(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    return row(code, ok=True, text=str(asset.product), asset=asset)


def _out(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    to = target_of(state, by)
    if isinstance(to, Room):
        return _move(state, asset, code, by)
    if to is None:
        return row(code, ok=False, text=_("Scan the person's card first."), asset=asset)
    actions.assign_asset(asset, to=to, by=by)
    text = _("%(tag)s handed to %(name)s") % {"tag": asset.tag, "name": to.name}
    return row(code, ok=True, text=text, asset=asset, undo={"act": "return"})


def hand_over(state: State, asset: Asset, code: str, by: Actor, seen: int | None) -> dict[str, Any]:
    """Check it in from whoever has it and hand it to the person at the desk, in one act; `seen` is
    the version of the (locked) thing whose holder the page named."""
    to = target_of(state, by)
    if not isinstance(to, Person):
        return row(code, ok=False, text=_("Scan the person's card first."), asset=asset)
    if asset.version != seen:
        message = _("Somebody did something with %(tag)s since this page was shown.")
        refuse_if([Problem("changed-since", message % {"tag": asset.tag}, "asset")])
    before = asset.holder
    actions.hand_over_asset(asset, to=to, by=by)
    words = {"tag": asset.tag, "name": to.name, "before": called(before, asset, by) or "–"}
    text = _("%(tag)s checked in from %(before)s and handed to %(name)s") % words
    undo = {"act": "assign"} if before else {"act": "none"}
    return row(code, ok=True, text=text, asset=asset, undo=undo)


def _in(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    holder = asset.holder
    back = actions.return_asset(asset, by=by, room=room if isinstance(room, Room) else None)
    text = _("%(tag)s checked in from %(name)s") % {
        "tag": asset.tag,
        "name": called(holder, asset, by) or "–",
    }
    if back.room:
        text = _("%(done)s to %(room)s") % {"done": text, "room": back.room}
    if back.place == Place.UNPLACED:
        text = _("%s; it has no home room: move it to where it is") % text
    undo = {"act": "assign"} if holder else {"act": "none"}
    return row(code, ok=True, text=text, asset=asset, undo=undo)


def _move(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    if not isinstance(room, Room):
        return row(code, ok=False, text=_("Scan the room's code first."), asset=asset)
    if asset.status in ASTRAY:
        actions.find_again(asset, by=by, room=room)
        text = _("%(tag)s was found again; it is in %(room)s")
        return row(
            code,
            ok=True,
            text=text % {"tag": asset.tag, "room": room},
            asset=asset,
            undo={"act": "none"},
        )
    actions.move_asset(asset, to=room, by=by)
    text = _("%(tag)s is in %(room)s") % {"tag": asset.tag, "room": room}
    return row(code, ok=True, text=text, asset=asset, undo={"act": "move"})


def _verify(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    room = target_of(state, by)
    astray = asset.status in ASTRAY  # who sees it has found it
    see = actions.find_and_verify if astray else actions.verify_asset
    see(asset, by=by, room=room if isinstance(room, Room) else None)
    text = (_("%s was found again and seen") if astray else _("%s seen")) % asset.tag
    if not astray and isinstance(room, Room) and asset.room_id not in (None, room.pk):
        text = _("%(tag)s seen here; the register has it in %(room)s") % {
            "tag": asset.tag,
            "room": asset.room,
        }
    return row(code, ok=True, text=text, asset=asset, undo={"act": "none"})


def _tag(state: State, asset: Asset, code: str, by: Actor) -> dict[str, Any]:
    return row(code, ok=False, text=_("%s is registered already.") % asset.tag, asset=asset)


_ACTS = {"look": _look, "out": _out, "in": _in, "move": _move, "verify": _verify, "tag": _tag}


def notice(found: Resolved, code: str) -> str:
    """What to know about a code that led to a thing by another way than its own tag or serial."""
    if found.room and found.notice == "old-code":
        said = _("%(code)s is an old code of this room: print the one on its page.")
        return said % {"code": code}
    if found.asset is None:
        return ""
    words = {"code": code, "tag": found.asset.tag}
    if found.notice == "also-a-serial":
        return (
            _("%(code)s is the serial number of another asset, too; this one has it as its tag.")
            % words
        )
    if found.notice == "old-code":
        return _("%(code)s is another code of %(tag)s.") % words
    return ""
