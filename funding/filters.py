"""What lists of purchases are asked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core.access import MaybeActor
from core.api.filters import Filters, QueryFilter
from core.api.parameters import DAY, ID, TEXT
from core.db.letters import holds
from core.models import Entry
from core.web.asked import Line
from funding.models import PurchaseLine
from funding.money import lines_seen


@dataclass(frozen=True)
class Sought:
    """What somebody looks for. An invoice finds a purchase only for who sees its line."""

    text: str
    by: MaybeActor

    def __str__(self) -> str:
        return self.text


class Words(Line):
    def read(self, text: str, name: str, by: MaybeActor) -> Any:
        return Sought(super().read(text, name, by), by)


def _called(rows: QuerySet[Any], sought: Sought) -> QuerySet[Any]:
    """Any part of the number, of one that it had before that was put right, of an invoice, or of
    the vendor's name."""
    text = sought.text
    put_right = Entry.objects.filter(
        holds("changes__number__0", text), kind="purchase.changed", changes__has_key="number"
    )
    invoiced = PurchaseLine.objects.filter(holds("invoice_number", text))
    mine = lines_seen(invoiced.values("purchase"), sought.by)
    mine = mine.filter(holds("invoice_number", text))
    return rows.filter(
        holds("number", text)
        | holds("vendor__name", text)
        | Exists(put_right.filter(subject_id=OuterRef("pk")))
        | Exists(mine.filter(purchase=OuterRef("pk")))
    )


class PurchaseFilters(Filters):
    number = QueryFilter(TEXT, "number", "iexact")
    vendor = QueryFilter(ID, "vendor")
    ordered_on__gte = QueryFilter(DAY, "ordered_on", "gte")
    q = QueryFilter(None, _called, page=Words(64))
