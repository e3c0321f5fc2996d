"""Serializers that take nothing silently: what they do not know they refuse."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from core.api.fields import IdField, LineField

M = TypeVar("M")


class Shape(serializers.Serializer[M]):
    """A body. A field that is unknown, or that cannot be written, is an error under its name."""

    @cached_property
    def _writable(self) -> frozenset[str]:
        """Once for all rows of a list."""
        return frozenset(n for n, f in self.fields.items() if not f.read_only)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := [n for n in data if n not in self._writable]):
            message = _("This field is unknown or cannot be written.")
            detail = [serializers.ErrorDetail(message, "unknown-field")]
            names = [str(n)[:60].encode(errors="replace").decode() for n in unknown]
            raise serializers.ValidationError(dict.fromkeys(names, detail))
        return super().to_internal_value(data)


def ids_of(shape: serializers.Serializer[Any]) -> Iterator[str]:
    """The ids that a body may name, as its checked values call them; those of its rows `rows.id`.
    Whoever takes the body looks them up: an id that no door shows would be anybody's row."""
    for field in shape.fields.values():
        inner = getattr(field, "child", field)
        if field.read_only:
            continue
        if isinstance(inner, IdField):
            yield str(field.source)
        elif isinstance(inner, serializers.Serializer):
            yield from (f"{field.source}.{name}" for name in ids_of(inner))


class Noun(Shape[M]):
    """A record as it is read (and, where it has writable fields, written). `fields=` may leave
    properties out of an answer, so the contract requires none of them there."""


class ReasonInput(Shape[Any]):
    """Why something is done."""

    reason = LineField(max_length=300)


class MergeInput(ReasonInput):
    """Two records for one thing: which one stays, and why."""

    into = IdField()
