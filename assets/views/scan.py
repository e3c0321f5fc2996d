"""The scan page: codes in, rows out, kept in the session so that a reload loses nothing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assets import desk
from assets.models import Asset
from assets.resolve import Resolved, resolve
from core.access import require
from core.problems import ProblemError

MODES = {
    "look": (gettext_lazy("Look up"), "assets.view_asset"),
    "out": (gettext_lazy("Check out"), "assets.assign_asset"),
    "in": (gettext_lazy("Check in"), "assets.return_asset"),
    "move": (gettext_lazy("Move to room"), "assets.move_asset"),
    "verify": (gettext_lazy("Seen"), "assets.verify_asset"),
    "tag": (gettext_lazy("Tag"), "assets.register_asset"),
}
KEPT = 200


@require_http_methods(["GET", "POST"])
@login_required
def scan(request: HttpRequest) -> HttpResponse:
    """Scan in a mode. Each scan is its own short transaction; a refusal does not stop the queue."""
    require(request.user, "assets.view_asset")
    state = request.session.get("desk") or {"mode": "look", "target": None, "rows": []}
    chosen = request.POST.get("mode") or request.GET.get("mode")
    if chosen in MODES and chosen != state["mode"]:
        require(request.user, MODES[chosen][1])
        state |= {"mode": chosen, "target": None}
    if "clear" in request.POST:
        state |= {"rows": [], "target": None}
    answer = None
    code = request.POST.get("code", "").strip()
    if code:
        answer = _take(request, state, code)
    request.session["desk"] = state | {"rows": state["rows"][:KEPT]}
    if answer is not None:
        return answer
    if request.method == "POST" and not getattr(request, "htmx", False):
        return redirect("scan")
    modes = [(k, label) for k, (label, perm) in MODES.items() if request.user.has_perm(perm)]
    context = {
        "state": state, "modes": modes, "target": desk.target_of(state, request.user),
        "now": state["rows"][0] if state["rows"] else None,
        "may_register": request.user.has_perm("assets.register_asset"),
        "undoable": any(r.get("undo") for r in state["rows"]),
    }  # fmt: skip
    return render(request, "assets/scan.html", context)


def _take(request: HttpRequest, state: dict[str, Any], code: str) -> HttpResponse | None:
    """Take one code into the list; a look-up leads straight to what was found."""
    by: Any = request.user
    if code.upper() == "UNDO":
        _note(state, desk.undo(state, by))
        return None
    if code.upper() == "DONE":
        state["target"] = None
        return None
    found = resolve(code, by)
    if state["mode"] == "tag" and found.kind == "unknown":
        response: HttpResponse = redirect("asset-register")
        response["Location"] += "?code=" + desk.quoted(code)
        return response
    if state["mode"] == "look" and (target := _page_of(found)):
        return target
    try:
        _note(state, desk.take(state, found, code, by))
    except ProblemError as error:
        text = " ".join(str(p.message) for p in error.problems)
        _note(state, desk.row(code, ok=False, text=text, asset=found.asset))
    except Asset.DoesNotExist:
        _note(state, desk.row(code, ok=False, text=desk.unknown_text(), unknown=True))
    return None


def _page_of(found: Resolved) -> HttpResponse | None:
    if found.asset:
        return redirect("asset", pk=found.asset.pk)
    if found.person:
        return redirect("person", pk=found.person.pk)
    if found.room:
        return redirect("room", pk=found.room.pk)
    return None


def _note(state: dict[str, Any], row: dict[str, Any] | None) -> None:
    """Put a row on top. The second scan of what stands just below pulses it and adds nothing."""
    if row is None:
        return
    for line in state["rows"]:
        line["again"] = False
    first: dict[str, Any] = state["rows"][0] if state["rows"] else {}
    same = row["asset"] and row["asset"] == first.get("asset") and first.get("undo")
    if (same and not row["ok"]) or (not row["ok"] and first.get("code") == row["code"]):
        first["again"] = True
        return
    state["rows"].insert(0, row)
