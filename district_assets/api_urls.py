"""The REST API, version 1. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.yaml", SpectacularAPIView.as_view(permission_classes=[]), name="api-schema"),
    path("", include("people.api_urls")),
    path("", include("assets.api_urls")),
    path("", include("funding.api_urls")),
    path("", include("reports.api_urls")),
    path("", include("core.api_urls")),
]
