"""Since when the register tells anything of money."""

from datetime import date

from django.db.models import Min

from core.time import days
from funding.models import Unit, UnitShare


def first_day() -> date | None:
    """The first day of which anything is told of a unit: its receipt, or who paid for it."""
    received: date | None = Unit.objects.aggregate(day=Min("received_on"))["day"]
    paid = UnitShare.objects.aggregate(at=Min("valid_from"))["at"]
    told = (received, days.local_date(paid) if paid else None)
    return min((day for day in told if day), default=None)
