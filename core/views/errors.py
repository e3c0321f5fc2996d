"""Error pages: they tell a number and nothing else."""

import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.api import errors as api_errors
from core.db.unavailable import away
from core.journal import writing as journal
from core.problems import Problem
from core.web.details import CONTENT_TYPE, problem_body
from core.web.http import unavailable_answer


def _answer(request: HttpRequest, status: int, problem: Problem) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = problem_body(status, [problem])
        return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    return render(request, f"{status}.html", {"request_id": _id_of(request)}, status=status)


def _id_of(request: HttpRequest) -> str:
    return str(getattr(request, "id", journal.context().request_id))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):  # signed out elsewhere, or deactivated
        return redirect(settings.LOGIN_URL)
    message = _("The request is not well-formed, or meant for another host.")
    return _answer(request, 400, Problem("bad-request", message))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, api_errors.not_found())


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, Problem("not-permitted", _("Not permitted")))


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before one signed in again, or from elsewhere. Its words tell nothing of CSRF."""
    if request.method not in ("GET", "HEAD", "OPTIONS", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return _answer(request, 403, Problem("not-permitted", _("Not permitted")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here asks the database: it may be what broke."""
    error = sys.exc_info()[1]
    if error is not None and (found := away(error)):
        return unavailable_answer(request, error, found)
    message = _("Something broke on our side. Tell your administrator the request id.")
    if request.path.startswith("/api/"):
        return _answer(request, 500, Problem("server-error", message))
    return HttpResponse(render_to_string("500.html", {"request_id": _id_of(request)}), status=500)
