"""The REST API, version 1."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from assets.api import bulk
from assets.api import views as assets
from core.api import journal
from funding import api as funding
from people import api as people
from reports import api as reports

urlpatterns: list[URLPattern] = [
    path("openapi.yaml", SpectacularAPIView.as_view(permission_classes=[]), name="api-schema"),
    path("schools", people.Schools.as_view(), name="api-schools"),
    path("schools/<int:pk>", people.SchoolDetail.as_view(), name="api-school"),
    path("rooms", people.Rooms.as_view(), name="api-rooms"),
    path("rooms/<int:pk>", people.RoomDetail.as_view(), name="api-room"),
    path("people", people.People.as_view(), name="api-people"),
    path("people/<int:pk>", people.PersonDetail.as_view(), name="api-person"),
    path("categories", assets.Categories.as_view(), name="api-categories"),
    path("products", assets.Products.as_view(), name="api-products"),
    path("assets", assets.Assets.as_view(), name="api-assets"),
    path("assets/bulk", bulk.BulkCreate.as_view(), name="api-assets-bulk"),
    path("assets/<int:pk>", assets.AssetDetail.as_view(), name="api-asset"),
    path("assets/<int:pk>/assign", assets.Assign.as_view(), name="api-asset-assign"),
    path("assets/<int:pk>/return", assets.Return.as_view(), name="api-asset-return"),
    path("assets/<int:pk>/move", assets.Move.as_view(), name="api-asset-move"),
    path("assets/<int:pk>/verify", assets.Verify.as_view(), name="api-asset-verify"),
    path("programs", funding.Programs.as_view(), name="api-programs"),
    path("awards", funding.Awards.as_view(), name="api-awards"),
    path("awards/<int:pk>", funding.AwardDetail.as_view(), name="api-award"),
    path("vendors", funding.Vendors.as_view(), name="api-vendors"),
    path("purchases", funding.Purchases.as_view(), name="api-purchases"),
    path("purchases/<int:pk>", funding.PurchaseDetail.as_view(), name="api-purchase"),
    path("units", funding.Units.as_view(), name="api-units"),
    path("shares", funding.Shares.as_view(), name="api-shares"),
    path("reports", reports.Reports.as_view(), name="api-reports"),
    path("reports/<int:pk>", reports.ReportDetail.as_view(), name="api-report"),
    path(
        "reports/<int:pk>/<str:format_>",
        reports.ReportDownload.as_view(),
        name="api-report-download",
    ),
    path("journal", journal.Journal.as_view(), name="api-journal"),
    path("runs/<int:pk>", journal.RunDetail.as_view(), name="api-run"),
]
