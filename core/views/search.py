"""The search of every page, as a page of its own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.web import finding
from core.web.http import PageRequest

LONGEST = 100


@require_GET
@login_required
def search(request: PageRequest) -> HttpResponse:
    """What somebody looks for, by groups; where there is nothing: where was looked, and offers."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    groups = finding.found(text, request.user, _("Pages")) if text else []
    nothing = bool(text) and not groups
    context = {
        "q": text,
        "groups": groups,
        "looked": ", ".join(finding.looked_in(request.user)) if nothing else "",
        "offers": finding.offers(text, request.user) if nothing else [],
    }
    return render(request, "core/search.html", context)
