"""The REST API, version 1."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularAPIView

from assets.api import bulk, catalog, codes, verbs
from assets.api import views as assets
from core.api import journal
from core.api.metrics import Metrics
from core.api.views import HouseView
from funding.api import awards, purchases, reclassifications, units, vendors
from people.api import persons, places, written
from reports import api as reports


def route(address: str, view: type[HouseView], name: str) -> URLPattern:
    """An address of the API with its name."""
    return path(address, view.as_view(), name=f"api-{name}")


urlpatterns: list[URLPattern] = [
    path("openapi.yaml", SpectacularAPIView.as_view(permission_classes=[]), name="api-schema"),
    route("schools", places.Schools, "schools"),
    route("schools/<int:pk>", places.SchoolDetail, "school"),
    route("rooms", places.Rooms, "rooms"),
    route("rooms/<int:pk>", places.RoomDetail, "room"),
    route("people", persons.People, "people"),
    route("people/bulk", persons.Roster, "people-bulk"),
    route("people/<int:pk>", persons.PersonDetail, "person"),
    route("people/<int:pk>/erase", persons.PersonErase, "person-erase"),
    route("people/<int:pk>/written", written.PersonWritten, "person-written"),
    route("people/<int:pk>/merge", persons.PersonMerge, "person-merge"),
    route("people/<int:pk>/unmerge", persons.PersonUnmerge, "person-unmerge"),
    route("categories", catalog.Categories, "categories"),
    route("categories/<int:pk>", catalog.CategoryDetail, "category"),
    route("products", catalog.Products, "products"),
    route("products/<int:pk>", catalog.ProductDetail, "product"),
    route("products/<int:pk>/merge", catalog.ProductMerge, "product-merge"),
    route("assets", assets.Assets, "assets"),
    route("assets/bulk", bulk.BulkCreate, "assets-bulk"),
    route("assets/assign", verbs.AssignMany, "assets-assign"),
    *(
        route(f"assets/{p.name}", verbs.plural_view_of(p), f"assets-{p.name}")
        for p in verbs.PLURALS
    ),
    route("assets/<int:pk>", assets.AssetDetail, "asset"),
    *(route(f"assets/<int:pk>/{v.name}", verbs.view_of(v), f"asset-{v.name}") for v in verbs.VERBS),
    route("codes", codes.Codes, "codes"),
    route("programs", awards.Programs, "programs"),
    route("programs/<int:pk>", awards.ProgramDetail, "program"),
    route("awards", awards.Awards, "awards"),
    route("awards/<int:pk>", awards.AwardDetail, "award"),
    route("parameters", awards.Parameters, "parameters"),
    route("capitalization-levels", awards.Levels, "levels"),
    route("vendors", vendors.Vendors, "vendors"),
    route("vendors/<int:pk>", vendors.VendorDetail, "vendor"),
    route("vendors/<int:pk>/merge", vendors.VendorMerge, "vendor-merge"),
    route("purchases", purchases.Purchases, "purchases"),
    route("purchases/<int:pk>", purchases.PurchaseDetail, "purchase"),
    route("purchases/<int:pk>/receive", purchases.Receive, "purchase-receive"),
    route("purchases/<int:pk>/share", purchases.ShareLine, "purchase-share"),
    route("units", units.Units, "units"),
    route("units/<int:pk>", units.UnitDetail, "unit"),
    route("units/<int:pk>/cost", units.UnitCost, "unit-cost"),
    route("units/<int:pk>/void", units.UnitVoid, "unit-void"),
    route("reclassifications", reclassifications.Reclassifications, "reclassifications"),
    route(
        "reclassifications/<int:pk>", reclassifications.ReclassificationDetail, "reclassification"
    ),
    route("reclassifications/<int:pk>/decide", reclassifications.Decide, "reclassification-decide"),
    route(
        "reclassifications/<int:pk>/withdraw",
        reclassifications.Withdraw,
        "reclassification-withdraw",
    ),
    route("units/<int:pk>/reclassify", units.Reclassify, "unit-reclassify"),
    route("shares", units.Shares, "shares"),
    route("reports", reports.Reports, "reports"),
    route("reports/<int:pk>", reports.ReportDetail, "report"),
    route("reports/<int:pk>/<str:format_>", reports.ReportDownload, "report-download"),
    route("journal", journal.Journal, "journal"),
    route("runs/<int:pk>", journal.RunDetail, "run"),
    route("metrics", Metrics, "metrics"),
]
