"""The REST API's contract, to be read in the browser."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.web.http import PageRequest


@require_GET
@login_required
def api_document(request: PageRequest) -> HttpResponse:
    """The same as openapi.yaml, by nouns. Only reading can be tried, with a token: nothing is
    changed from a page that is there to look things up."""
    return render(request, "core/api_document.html")
