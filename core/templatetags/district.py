"""Filters and tags of every template."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.text import written
from core.web import slots as web

register = template.Library()
for shown in (written.money, written.day, written.instant, written.stamp):
    register.filter(shown)


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
