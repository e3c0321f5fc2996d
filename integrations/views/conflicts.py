"""The rows that might mean another thing: asked once for all alike, or for one of them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.access import require
from core.web.asked import number_asked
from integrations import actions
from integrations.kinds import KINDS
from integrations.models import ImportSession, StagedRow
from integrations.views.back import back_to_import
from people.web import HouseRequest


def asked(session: ImportSession) -> list[dict[str, Any]]:
    """What the page asks, with how many rows ask it and what may be answered."""
    if session.state not in ("staged", "previewed"):
        return []
    rows = StagedRow.objects.filter(session=session, outcome="refused").exclude(conflict="")
    counts = dict(rows.order_by().values_list("conflict").annotate(Count("pk")))
    return [
        {
            "kind": q.name,
            "says": q.sentence,
            "count": counts[q.name],
            "choices": list(q.choices.items()),
        }
        for q in KINDS[session.kind].questions
        if q.name in counts
    ]


def answered(session: ImportSession) -> list[dict[str, Any]]:
    """The questions that were answered for an earlier file of the source, with how many rows."""
    if session.state not in ("staged", "previewed"):
        return []
    counts = session.said.as_before
    return [
        {"kind": q.name, "says": q.sentence, "count": counts[q.name]}
        for q in KINDS[session.kind].questions
        if q.name in counts
    ]


@require_POST
@login_required
@back_to_import
def import_conflicts(request: HouseRequest, pk: int) -> HttpResponse:
    """Carry out a choice in the plan of the rows that ask."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    by = request.user
    require(by, "integrations.import")
    number = number_asked(request.POST.get("row"))
    rows = None if number is None else [number]
    kind, choice = request.POST.get("kind", ""), request.POST.get("choice", "")
    actions.settle_conflicts(session, kind, choice, by=by, rows=rows, seen=request.POST.get("plan"))
    return redirect("import", pk=pk)
