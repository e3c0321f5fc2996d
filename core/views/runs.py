"""One's own runs: how far they are, canceling, trying again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import runs
from core.models import Run
from core.paging import paginate


@require_GET
@login_required
def run_list(request: HttpRequest) -> HttpResponse:
    rows = Run.objects.visible_to(request.user).select_related("owner")
    page = paginate(rows, ["-id"], after=request.GET.get("after"), before=request.GET.get("before"))
    return render(request, "core/runs.html", {"page": page})


@require_GET
@login_required
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The run's state; asked by htmx it answers with the progress alone."""
    run = Run.objects.visible_to(request.user).get(pk=pk)
    template = "core/run_progress.html" if request.htmx else "core/run.html"  # type: ignore[attr-defined]
    return render(request, template, {"run": run})


@require_POST
@login_required
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = Run.objects.visible_to(request.user).get(pk=pk)
    runs.cancel(run, by=request.user)  # type: ignore[arg-type]
    return redirect("run", pk=pk)


@require_POST
@login_required
def run_retry(request: HttpRequest, pk: int) -> HttpResponse:
    run = Run.objects.visible_to(request.user).get(pk=pk)
    runs.retry(run, by=request.user)  # type: ignore[arg-type]
    return redirect("run", pk=pk)
