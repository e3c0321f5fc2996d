"""What every request gets: an id, the way it came in, and Problems as pages."""

import re
import uuid
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from core import days, journal, words
from core.models import District
from core.models.entry import Via
from core.problems import ProblemError

Handler = Callable[[HttpRequest], HttpResponse]
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


def _is_proxy(address: str) -> bool:
    try:
        return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


class RequestMiddleware:
    """Gives each request an id (taken from X-Request-ID where it is well-formed)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.match(given) else uuid.uuid4().hex
        request.id = request_id  # type: ignore[attr-defined]
        via = Via.API if request.path.startswith("/api/") else Via.PAGE
        with journal.working(via, request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "private, no-store")
        return response


class DistrictMiddleware:
    """After the language is chosen: the district of the request, and its own words on its pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(("/api/", "/healthz", "/readyz", "/static/")):
            request.district = district = District.current()  # type: ignore[attr-defined]
            if district is not None:
                words.speak(district.words)
                days.remember_zone(district.time_zone)
        return self.get_response(request)


class ProblemMiddleware:
    """Turns a Problem that no view caught into its page, and a missing row into 404. A zero byte,
    which nobody types and PostgreSQL takes nowhere, is refused before a view sees it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Handler, args: Any, kwargs: dict[str, Any]
    ) -> None:
        if request.path.startswith("/api/"):
            return  # its parameters and bodies are read strictly
        given = [*request.GET.lists(), *request.POST.lists()]
        texts = [request.path, *(text for name, values in given for text in (name, *values))]
        if any("\x00" in text for text in texts):
            raise BadRequest

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ObjectDoesNotExist):
            raise Http404
        if not isinstance(error, ProblemError):
            return None
        template = "problem_fragment.html" if getattr(request, "htmx", False) else "problem.html"
        return render(request, template, {"problems": error.problems}, status=error.status)


def say_why_not(request: HttpRequest, error: ProblemError) -> None:
    """Show a refusal as messages on the next page."""
    for problem in error.problems:
        messages.error(request, str(problem.message))
