"""Error pages: they tell a number and nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import journal


def _answer(request: HttpRequest, status: int, title: str) -> HttpResponse:
    request_id = getattr(request, "id", journal.context().request_id)
    if request.path.startswith("/api/"):
        body: dict[str, Any] = {
            "type": "urn:district-assets:problem:error", "title": title, "status": status,
            "detail": title, "request_id": request_id, "errors": [],
        }  # fmt: skip
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, f"{status}.html", {"request_id": request_id}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, _("Not found"))


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, _("Not permitted"))


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, _("Server error"))
