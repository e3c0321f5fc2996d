"""What the bodies of several acts have in common in the API."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField, InstantField
from core.api.shapes import Shape


class When(Shape[Any]):
    at = InstantField(required=False, help_text="when it became true; default now")


def ids() -> serializers.ListField:
    """Up to 1,000 things, by their numbers."""
    return serializers.ListField(child=IdField(), min_length=1, max_length=1000)
