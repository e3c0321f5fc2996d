"""The icon where browsers look for it unasked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_GET


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Pages name their icon; a file that a browser shows by itself names none."""
    return redirect(static("icon.svg"), permanent=True)
