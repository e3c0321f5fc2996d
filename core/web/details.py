"""Problem details (RFC 9457): a refusal as programs read it."""

from typing import Any

from core.journal import writing as journal
from core.problems import Problem

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
