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
    route("assets/<int:pk>", assets.AssetDetail, "asset"),
    *verbs.addresses(),
    route("codes", codes.Codes, "codes"),
]
