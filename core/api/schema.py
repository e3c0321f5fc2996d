"""The OpenAPI document: what is the same for every operation is said here, once."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

ERRORS = {
    "400": "Bad request", "401": "Not signed in", "403": "Not permitted", "404": "Not found",
    "405": "Method not allowed", "406": "Not acceptable", "409": "Refused by a rule",
    "412": "Changed since it was read", "413": "Too large", "415": "Unsupported media type",
    "422": "Idempotency key used for another request", "428": "If-Match is missing",
    "429": "Too many requests",
}  # fmt: skip


class HouseSchema(AutoSchema):  # type: ignore[misc]
    """Adds paging, filters and field selection to lists, If-Match to changes, keys to posts."""

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        found: list[OpenApiParameter] = []
        if self.method == "GET" and hasattr(view, "filters"):
            found += [
                OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}),
                OpenApiParameter("cursor", str, description="`next` of the page before"),
                OpenApiParameter("fields", str, description="names with commas between them"),
                OpenApiParameter("ordering", str, enum=list(view.orderings)),
                *(OpenApiParameter(name, str) for name in view.filters),
            ]  # fmt: skip
        elif self.method == "GET" and getattr(view, "output", None) is not None:
            found.append(OpenApiParameter("fields", str))
        if self.method == "PATCH":
            found.append(
                OpenApiParameter(
                    "If-Match", str, OpenApiParameter.HEADER, description="the ETag you read"
                )
            )
        if self.method == "POST":
            found.append(OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER))
        return found


def add_errors(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Every operation may answer each of the problems."""
    error = {"type": "object", "required": ["code", "message", "pointer"], "properties": {
        "code": {"type": "string"}, "message": {"type": "string"},
        "pointer": {"type": ["string", "null"]}}}  # fmt: skip
    names = ("type", "title", "status", "detail", "request_id", "errors")
    result["components"].setdefault("schemas", {})["Problem"] = {
        "type": "object", "description": "RFC 9457 problem details", "required": list(names),
        "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "detail": {"type": "string"}, "request_id": {"type": "string"},
            "errors": {"type": "array", "items": error},
        },
    }  # fmt: skip
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status, description in ERRORS.items():
                operation["responses"].setdefault(
                    status, {"description": description, "content": content}
                )
            if method == "get":
                operation["responses"].setdefault("304", {"description": "Not changed"})
    return result


def page_of(kind: Any) -> Any:
    """The shape of a keyset page of something."""
    name = kind.__name__.removesuffix("Serializer") + "Page"
    return inline_serializer(
        name, {"results": kind(many=True), "next": serializers.CharField(allow_null=True)}
    )


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[misc,no-untyped-call]
    """`Authorization: Bearer da_...`"""

    target_class = "people.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}
