"""What every request gets: an id, the way it came in, and Problems as pages."""

import re
import uuid
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from core.db.constraints import taken
from core.db.unavailable import Unavailable, away, note
from core.journal import writing as journal
from core.models import District
from core.models.entry import Via
from core.problems import Invalid, ProblemError, Refused
from core.text.plain import came_whole, not_text
from core.time import days
from core.web import words
from core.web.details import CONTENT_TYPE, problem_body

Handler = Callable[[HttpRequest], HttpResponse]
#: Asked by machines again and again: they get their answer and ask the database nothing on the way.
PROBES = ("/healthz", "/readyz")
_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


def address_of(request: HttpRequest) -> str:
    """The client's address. X-Forwarded-For is anybody's word; it counts as far as it was written
    by TRUSTED_PROXIES, read from the right."""
    told = request.headers.get("X-Forwarded-For", "").split(",")
    client = str(request.META.get("REMOTE_ADDR", ""))[:45]
    for hop in reversed(told):
        if not _is_proxy(client):
            break
        try:
            client = str(ip_address(hop.strip()))
        except ValueError:
            break
    return client


def own_path(target: str) -> str:
    """Where to go next as a form or a query says it: an address of ours, or the front page."""
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else "/"


def form_of(request: HttpRequest) -> str:
    """The page of ours from which something was sent; blank where the browser does not say."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return ""
    return own_path(urlunsplit(("", "", came.path, came.query, "")))


def _is_proxy(address: str) -> bool:
    try:
        return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


class PageRequest(HttpRequest):
    """What a view gets behind `login_required`. Which model a user is, core does not know: the
    views of other apps get people's HouseRequest."""

    user: Any
    htmx: HtmxDetails


class RequestMiddleware:
    """Gives each request an id (taken from X-Request-ID where it is well-formed)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.match(given) else uuid.uuid4().hex
        request.id = request_id  # type: ignore[attr-defined]  # for the log
        via = Via.API if request.path.startswith("/api/") else Via.PAGE
        with journal.working(via, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if request.path in PROBES or response.status_code == 503:
            return response  # who asks is nobody's business, and may be impossible to find out
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response


class HeadMiddleware:
    """HEAD is a GET whose body nobody sends: views know GET alone, and every one answers both."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            response = self.get_response(request)
            allowed = response.headers.get("Allow", "")
            if "GET" in allowed and "HEAD" not in allowed:
                response["Allow"] = allowed.replace("GET", "GET, HEAD")
            return response
        request.method = "GET"
        try:
            response = self.get_response(request)
        finally:
            request.method = "HEAD"
        if not response.streaming and "Content-Length" not in response:
            response["Content-Length"] = str(len(response.content))
        return _Headers(response)


class _Headers(HttpResponse):
    """The status and the headers of an answer, and no more: what it would stream is not made."""

    def __init__(self, of: HttpResponseBase) -> None:
        super().__init__(status=of.status_code, reason=of.reason_phrase)
        self.headers, self.cookies = of.headers, of.cookies
        self._resource_closers = of._resource_closers  # type: ignore[attr-defined]  # else never closed


class DistrictMiddleware:
    """After the language is chosen: the district of the request, and its own words on its pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        words.speak({})  # this thread's last page may have spoken others
        if not request.path.startswith(("/api/", "/static/", *PROBES)):
            district = District.current()
            request.district = district  # type: ignore[attr-defined]  # for the templates
            if district is not None:
                words.speak(district.words)
                days.remember_zone(district.time_zone)
        return self.get_response(request)


class ProblemMiddleware:
    """Turns a Problem that no view caught into its page, and a missing row into 404. What is not
    text, which nobody types and PostgreSQL takes nowhere, is refused before a view sees it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.path.startswith("/api/"):
            return None  # its parameters and bodies are read strictly
        given = [*request.GET.lists(), *request.POST.lists()]
        texts = [request.path, *(text for name, values in given for text in (name, *values))]
        if all(map(came_whole, texts)):
            return None
        return _refusal(request, Invalid(not_text()))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ObjectDoesNotExist):
            raise Http404
        if found := away(error):
            return unavailable_answer(request, error, found)
        if isinstance(error, IntegrityError) and (problem := taken(error)):
            return _refusal(request, Refused(problem))
        if not isinstance(error, ProblemError):
            return None
        return _refusal(request, error)


def _refusal(request: HttpRequest, error: ProblemError) -> HttpResponse:
    template = "problem_fragment.html" if getattr(request, "htmx", False) else "problem.html"
    return render(request, template, {"problems": error.problems}, status=error.status)


def unavailable_answer(
    request: HttpRequest, error: BaseException, found: Unavailable
) -> HttpResponse:
    """503 with one sentence and when to come back. Nothing here asks the database."""
    note(request, error, found)
    said = {**found.headers, "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        body = problem_body(503, found.problems)
        return JsonResponse(body, status=503, content_type=CONTENT_TYPE, headers=said)
    template = "problem_fragment.html" if getattr(request, "htmx", False) else "503.html"
    sent = request.method not in ("GET", "HEAD")
    told = {
        "problems": found.problems,
        "request_id": getattr(request, "id", ""),
        "again": form_of(request) if sent else request.get_full_path(),
        "sent": sent,
    }
    return HttpResponse(render_to_string(template, told), status=503, headers=said)
