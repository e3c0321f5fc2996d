"""The scan page: codes in, rows out, kept in the session so that a reload loses nothing."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.codes.resolve import Resolved, picked, resolve
from assets.custody.acts import RETURN
from assets.models import Asset
from assets.scan import again, desk
from assets.scan import undo as desk_undo
from assets.scan.modes import MODES, mode_shown, modes_of
from assets.scan.rows import scans_html
from assets.scan.target import aim, answered, held_of, shown, target_of
from core.access import NAMES, require
from core.problems import ProblemError
from core.web.asked import number_asked
from funding import eyes
from people.models import Person, Room
from people.naming import called
from people.rules.commands import DONE, UNDO, is_command
from people.web import HouseRequest

KEPT = 200
#: What the lines of the desk's list hang on.
LOOKED_WITH = ("assets.view_asset", "people.view_person", "people.view_school", NAMES)


@require_http_methods(["GET", "POST"])
@login_required
def scan(request: HouseRequest) -> HttpResponse:
    """Scan in a mode. Each scan is its own short transaction; a refusal does not stop the queue.

    With JavaScript the answer is the desk alone; without, the page is loaded again."""
    require(request.user, "assets.view_asset")
    before = request.session.get("desk")
    start = _of_today(dict(before or {"mode": "look", "target": None, "rows": []}), request.user)
    state = dict(start)
    answer = _change(request, state)
    if answer is not None and before and "look" in request.POST:
        state = dict(start)  # the desk goes on where it was
    state["rows"] = state["rows"][:KEPT]
    if request.method == "POST" or state != start:  # to look at an empty desk writes nothing
        request.session["desk"] = state
    fragment = bool(request.htmx)
    if answer is not None:
        if fragment:  # the browser goes there itself: one page less to load
            return HttpResponse(headers={"HX-Redirect": answer["Location"]})
        return answer
    if request.method == "POST" and not fragment:
        return redirect("scan")
    context = {
        "state": state,
        "scans": scans_html(state["rows"]),
        "modes": modes_of(request.user),
        "target": target_of(state, request.user),
        "held": held_of(state, request.user),
        "now": next((r for r in state["rows"] if r.get("again")), next(iter(state["rows"]), None)),
        "may_register": request.user.has_perm(MODES["tag"].permission),
        "desk_shown": shown(state),
        "undoable": (last := desk_undo.last_act(state)) is not None,
        "shown": desk_undo.token(last) if last else "",
    }
    template = "assets/scan_desk.html" if fragment else "assets/scan.html"
    return render(request, template, context)


def _of_today(state: dict[str, Any], by: Any) -> dict[str, Any]:
    """The desk's list while its reader is shown all that they were shown when it was written. After
    that it begins anew: its lines tell of things and people by name."""
    now = eyes.eyes_of(by, LOOKED_WITH)
    if state["rows"] and not eyes.held([state.get("eyes", eyes.UNKNOWN)], by, LOOKED_WITH):
        text = _("Your rights changed, so the list of what was scanned began anew.")
        state["rows"] = []
        aim(state, None)
        _note(state, desk.row("…", ok=False, text=text))
    return state | {"eyes": now}


def _change(request: HouseRequest, state: dict[str, Any]) -> HttpResponse | None:
    """What was asked of the desk: another mode, another target, an empty list, one code."""
    chosen = request.POST.get("mode") or request.GET.get("mode")
    if "look" in request.POST:  # scanned on another page: shows the thing and never acts on it
        chosen = "look"
    if chosen in MODES and chosen != state["mode"]:
        require(request.user, MODES[chosen].permission)
        state["mode"] = chosen
        aim(state, None)
    if "clear" in request.POST:
        state["rows"] = []
        aim(state, None)
    if "half" in request.POST:  # a scan that was refused in the browser: nobody knows of what
        aim(state, None)
        text = _(
            "Only a part of a code was read, so nothing was done. Scan it again, and "
            "before an item also whom or what it goes to."
        )
        _note(state, desk.row("…", ok=False, text=text))
    models: dict[str, Any] = {"person": Person, "room": Room}
    for kind, model in models.items():  # from a person's or room's page: the scans go there
        if pk := number_asked(request.POST.get(kind)):
            aim(state, model.objects.visible_to(request.user).get(pk=pk))
    code = request.POST.get("code", "").strip()
    if not code:
        return None
    # Undo says itself what its page showed; what only looks, or ends a round, acts on nothing.
    acts = "look" not in request.POST and not is_command(code)
    if acts and (seen := request.POST.get("desk", "")) != shown(state):
        _note(state, _not_as_shown(state, seen, code))
        return None
    return _take(request, state, code)


def _not_as_shown(state: dict[str, Any], seen: str, code: str) -> dict[str, Any]:
    """A scan from a page that showed another mode, or another person or room: another tab changed
    it. The desk goes back to the mode of that page, to nobody and to no room: who scans on without
    a look acts for none of the two."""
    mode = mode_shown(seen)
    state["mode"] = mode or state["mode"]
    aim(state, None)
    text = _(
        "The desk does something else than this page showed, since another page or tab changed it. "
        "Nothing was done: look, and scan whom or what it goes to again."
    )
    return desk.row(code, ok=False, text=text)


def _take(request: HouseRequest, state: dict[str, Any], code: str) -> HttpResponse | None:
    """Take one code into the list; a look-up leads straight to what was found."""
    by = request.user
    response: HttpResponse
    if code.upper() == UNDO:
        _undo(state, by, request.POST.get("shown", ""))
        return None
    if code.upper() == DONE:
        aim(state, None)
        return None
    found, pick = resolve(code, by), request.POST.get("pick")
    if pick:
        found = picked(found, pick)
    if pick or [code] == [line["code"] for line in state["rows"][:1]]:
        answered(state)  # or asked of once more
    state.pop("held", None)  # scanned on without an answer: what was asked of may have been a card
    if state["mode"] == "tag" and found.kind == "unknown":
        response = redirect("asset-register")
        response["Location"] += "?code=" + desk.quoted(code)
        if like := request.session.get("like"):
            response["Location"] += f"&like={like}"
        return response
    if "look" in request.POST and found.kind == "unknown":  # typed on another page: a search
        response = redirect("search")
        response["Location"] += "?open=1&q=" + desk.quoted(code)
        return response
    if state["mode"] == "look" and (target := _page_of(found)):
        if said := desk.notice(found, code):
            messages.info(request, said)
        return target
    if (twin := again.twin_of(state, found.asset)) is not None:
        again.pulse(state, twin)
        return None
    _act(request, state, found, code)
    return None


def _act(request: HouseRequest, state: dict[str, Any], found: Resolved, code: str) -> None:
    """Do in the desk's mode what a code was found to mean, or say why not."""
    by = request.user
    try:
        if found.asset and request.POST.get("resolve") == "over":
            give = partial(desk.hand_over, seen=number_asked(request.POST.get("version")))
            line = desk.act(give, state, found.asset, code, by)
        else:
            line = desk.take(state, found, code, by)
        _note(state, {"notice": desk.notice(found, code)} | line)
    except ProblemError as error:
        text = " ".join(str(p.message) for p in error.problems)
        if found.asset and found.asset.holder:
            text += " " + _("It is with %s.") % called(found.asset.holder, found.asset, by)
        of_another = error.problems[0].code in ("assigned-already", "changed-since")
        out = state["mode"] == "out" and of_another and found.asset and found.asset.holder
        resolve_by = "over" if out and by.has_perm(RETURN.permission, found.asset) else ""
        line = desk.row(code, ok=False, text=text, asset=found.asset, resolve=resolve_by)
        _note(state, line)
    except Asset.DoesNotExist:
        _note(state, desk.unknown_row(state, code))


def _undo(state: dict[str, Any], by: Any, shown: str) -> None:
    try:
        _note(state, desk_undo.undo(state, by, shown))
    except ProblemError as error:  # somebody else changed it since
        text = " ".join(str(p.message) for p in error.problems)
        _note(state, desk.row("UNDO", ok=False, text=text))
    except ObjectDoesNotExist:  # the thing, the person or the room is not the desk's any more
        _note(state, desk.row("UNDO", ok=False, text=desk.unknown_text()))


def _page_of(found: Resolved) -> HttpResponse | None:
    if found.asset:
        return redirect("asset", pk=found.asset.pk)
    if found.person:
        return redirect("person", pk=found.person.pk)
    if found.room:
        return redirect("room", pk=found.room.pk)
    return None


def _note(state: dict[str, Any], row: dict[str, Any]) -> None:
    """Put a row on top. A refusal that says again what the one before said pulses that one."""
    first: dict[str, Any] = state["rows"][0] if state["rows"] else {}
    same = first.get("code") == row["code"] and first.get("text") == row["text"]
    again.pulse(state, first if same and not row["ok"] else None)
    if row["ok"] or not same:
        state["rows"].insert(0, row)
