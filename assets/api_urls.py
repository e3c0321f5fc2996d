"""REST addresses of assets and their catalog."""

from assets.api import bulk, catalog, codes, runs, verbs
from assets.api import views as assets
from core.api.routes import route

urlpatterns = [
    *catalog.CATEGORIES.addresses(),
    *catalog.PRODUCTS.addresses(),
    *assets.ASSETS.addresses(),
    route("assets/bulk", bulk.BulkCreate, "assets-bulk"),
    *verbs.addresses(),
    route("codes", codes.Codes, "codes"),
    route("runs/<int:pk>", runs.ThingRun, "run"),
]
