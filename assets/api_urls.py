"""REST addresses of assets and their catalog."""

from assets.api import bulk, catalog, codes, runs, verbs
from assets.api import views as assets
from core.api.routes import route

urlpatterns = [
    *catalog.CATEGORIES.addresses(),
    *catalog.PRODUCTS.addresses(),
    route("assets", assets.Assets, "assets"),
    route("assets/bulk", bulk.BulkCreate, "assets-bulk"),
    route("assets/<int:pk>", assets.AssetDetail, "asset"),
    *verbs.addresses(),
    route("codes", codes.Codes, "codes"),
    route("runs/<int:pk>", runs.ThingRun, "run"),
]
