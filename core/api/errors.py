"""RFC 9457 problem details for every refusal of the API."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from core import journal
from core.constraints import taken
from core.problems import Problem, ProblemError

TITLES = {
    400: "Bad request", 401: "Not signed in", 403: "Not permitted", 404: "Not found",
    405: "Method not allowed", 406: "Not acceptable", 409: "Refused", 412: "Changed since",
    413: "Too large", 415: "Unsupported media type", 422: "Unprocessable",
    428: "Precondition required", 500: "Server error",
}  # fmt: skip


def problem_response(
    status: int, problems: list[Problem], headers: dict[str, str] | None = None
) -> Response:
    """A problem+json answer: type, title, status, detail, request id and every single error."""
    code = problems[0].code if problems else "error"
    body = {
        "type": f"urn:district-assets:problem:{code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": " ".join(str(p.message) for p in problems[:5]),
        "request_id": journal.context().request_id,
        "errors": [
            {"code": p.code, "message": str(p.message), **_where(p.field)} for p in problems
        ],
    }
    return Response(body, status=status, headers=headers, content_type="application/problem+json")


def _where(field: str | None) -> dict[str, str | None]:
    """A JSON pointer into the body; `?name` is a parameter of the query."""
    if field and field.startswith("?"):
        return {"pointer": None, "parameter": field[1:]}
    if not field:
        return {"pointer": None, "parameter": None}
    escaped = field.replace("~", "~0").replace("/", "~1").replace(".", "/")
    return {"pointer": f"/{escaped}", "parameter": None}


def _flatten(detail: Any, path: str = "") -> list[Problem]:
    if isinstance(detail, dict):
        return [
            p
            for key, value in detail.items()
            for p in _flatten(
                value, path if key == "non_field_errors" else f"{path}.{key}".strip(".")
            )
        ]
    if isinstance(detail, list):
        return [
            p
            for i, value in enumerate(detail)
            for p in _flatten(value, f"{path}.{i}".strip(".") if isinstance(value, dict) else path)
        ]
    return [Problem(getattr(detail, "code", "invalid"), str(detail), path or None)]


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every exception of an API view as problem details; anything unknown stays a 500."""
    if isinstance(error, ProblemError):
        return problem_response(error.status, error.problems)
    if isinstance(error, (Http404, ObjectDoesNotExist)):
        message = _("There is nothing here under that address, or it is not yours to see.")
        return problem_response(404, [Problem("not-found", message)])
    if isinstance(error, IntegrityError) and (problem := taken(error)):
        return problem_response(409, [problem])
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        headers = {}
        if getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
        return problem_response(error.status_code, _flatten(error.detail), headers)
    return None
