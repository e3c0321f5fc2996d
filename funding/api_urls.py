"""REST addresses of awards, purchases, units and shares."""

from core.api.routes import route
from funding.api import awards, purchases, reclassifications, units, vendors

urlpatterns = [
    *awards.PROGRAMS.addresses(),
    *awards.AWARDS.addresses(),
    *awards.PARAMETERS.addresses(),
    *awards.LEVELS.addresses(),
    *vendors.VENDORS.addresses(),
    *purchases.PURCHASES.addresses(),
    route("purchases/<int:pk>/change-line", purchases.ChangeLine, "purchase-change-line"),
    route("purchases/<int:pk>/remove-line", purchases.RemoveLine, "purchase-remove-line"),
    route("purchases/<int:pk>/receive", purchases.Receive, "purchase-receive"),
    route("purchases/<int:pk>/share", purchases.ShareLine, "purchase-share"),
    *units.UNITS.addresses(),
    route("units/<int:pk>/cost", units.UnitCost, "unit-cost"),
    route("units/<int:pk>/void", units.UnitVoid, "unit-void"),
    *reclassifications.RECLASSIFICATIONS.addresses(),
    route("reclassifications/<int:pk>/decide", reclassifications.Decide, "reclassification-decide"),
    route(
        "reclassifications/<int:pk>/withdraw",
        reclassifications.Withdraw,
        "reclassification-withdraw",
    ),
    route("units/<int:pk>/reclassify", units.Reclassify, "unit-reclassify"),
    *units.SHARES.addresses(),
]
