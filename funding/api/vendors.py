"""Vendors."""

from core.api.filters import Filters, QueryFilter
from core.api.parameters import BOOLEAN, TEXT
from core.api.resource import Resource, Write
from funding import actions
from funding.api.shapes import VendorSerializer
from funding.models import Vendor


class VendorFilters(Filters):
    name = QueryFilter(TEXT, "name", "iexact")
    number = QueryFilter(TEXT, "number", "iexact")
    active = QueryFilter(BOOLEAN, "active")


VENDORS = Resource(
    name="Vendor",
    plural="Vendors",
    about="Whom the district buys from. A merged one is not active any more.",
    about_one="One vendor.",
    shape=VendorSerializer,
    rows=Vendor.objects.seen_by,
    view="funding.view_purchase",
    scoped=False,
    filters=VendorFilters,
    create=Write(actions.create_vendor, "funding.change_purchase"),
    change=Write(actions.change_vendor, "funding.change_vendor"),
    merge=Write(
        actions.merge_vendors,
        "funding.change_vendor",
        about="Two rows for one vendor: this one's purchases go to another.",
    ),
)
