"""What programs send to hand out and to check in."""

from typing import Any

from rest_framework import serializers

from assets.models import Condition
from assets.shapes import When, ids
from core.api.fields import DayField, IdField
from core.api.shapes import Shape


class AssignInput(When):
    person = IdField()
    due_on = DayField(required=False, allow_null=True)


class Pair(Shape[Any]):
    asset = IdField()
    person = IdField()


class AssignMany(When):
    rows = serializers.ListField(child=Pair(), min_length=1, max_length=1000)
    due_on = DayField(required=False, allow_null=True)


class ReturnInput(When):
    room = IdField(required=False, allow_null=True)
    condition = serializers.ChoiceField(choices=Condition.values, required=False)


class ReturnMany(ReturnInput):
    assets = ids()
