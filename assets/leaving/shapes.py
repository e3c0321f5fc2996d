"""What programs send where a thing leaves the register."""

from typing import Any

from rest_framework import serializers

from assets.models import DisposalMethod
from core.api.fields import DayField, LineField, MoneyField
from core.api.shapes import Shape


class DisposeInput(Shape[Any]):
    method = serializers.ChoiceField(choices=DisposalMethod.values)
    disposed_on = DayField()
    sale_price = MoneyField(required=False, allow_null=True)
    fair_market_value = MoneyField(required=False, allow_null=True)
    recipient = LineField(max_length=200, required=False, allow_blank=True)
    reason = LineField(max_length=300, required=False, allow_blank=True)
