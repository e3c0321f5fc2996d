"""The front page by role, and the feed of what happened."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core.access import require
from core.db.paging import paginate
from core.journal import seeded, sentences
from core.models import District, Entry
from core.time import days
from core.web.asked import day_asked
from core.web.http import PageRequest


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for whom. Before the district is set up: the first-run page."""
    if not District.objects.exists():
        return redirect("first-run")
    if not request.user.is_authenticated:
        return redirect("sign-in")
    rows: list[sentences.Told] = []
    if request.user.has_perm("core.view_activity"):
        latest = seeded.without(Entry.objects.news()).lately(request.user, 8)
        rows = sentences.tell_all(latest, request.user)
    return render(request, "core/home.html", {"rows": rows})


@require_GET
@login_required
def activity(request: PageRequest) -> HttpResponse:
    """What happened in your schools, newest first."""
    require(request.user, "core.view_activity")
    entries = Entry.objects.visible_to(request.user).news()
    kind, on = request.GET.get("kind", ""), request.GET.get("on", "")
    if kind:
        entries = entries.filter(kind=kind[:64])
    if day := day_asked(on, "on"):
        entries = entries.filter(recorded_at__range=(days.start_of_day(day), days.end_of_day(day)))
    page = paginate(
        entries, ["-id"], after=request.GET.get("after"), before=request.GET.get("before")
    )
    context = {
        "page": page,
        "rows": sentences.tell_all(page.rows, request.user),
        "kind": kind,
        "on": on,
        "kinds": sentences.kinds(),
    }
    return render(request, "core/activity.html", context)
