"""The shapes of reclassifications: what is asked of a second person, and what became of it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import FlagField, IdField, InstantField, LineField, WholeField
from core.api.shapes import Noun, Shape
from funding.api.shapes import ShareInput
from funding.models import Reclassification


class ReclassificationInput(Shape[Any]):
    """A unit, or a line of a purchase, that other awards are to pay for."""

    unit = IdField(required=False)
    purchase = IdField(required=False)
    line = WholeField(
        required=False, min_value=1, max_value=1_000_000, help_text="the line's number"
    )
    shares = serializers.ListField(child=ShareInput(), max_length=20)
    reason = LineField(max_length=300)
    at = InstantField(required=False)
    rest = FlagField(
        required=False, help_text="of a line, only the units that no award pays for now"
    )


class DecisionInput(Shape[Any]):
    decision = serializers.ChoiceField(choices=["approve", "reject"])
    reason = LineField(max_length=300, required=False, help_text="needed to reject")


class ProposedUnit(Shape[Any]):
    """A unit of a proposal: decimal texts by the award's id before and after."""

    unit = serializers.IntegerField()
    at = serializers.DateTimeField()
    cost = serializers.CharField(allow_null=True)
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())


class ReclassificationSerializer(Noun[Reclassification]):
    """What was asked of a second person, whole, and what became of it."""

    id = serializers.IntegerField(read_only=True)
    line = serializers.IntegerField(source="line_id", read_only=True)
    at = serializers.DateTimeField(read_only=True)
    reason = serializers.CharField(read_only=True)
    units = serializers.SerializerMethodField()
    asked_by = serializers.IntegerField(read_only=True)
    asked_at = serializers.DateTimeField(read_only=True)
    decision = serializers.CharField(read_only=True, allow_null=True)
    decided_by = serializers.IntegerField(read_only=True, allow_null=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
    decision_reason = serializers.CharField(read_only=True, allow_null=True)
    withdrawn_at = serializers.DateTimeField(read_only=True, allow_null=True)
    done_at = serializers.DateTimeField(read_only=True, allow_null=True)

    @extend_schema_field(ProposedUnit(many=True))
    def get_units(self, row: Reclassification) -> list[dict[str, Any]]:
        told, at = ("unit", "cost", "before", "after"), serializers.DateTimeField()
        return [
            {k: u[k] for k in told} | {"at": at.to_representation(row.at_of(u))} for u in row.plan
        ]
