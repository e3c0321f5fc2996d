"""Imports: upload, map, preview, apply, undo, refused rows as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.paging import paginate
from core.problems import Problem, ProblemError, refuse_if
from core.tabular import csv_lines
from integrations import actions
from integrations.actions.stage import batches
from integrations.forms import UploadForm
from integrations.kinds import KINDS
from integrations.models import ImportSession, StagedRow
from integrations.views.unknown import listed


@require_http_methods(["GET", "POST"])
@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """One's imports, and a form for the next file."""
    require(request.user, "integrations.import")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        v: dict[str, Any] = form.cleaned_data
        by: Any = request.user
        try:
            session = actions.stage(
                v["file"].read(), by=by, kind=v["kind"], name=v["file"].name, source=v["source"],
                options={"school": v["school"], "category": v["category"]},
            )  # fmt: skip
            session = actions.preview(session, by=by)
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
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, the mapping and what may be done next."""
    session = ImportSession.objects.visible_to(request.user).select_related("run").get(pk=pk)
    require(request.user, "integrations.import")
    outcome = request.GET.get("outcome", "")
    rows = StagedRow.objects.filter(session=session)
    counts = dict(rows.order_by().values_list("outcome").annotate(Count("pk")))
    if outcome in StagedRow.Outcome.values:
        rows = rows.filter(outcome=outcome)
    page = paginate(
        rows, ["number"], after=request.GET.get("after"), before=request.GET.get("before")
    )
    fields = [f.name for f in KINDS[session.kind].fields]
    running = session.run is not None and not session.run.over
    context = {
        "session": session, "page": page, "outcome": outcome, "run": session.run if running else None,
        "counts": [(o.value, o.label, counts.get(o.value, 0)) for o in StagedRow.Outcome],
        "all_rows": sum(counts.values()),
        "mapping": [(h, session.mapping.get(h, "")) for h in session.headers], "fields": fields,
        "open": session.state in ("staged", "previewed"),
        "undone_refused": StagedRow.objects.filter(session=session, applied=True, undone=False)
        .exclude(problems=[]).count(),
        **listed(session, request.user),
    }  # fmt: skip
    return render(request, "integrations/detail.html", context)


@require_POST
@login_required
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    mapping = {h: request.POST.get(f"column-{i}", "") for i, h in enumerate(session.headers)}
    options = {k: request.POST.get(k, "")[:100] for k in ("school", "category")}
    actions.remap(session, mapping, by=request.user, options=options)  # type: ignore[arg-type]
    return redirect("import", pk=pk)


@require_POST
@login_required
def import_mend(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    header, value = request.POST.get("header", ""), request.POST.get("value", "")
    actions.mend_cell(session, number, header, value, by=request.user)  # type: ignore[arg-type]
    return redirect("import", pk=pk)


@require_POST
@login_required
def import_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Apply, undo or discard."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    acts = {"apply": actions.apply_import, "undo": actions.undo_import,
            "discard": actions.discard_import}  # fmt: skip
    if act not in acts:
        raise ImportSession.DoesNotExist
    acts[act](session, by=request.user)  # type: ignore[arg-type]
    return redirect("import", pk=pk)


@require_GET
@login_required
def import_refused(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows as they came, with the reasons, to mend and bring again."""
    session = ImportSession.objects.visible_to(request.user).get(pk=pk)
    require(request.user, "integrations.import")
    if session.blanked_at:
        refuse_if([Problem("forgotten", _("What this import held was forgotten."))])

    def lines() -> Iterator[list[Any]]:
        for rows in batches(session, outcome="refused"):
            for row in rows:
                why = "; ".join(f"{f}: {p}" if f else p for f, p in row.problems)
                yield [*(row.raw.get(h, "") for h in session.headers), row.number, why]

    header = [*session.headers, _("Row"), _("Why it was refused")]
    response = StreamingHttpResponse(
        csv_lines(header, lines()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return response
