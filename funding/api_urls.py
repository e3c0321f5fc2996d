"""REST addresses of awards, purchases, units and shares."""

from core.api.routes import route
from funding.api import awards, purchases, reclassifications, units, vendors

urlpatterns = [
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
]
