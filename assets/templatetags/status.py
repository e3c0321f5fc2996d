"""The icon of a status."""

from django import template

from assets.models.status import Status

register = template.Library()


@register.filter
def status_icon(value: str) -> str:
    """The icon that stands beside a status word."""
    return Status(value).icon if value in Status.values else "circle"
