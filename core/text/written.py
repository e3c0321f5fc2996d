"""Dates, instants and money as people write them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.time import days


def money(value: Decimal | None) -> str:
    """$1,234.50; a dash for unknown."""
    if value is None or value == "":
        return "–"
    sign = "−" if value < 0 else ""
    return f"{sign}${abs(value):,.2f}"


def day(value: date | datetime | None) -> str:
    """08/12/2025 in the district's zone; a dash for unknown."""
    if not value:
        return "–"
    if isinstance(value, datetime):
        value = days.local_date(value)
    return value.strftime("%m/%d/%Y")


def instant(value: datetime | None) -> SafeString | str:
    """A local date and time with the exact instant on hover."""
    if not value:
        return "–"
    local = value.astimezone(days.zone())
    shown = f"{local:%m/%d/%Y} {local.hour % 12 or 12}:{local:%M %p}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), value.isoformat(), shown
    )


def stamp(value: datetime) -> str:
    """An instant to the second in the district's zone, which is named: it may be read anywhere."""
    local = value.astimezone(days.zone())
    return f"{local:%m/%d/%Y} {local.hour % 12 or 12}:{local:%M:%S %p %Z}"
