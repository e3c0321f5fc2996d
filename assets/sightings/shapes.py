"""What programs send of a thing that was seen."""

from assets.custody.shapes import ReturnInput
from assets.shapes import ids


class VerifyInput(ReturnInput):
    pass


class VerifyMany(VerifyInput):
    assets = ids()
