"""RFC 9457 problem details for every refusal of the API."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from core.api.fields import OUT_OF_RANGE
from core.db.constraints import taken
from core.db.unavailable import away, note
from core.problems import Problem, ProblemError
from core.web.details import CONTENT_TYPE, problem_body, token


def problem_response(
    status: int, problems: list[Problem], headers: dict[str, str] | None = None
) -> Response:
    """A problem+json answer."""
    body = problem_body(status, problems)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _flatten(detail: Any, pointer: str = "") -> list[Problem]:
    """What the serializers say, with a pointer to each place; names in a body may be anything."""
    if isinstance(detail, dict):
        return [
            p
            for key, value in detail.items()
            for p in _flatten(
                value, pointer if key == "non_field_errors" else f"{pointer}/{token(str(key))}"
            )
        ]
    if isinstance(detail, list):
        return [
            p
            for i, value in enumerate(detail)
            for p in _flatten(value, f"{pointer}/{i}" if isinstance(value, dict) else pointer)
        ]
    code = str(getattr(detail, "code", "invalid")).replace("_", "-")
    return [Problem(code, str(detail), None, {"pointer": pointer or None})]


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every exception of an API view as problem details; anything unknown stays a 500."""
    if unavailable := away(error):
        note(context["request"]._request, error, unavailable)
        return problem_response(503, unavailable.problems, unavailable.headers)
    if isinstance(error, ProblemError):
        return problem_response(error.status, [_named(p) for p in error.problems])
    if isinstance(error, (Http404, ObjectDoesNotExist)):
        return problem_response(404, [not_found()])
    if isinstance(error, IntegrityError) and (problem := taken(error)):
        return problem_response(409, [problem])
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        headers = {}
        if getattr(error, "auth_header", None):
            # Just asked for.
            headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
        problems = _flatten(error.detail)
        # A well-formed value that no rule allows is a refusal, not a wrong shape.
        ruled = all(p.code == OUT_OF_RANGE for p in problems)
        return problem_response(409 if ruled else error.status_code, problems, headers)
    return None


def _named(problem: Problem) -> Problem:
    """Whoever holds a token can add what is missing only if they are told its name."""
    permission = problem.data.get("permission")
    if permission is None:
        return problem
    words = {"sentence": problem.message, "permission": permission}
    return replace(problem, message=_("%(sentence)s Needed: %(permission)s.") % words)


def not_found() -> Problem:
    """What is said where nothing is, or nothing that the reader may know of."""
    message = _("There is nothing here under that address, or it is not yours to see.")
    return Problem("not-found", message)
