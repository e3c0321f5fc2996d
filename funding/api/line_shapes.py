"""What is said of a line of a purchase that is put right by REST."""

from typing import Any

from core.api.fields import DayField, LineField, SignedMoneyField, WholeField
from core.api.shapes import Shape


class LineChange(Shape[Any]):
    """What a line of a purchase says; what is not named stays."""

    line = WholeField(min_value=1, help_text="its number on the purchase")
    description = LineField(max_length=300, required=False)
    quantity = WholeField(
        min_value=0,
        max_value=100_000,
        required=False,
        help_text="how many were ordered, no fewer than were received",
    )
    amount = SignedMoneyField(allow_null=True, required=False)
    invoice_number = LineField(max_length=64, required=False, allow_blank=True)
    invoice_on = DayField(required=False, allow_null=True)
    paid_on = DayField(required=False, allow_null=True)
    account = LineField(max_length=64, required=False, allow_blank=True)
    reason = LineField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="why it changes: needed where the cost or quantity of received items does",
    )


class LineRemove(Shape[Any]):
    line = WholeField(min_value=1, help_text="its number on the purchase")
    reason = LineField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="needed where the cost of received items changes by it",
    )
