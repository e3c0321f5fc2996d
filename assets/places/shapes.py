"""What programs send to move a thing, or to say how it is."""

from rest_framework import serializers

from assets.models import Status
from assets.shapes import When, ids
from core.api.fields import IdField, LineField


class MoveInput(When):
    room = IdField()


class MoveMany(MoveInput):
    assets = ids()


class StatusInput(When):
    status = serializers.ChoiceField(choices=Status.values)
    reason = LineField(max_length=300, required=False, allow_blank=True)


class FindInput(When):
    room = IdField(required=False, allow_null=True)
