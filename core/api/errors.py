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
from core.journal import writing as journal
from core.problems import Problem, ProblemError

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Refused",
    412: "Changed since",
    413: "Too large",
    415: "Unsupported media type",
    422: "Unprocessable",
    428: "Precondition required",
    500: "Server error",
    503: "Unavailable",
}

CONTENT_TYPE = "application/problem+json"


def problem_response(
    status: int, problems: list[Problem], headers: dict[str, str] | None = None
) -> Response:
    """A problem+json answer."""
    body = problem_body(status, problems)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def problem_body(status: int, problems: list[Problem]) -> dict[str, Any]:
    """Type, title, status, detail, request id and every single error."""
    code = problems[0].code if problems else "error"
    return {
        "type": f"urn:district-assets:problem:{code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": " ".join(str(p.message) for p in problems[:5]),
        "request_id": journal.context().request_id,
        "errors": [
            {"code": p.code, "message": str(p.message), **_where(p), **_ask(p)} for p in problems
        ],
    }


def _ask(problem: Problem) -> dict[str, str]:
    """Where a second person is asked for what this one may not do alone."""
    address = problem.data.get("request")
    return {"request": address} if address else {}


def _where(problem: Problem) -> dict[str, str | None]:
    """A JSON pointer into the body; `?name` is a parameter of the query."""
    field, pointer = problem.field, problem.data.get("pointer")
    if field and not pointer:
        if field.startswith("?"):
            return {"pointer": None, "parameter": field[1:]}
        pointer = "".join(f"/{token(part)}" for part in field.split("."))
    return {"pointer": pointer, "parameter": None}


def token(name: str) -> str:
    """A name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


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
