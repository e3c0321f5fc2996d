from django.urls import path

from assets.catalog import views as catalog
from assets.labels import views as labels
from assets.lists import views as listing
from assets.passport import acts
from assets.passport import views as passport
from assets.register import tagging
from assets.register import views as register
from assets.scan import views as scan

urlpatterns = [
    path("assets/", listing.asset_list, name="assets"),
    path("assets/export.csv", listing.asset_export, name="assets-export"),
    path("assets/labels/", labels.labels, name="labels"),
    path("assets/new/", register.register, name="asset-register"),
    path("assets/<int:pk>/", passport.asset_detail, name="asset"),
    path("assets/<int:pk>/assign/", acts.assign, name="asset-assign"),
    path("assets/<int:pk>/return/", acts.return_, name="asset-return"),
    path("assets/<int:pk>/move/", acts.move, name="asset-move"),
    path("assets/<int:pk>/verify/", acts.verify, name="asset-verify"),
    path("assets/<int:pk>/edit/", acts.edit, name="asset-edit"),
    path("assets/<int:pk>/status/", acts.status, name="asset-status"),
    path("assets/<int:pk>/find/", acts.find, name="asset-find"),
    path("assets/<int:pk>/dispose/", acts.dispose, name="asset-dispose"),
    path("assets/<int:pk>/reopen/", acts.reopen, name="asset-reopen"),
    path("assets/<int:pk>/correct/", acts.correct, name="asset-correct"),
    path("assets/<int:pk>/merge/", acts.merge, name="asset-merge"),
    path("assets/<int:pk>/unmerge/", acts.unmerge, name="asset-unmerge"),
    path("assets/<int:pk>/void/", acts.void, name="asset-void"),
    path("assets/<int:pk>/reinstate/", acts.reinstate, name="asset-reinstate"),
    path("scan/", scan.scan, name="scan"),
    path("tagging/", tagging.tagging, name="tagging"),
    path("t/<path:tag>", passport.tag_landing, name="tag"),
    path("catalog/", catalog.catalog, name="catalog"),
    path("catalog/usual/", catalog.usual, name="catalog-usual"),
    path("catalog/categories/<int:pk>/", catalog.category_edit, name="category-edit"),
    path("catalog/products/<int:pk>/", catalog.product_edit, name="product-edit"),
    path("tags/", catalog.tag_ranges, name="tag-ranges"),
]
