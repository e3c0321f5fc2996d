from django.urls import path

from assets.act import acts
from assets.catalog import views as catalog
from assets.labels import views as labels
from assets.lists import views as listing
from assets.passport import views as passport
from assets.passport.act_pages import page_address
from assets.register import tagging
from assets.register import views as register
from assets.scan import views as scan

urlpatterns = [
    path("assets/", listing.asset_list, name="assets"),
    path("assets/export.csv", listing.asset_export, name="assets-export"),
    path("assets/labels/", labels.labels, name="labels"),
    path("assets/new/", register.register, name="asset-register"),
    path("assets/<int:pk>/", passport.asset_detail, name="asset"),
    *(page_address(act, act.page) for act in acts() if act.page is not None),
    path("scan/", scan.scan, name="scan"),
    path("tagging/", tagging.tagging, name="tagging"),
    path("t/<path:tag>", passport.tag_landing, name="tag"),
    path("catalog/", catalog.catalog, name="catalog"),
    path("catalog/usual/", catalog.usual, name="catalog-usual"),
    path("catalog/categories/<int:pk>/", catalog.category_edit, name="category-edit"),
    path("catalog/products/<int:pk>/", catalog.product_edit, name="product-edit"),
    path("tags/", catalog.tag_ranges, name="tag-ranges"),
]
