"""REST addresses of assets and their catalog."""

from assets.api import bulk, catalog, codes, verbs
from assets.api import views as assets
from core.api.routes import route

urlpatterns = [
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
]
