"""All addresses. Each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("people.urls")),
    path("", include("assets.urls")),
    path("", include("funding.urls")),
    path("", include("reports.urls")),
    path("imports/", include("integrations.urls")),
    path("api/v1/", include("district_assets.api_urls")),
]
handler400 = "core.views.errors.bad_request"
handler404 = "core.views.errors.not_found"
handler403 = "core.views.errors.not_permitted"
handler500 = "core.views.errors.server_error"
