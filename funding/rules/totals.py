"""What the amounts of a purchase add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import PurchaseLine
from funding.models.purchase import BORNE, LineKind

ZERO = Decimal(0)


@dataclass(frozen=True)
class Total:
    """The known amounts of a purchase: of things, of freight and tax, of discounts (zero or less).
    `unknown`: of how many lines the amount is not known."""

    things: Decimal
    charges: Decimal
    credits: Decimal
    unknown: int

    @property
    def amount(self) -> Decimal:
        return self.things + self.charges + self.credits

    @property
    def borne(self) -> str:
        """What the lines of things bear, "" for nothing."""
        if self.charges and self.credits:
            return _("freight, tax and discount")
        if self.charges:
            return _("freight and tax")
        return _("the discount") if self.credits else ""


def total_of(lines: Iterable[PurchaseLine]) -> Total:
    """What the lines of one purchase add up to."""
    sums, unknown = dict.fromkeys(("things", *BORNE), ZERO), 0
    for line in lines:
        sums[line.kind if line.kind in BORNE else "things"] += line.amount or ZERO
        unknown += line.amount is None and line.quantity > 0
    return Total(sums["things"], sums[LineKind.CHARGE], sums[LineKind.CREDIT], unknown)
