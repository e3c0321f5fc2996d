"""The names of a file that nobody knows: listed once, to make or to map."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.access import may, require
from funding.models import Program
from integrations import actions
from integrations.actions.unknown import PERMISSIONS, creatable, known
from integrations.models import ImportSession

SHOWN = 100  # names on the page at once
OFFERED = 500  # known things offered for one name
LABELS = {
    "school": _("School"), "room": _("Room"), "category": _("Category"), "award": _("Award"),
    "program": _("Program"),
}  # fmt: skip


def listed(session: ImportSession, by: Any) -> dict[str, Any]:
    """What the page shows: the first names with what each can become."""
    if session.state not in ("staged", "previewed") or not session.unknown:
        return {}
    may_make = set(creatable(session, by))
    names = [(k, n, p) for k, found in session.unknown.items() for n, p in found.items()]
    programs = list(Program.objects.all()) if may(by, PERMISSIONS["award"]) else []
    offered: dict[tuple[str, Any], list[Any]] = {}
    items = []
    for kind, name, parts in names[:SHOWN]:
        key = (kind, parts.get("school"))
        if key not in offered:
            offered[key] = list(known(kind, parts, by)[:OFFERED])
        items.append(
            {
                "kind": kind, "label": LABELS[kind], "name": name, "count": parts["count"],
                "creatable": (kind, name) in may_make, "known": offered[key],
                "programs": programs if kind == "award" else [],
            }
        )  # fmt: skip
    return {"unknown": items, "creatable": len(may_make), "more": max(0, len(names) - SHOWN)}


def _choices(data: QueryDict) -> Iterator[actions.Choice]:
    for i in range(SHOWN):
        act, _colon, pk = data.get(f"choice-{i}", "").partition(":")
        if act in ("create", "map"):
            kind, name = data.get(f"kind-{i}", ""), data.get(f"name-{i}", "")
            yield actions.Choice(kind, name, act, int(pk) if pk.isdecimal() else None)


@require_POST
@login_required
def import_unknown(request: HttpRequest, pk: int) -> HttpResponse:
    """Make or map what was chosen, or make everything that needs no more."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    by: Any = request.user
    require(by, "integrations.import")
    if "all" in request.POST:
        actions.create_unknown(session, by=by)
    else:
        actions.settle_unknown(session, list(_choices(request.POST)), by=by)
    return redirect("import", pk=pk)
