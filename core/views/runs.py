"""One's own runs: how far they are, canceling, trying again; a backup now."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import runs
from core.actions.backups import ask_backup
from core.db.paging import paginate
from core.models import Run
from core.web.http import PageRequest


@require_GET
@login_required
def run_list(request: PageRequest) -> HttpResponse:
    rows = Run.objects.visible_to(request.user).select_related("owner")
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    return render(request, "core/runs.html", {"page": page})


@require_GET
@login_required
def run_detail(request: PageRequest, pk: int) -> HttpResponse:
    """The run's state; asked by htmx it answers with the progress alone, and the page of the
    result, where somebody waits, is loaded again when the result is there."""
    run = Run.objects.visible_to(request.user).get(pk=pk)
    htmx = request.htmx
    if htmx and run.over and htmx.current_url_abs_path == run.result.get("url"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "core/run_progress.html" if htmx else "core/run.html"
    mine = run.owner_id == request.user.pk
    may_manage = mine or request.user.has_perm("core.manage_runs")
    return render(request, template, {"run": run, "may_manage": may_manage})


@require_POST
@login_required
def run_cancel(request: PageRequest, pk: int) -> HttpResponse:
    run = Run.objects.visible_to(request.user).get(pk=pk)
    runs.cancel(run, by=request.user)
    return redirect("run", pk=pk)


@require_POST
@login_required
def run_retry(request: PageRequest, pk: int) -> HttpResponse:
    run = Run.objects.visible_to(request.user).get(pk=pk)
    runs.retry(run, by=request.user)
    return redirect("run", pk=pk)


@require_POST
@login_required
def backup_now(request: PageRequest) -> HttpResponse:
    """Ask for a backup, and show how far it is."""
    return redirect("run", pk=ask_backup(by=request.user).pk)
