"""What programs send to put right what was recorded."""

from assets.shapes import When
from core.api.fields import DayField, FlagField, IdField, LineField
from core.api.shapes import ReasonInput


class CorrectInput(ReasonInput, When):
    tag = LineField(max_length=64, required=False)
    serial = LineField(max_length=128, required=False, allow_blank=True)
    product = IdField(required=False)
    acquired_on = DayField(required=False)
    holder = IdField(required=False)
    room = IdField(required=False)
    school = IdField(required=False)
    another = FlagField(
        required=False,
        help_text="it is not the item whose tag or serial number looks so: other zeros or signs",
    )
