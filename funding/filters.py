"""What lists of purchases are asked."""

from typing import Any

from django.db.models import Q, QuerySet

from core.api.filters import Filters, QueryFilter
from core.api.parameters import DAY, ID, TEXT
from core.web.asked import Line


def _called(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """How the number or the vendor's name begins."""
    return rows.filter(Q(number__istartswith=text) | Q(vendor__name__istartswith=text))


class PurchaseFilters(Filters):
    number = QueryFilter(TEXT, "number", "iexact")
    vendor = QueryFilter(ID, "vendor")
    ordered_on__gte = QueryFilter(DAY, "ordered_on", "gte")
    q = QueryFilter(None, _called, page=Line(64))
