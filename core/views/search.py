"""The search of every page, as a page of its own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.web import finding
from core.web.http import PageRequest

LONGEST = 100


@require_GET
@login_required
def search(request: PageRequest) -> HttpResponse:
    """What somebody looks for, by groups; where there is nothing: where was looked, and offers.

    While somebody types: the options alone. With `open` the one thing that is found opens itself:
    who typed the end of a serial and Enter wants to be there."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    groups = finding.found(text, request.user, _("Pages")) if text else []
    hits = [hit for group in groups for hit in group.hits]
    if "open" in request.GET and len(hits) == 1:
        return redirect(hits[0].url)
    nothing = bool(text) and not groups
    said = ngettext("%d result", "%d results", len(hits)) % len(hits)
    context = {
        "q": text,
        "groups": groups,
        "nothing": nothing,
        "said": _("Nothing found for “%s”") % text if nothing else said,
        "looked": ", ".join(finding.looked_in(request.user)) if nothing else "",
        "offers": finding.offers(text, request.user) if nothing else [],
    }
    template = "core/search_found.html" if request.htmx else "core/search.html"
    return render(request, template, context)
