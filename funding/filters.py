"""What lists of purchases are asked."""

from core.api.filters import Filters, QueryFilter
from core.api.parameters import DAY, ID, TEXT


class PurchaseFilters(Filters):
    number = QueryFilter(TEXT, "number", "iexact")
    vendor = QueryFilter(ID, "vendor")
    ordered_on__gte = QueryFilter(DAY, "ordered_on", "gte")
