"""The OpenAPI document: what is the same for every operation is said here, once."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from core.api.fields import MAIL, LineField, MailField, MoneyField
from core.api.idempotency import KEY, LONGEST
from core.api.shapes import Noun
from core.text.lines import FILLED, LINE

ERRORS = {
    "400": "Bad request",
    "401": "Not signed in",
    "403": "Not permitted",
    "404": "Not found",
    "405": "Method not allowed",
    "406": "Not acceptable",
    "409": "Refused by a rule",
    "412": "Changed since it was read",
    "413": "Too large",
    "415": "Unsupported media type",
    "422": "Idempotency key used for another request",
    "428": "If-Match is missing",
    "503": "What it needs is away; Retry-After says when to come back",
}


class HouseSchema(AutoSchema):
    """Adds the view's parameters, If-Match to changes, keys to posts; closes every body."""

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        found = [
            OpenApiParameter(
                name,
                dict(kind.schema),
                description=kind.description,
                explode=False if kind.schema["type"] == "array" else None,
            )
            for name, kind in view.parameters(self.method).items()
        ]
        headers = [*HEADERS.get(self.method, [])]
        if self.method == "POST" and view.versioned:
            headers += HEADERS["PATCH"]
        for name, text, required, schema in headers:
            found.append(
                OpenApiParameter(
                    name, dict(schema), OpenApiParameter.HEADER, description=text, required=required
                )
            )
        return found

    def get_operation(self, *args: Any) -> dict[str, Any] | None:
        """Says, too, which permission a token must have for it."""
        operation: dict[str, Any] | None = super().get_operation(*args)
        view: Any = self.view
        if operation is not None and (needed := view.permissions.get(self.method)):
            text = operation.get("description", "")
            operation["description"] = f"{text}\n\nNeeds `{needed}`.".strip()
        return operation

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """A request has exactly these fields. An answer may have been asked for some only, and
        shows what is kept even where today's rules would not take it."""
        # It has no types.
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        schema["additionalProperties"] = False
        for name, field in serializer.fields.items():
            if isinstance(field, serializers.ListSerializer) and not field.allow_empty:
                # Lists alone come here.
                schema["properties"][name] |= {"minItems": 1, "maxItems": field.max_length}  # type: ignore[attr-defined]
        if direction == "response":
            if isinstance(serializer, Noun):
                schema.pop("required", None)
            for found in schema["properties"].values():
                for key in ("pattern", "minLength", "maxLength"):
                    found.pop(key, None)
        return schema

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        # It has no types.
        super()._insert_field_validators(field, schema)  # type: ignore[no-untyped-call]
        if isinstance(field, LineField):
            schema |= {"type": "string", "pattern": LINE if field.allow_blank else FILLED}
            if field.max_length:
                schema["maxLength"] = field.max_length
            for key in ("oneOf", "minLength"):
                schema.pop(key, None)
        if isinstance(field, MailField):
            schema["pattern"] = MAIL
        if isinstance(field, MoneyField):
            schema["pattern"] = field.shape


HEADERS: dict[str, list[tuple[str, str, bool, dict[str, Any]]]] = {
    "PATCH": [("If-Match", "the ETag you read", True, {"type": "string"})],
    "POST": [
        (
            "Idempotency-Key",
            "sent again with the same key, it is answered again and done once",
            False,
            {"type": "string", "pattern": KEY, "minLength": 1, "maxLength": LONGEST},
        )
    ],
}


LOCATION = {"description": "where the one that was made is", "schema": {"type": "string"}}


def add_errors(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Every operation may answer each of the problems."""
    error = {
        "type": "object",
        "required": ["code", "message", "pointer", "parameter"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "pointer": {"type": ["string", "null"], "description": "JSON pointer into the body"},
            "parameter": {"type": ["string", "null"], "description": "name in the query"},
            "request": {
                "type": "string",
                "description": "where to ask a second person for it (approval-required)",
            },
        },
    }
    names = ("type", "title", "status", "detail", "request_id", "errors")
    result["components"].setdefault("schemas", {})["Problem"] = {
        "type": "object",
        "description": "RFC 9457 problem details",
        "required": list(names),
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "request_id": {"type": "string"},
            "errors": {"type": "array", "items": error},
        },
    }
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["responses"] = {
        f"Problem{status}": {"description": text, "content": content}
        for status, text in ERRORS.items()
    }
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in ERRORS:
                there = {"$ref": f"#/components/responses/Problem{status}"}
                operation["responses"].setdefault(status, there)
            for made in {"201", "202"} & operation["responses"].keys():
                operation["responses"][made]["headers"] = {"Location": LOCATION}
            if method == "get":
                operation["responses"].setdefault("304", {"description": "Not changed"})
    return result


def page_of(kind: Any) -> Any:
    """The shape of a keyset page of something."""
    name = kind.__name__.removesuffix("Serializer") + "Page"
    text = "with changed_since: the seal number to ask with next time"
    head = serializers.IntegerField(required=False, help_text=text)
    fields = {"results": kind(many=True), "next": serializers.CharField(allow_null=True)}
    return inline_serializer(name, {**fields, "head": head})
