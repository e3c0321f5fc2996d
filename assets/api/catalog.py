"""Categories and products."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from assets import actions
from assets.api import shapes
from assets.models import Category, Product
from core.access import MaybeActor
from core.api.filters import Filters, QueryFilter
from core.api.parameters import ID, TEXT
from core.api.resource import Resource, Write


class CategoryFilters(Filters):
    name = QueryFilter(TEXT, "name", "iexact")


CATEGORIES = Resource(
    name="Category",
    plural="Categories",
    about="What kinds of items there are.",
    about_one="One category.",
    shape=shapes.CategorySerializer,
    rows=Category.objects.seen_by,
    view="assets.view_asset",
    scoped=False,
    filters=CategoryFilters,
    create=Write(actions.create_category, "assets.change_catalog"),
    change=Write(actions.change_category, "assets.change_catalog"),
)


class ProductFilters(Filters):
    category = QueryFilter(ID, "category")
    make = QueryFilter(TEXT, "make", "iexact")
    model = QueryFilter(TEXT, "model", "iexact")


def _not_merged(by: MaybeActor, asked: Mapping[str, Any]) -> QuerySet[Product]:
    """A copy that asks what changed is told of a merge, too."""
    rows = Product.objects.seen_by(by)
    return rows if "changed_since" in asked else rows.filter(merged_into=None)


PRODUCTS = Resource(
    name="Product",
    plural="Products",
    about="Makes and models. A merged one is left out; it resolves to `merged_into`.",
    about_one="One make and model.",
    shape=shapes.ProductSerializer,
    rows=Product.objects.seen_by,
    view="assets.view_asset",
    scoped=False,
    filters=ProductFilters,
    listed=_not_merged,
    create=Write(actions.create_product, "assets.add_product"),
    change=Write(actions.change_product, "assets.change_catalog"),
    merge=Write(
        actions.merge_products,
        "assets.change_catalog",
        about="Two rows for one product: this one's assets go to another.",
    ),
    doors={"category_id": lambda by: Category.objects.all()},
)
