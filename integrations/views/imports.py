"""Imports: upload, map, preview, apply, undo."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.db.paging import paginate
from core.files.uploads import TOO_LARGE
from core.problems import ProblemError
from core.web.asked import number_asked
from core.web.once import adds
from integrations import actions, eyes
from integrations.answers import ANSWERS
from integrations.forms import ColumnsForm, UploadForm
from integrations.models import ImportSession, StagedRow
from integrations.views.back import back_to_import
from integrations.views.conflicts import answered, asked
from integrations.views.memory import memory_of
from integrations.views.rows import columns_of, lines_of, reasons
from integrations.views.unknown import listed
from people.web import HouseRequest

#: What rows mean that do not say it themselves.
OPTIONS = ("school", "category", "people", "list_of")


@require_http_methods(["GET", "POST"])
@login_required
@adds
def import_list(request: HouseRequest) -> HttpResponse:
    """One's imports, and a form for the next file."""
    require(request.user, "integrations.import")
    form = UploadForm(request.POST or None, request.FILES or None, by=request.user).adds()
    form.too_large = TOO_LARGE in request.META
    if request.method == "POST" and form.is_valid():
        v: dict[str, Any] = form.cleaned_data
        by = request.user
        try:
            session = actions.receive(
                v["file"].chunks(),
                by=by,
                kind=v["kind"],
                name=v["file"].name,
                source=v["source"].strip(),
                options={k: v[k] for k in OPTIONS},
            )
        except ProblemError as error:
            form.take(error)
        else:
            return redirect("import", pk=session.pk)
    rows = ImportSession.objects.visible_to(request.user).select_related("owner")
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    return render(
        request, "integrations/list.html", {"page": page, "form": form, "multipart": True}
    )


@require_GET
@login_required
def import_detail(request: HouseRequest, pk: int) -> HttpResponse:
    """The preview, the mapping and what may be done next."""
    session = ImportSession.objects.visible_to(request.user).select_related("run").get(pk=pk)
    require(request.user, "integrations.import")
    told = eyes.held(session.eyes, request.user)
    if not told:
        eyes.veil(session)
    outcome = request.GET.get("outcome", "")
    rows = StagedRow.objects.filter(session=session)
    if session.reading or session.planning:
        rows = rows.none()  # what they would do is not known yet, and its page asks again and again
    counts_of = dict(rows.order_by().values_list("outcome").annotate(Count("pk")))
    if outcome in StagedRow.Outcome.values:
        rows = rows.filter(outcome=outcome)
    elif outcome == "warned" and told:
        rows = rows.exclude(warnings=[])
    page = paginate(
        rows.defer("raw"),
        ["number", "part"],
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    if not told:
        eyes.veil_rows(page.rows)
    counts = [(o.value, o.label, counts_of.get(o.value, 0)) for o in StagedRow.Outcome]
    open_ = session.state in ("staged", "previewed")
    run = session.run
    mine = StagedRow.objects.filter(session=session)
    standing = mine.filter(applied=True, undone=False)
    done = standing.count()
    undone = done and run is not None and run.kind == "import-undo"
    context = {
        "session": session,
        "told": told,
        "page": page,
        "outcome": outcome,
        "open": open_,
        "counts": counts,
        "run": run if run is not None and not run.over else None,
        "done": done,
        "all_rows": sum(counts_of.values()),
        "refused": counts_of.get("refused", 0),
        "good": counts_of.get("create", 0) + counts_of.get("update", 0),
        "lines": lines_of(session, page.rows),
        **columns_of(session),
        "reasons": reasons(session) if told and counts_of.get("refused", 0) > 1 else [],
        "undone_refused": standing.exclude(problems=[]).count() if undone else 0,
        "defaults": ColumnsForm(
            session.options, by=request.user, kind=session.kind, auto_id="map-%s"
        )
        if open_
        else None,
        "conflicts": asked(session) if told else [],
        "answered": answered(session) if told else [],
        "warned": mine.exclude(warnings=[]).count() if told else 0,
        **listed(session, request.user),
        **(memory_of(session, request.user) if open_ else {}),
    }
    return render(request, "integrations/detail.html", context)


@require_POST
@login_required
@back_to_import
def import_map(request: HouseRequest, pk: int) -> HttpResponse:
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    by = request.user
    seen = request.POST.get("plan", "")
    mapping = {h: request.POST.get(f"column-{i}", "") for i, h in enumerate(session.headers)}
    heading = number_asked(request.POST.get("heading"))
    if heading is not None and heading != session.said.heading_row:
        return redirect("import", pk=actions.reread(session, heading, by=by, seen=seen).pk)
    said = (*OPTIONS, *ANSWERS)
    options = {k: request.POST[k][:100] for k in said if k in request.POST}
    share = "share" in request.POST
    actions.remap(session, mapping, by=by, options=options, share=share, seen=seen)
    return redirect("import", pk=pk)


@require_POST
@login_required
@back_to_import
def import_mend(request: HouseRequest, pk: int, number: int) -> HttpResponse:
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    by = request.user
    seen = request.POST.get("plan")
    if (out := request.POST.get("out")) is not None:
        actions.leave_out(session, number, by=by, out=out == "1", seen=seen)
    else:
        header, value = request.POST.get("header", ""), request.POST.get("value", "")
        alike = "alike" in request.POST
        actions.mend_cell(session, number, header, value, by=by, alike=alike, seen=seen)
    return redirect("import", pk=pk)


@require_POST
@login_required
@back_to_import
def import_act(request: HouseRequest, pk: int, act: str) -> HttpResponse:
    """Apply, undo or discard; look at the rows again."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    acts: dict[str, Callable[..., ImportSession]] = {
        "apply": partial(actions.apply_import, seen=request.POST.get("plan", "")),
        "undo": actions.undo_import,
        "discard": actions.discard_import,
        "again": actions.plan_import,
    }
    if act not in acts:
        raise ImportSession.DoesNotExist
    acts[act](session, by=request.user)
    return redirect("import", pk=pk)
