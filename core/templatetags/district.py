"""Filters that show dates, instants and money as people write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.time import days
from core.web import slots as web

register = template.Library()


@register.filter
def money(value: Decimal | None) -> str:
    """$1,234.50; a dash for unknown."""
    if value is None or value == "":
        return "–"
    sign = "−" if value < 0 else ""
    return f"{sign}${abs(value):,.2f}"


@register.filter
def day(value: date | datetime | None) -> str:
    """08/12/2025 in the district's zone; a dash for unknown."""
    if not value:
        return "–"
    if isinstance(value, datetime):
        value = days.local_date(value)
    return value.strftime("%m/%d/%Y")


@register.filter
def instant(value: datetime | None) -> SafeString | str:
    """A local date and time with the exact instant on hover."""
    if not value:
        return "–"
    local = value.astimezone(days.zone())
    shown = f"{local:%m/%d/%Y} {local.hour % 12 or 12}:{local:%M %p}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), value.isoformat(), shown
    )


@register.filter
def stamp(value: datetime) -> str:
    """An instant to the second in the district's zone, which is named: it may be read anywhere."""
    local = value.astimezone(days.zone())
    return f"{local:%m/%d/%Y} {local.hour % 12 or 12}:{local:%M:%S %p %Z}"


@register.filter
def can(user: Any, perm: str) -> bool:
    """Whether the user holds a permission anywhere."""
    return bool(user.has_perm(perm))


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], slot: str, obj: Any) -> str:
    """Render the panels other apps added to this page."""
    request: HttpRequest = context["request"]
    parts = (
        render_to_string(name, {**values, "object": obj}, request=request)
        for name, values in web.panels_for(request, slot, obj)
    )
    return SafeString("".join(parts))  # each part is a rendered template, escaped already


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present page's query string with some parameters changed (None removes one)."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    return "?" + str(params.urlencode())
