"""How an app says an address of the API."""

from django.urls import URLPattern, path

from core.api.views import HouseView


def route(address: str, view: type[HouseView], name: str) -> URLPattern:
    """An address of the API with its name."""
    return path(address, view.as_view(), name=f"api-{name}")
