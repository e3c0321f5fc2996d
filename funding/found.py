"""What the search of every page finds of purchases and awards."""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from core.access import MaybeActor
from core.db.folded import Folded, folded
from core.web.finding import Hit
from funding.filters import PurchaseFilters, Sought
from funding.models import Award, Purchase


def awards_called(text: str, by: MaybeActor) -> QuerySet[Any]:
    """Awards that somebody sees and that have each word of the text in name, program, FAIN, FRN or
    subaward number, without regard to capitals and accents."""
    space = Value(" ")
    whole = Concat(
        "name", space, "program__name", space, "fain", space, "frn", space, "subaward_number"
    )
    awards: QuerySet[Any] = Award.objects.visible_to(by).alias(called=Folded(whole))
    words = folded(text).split()
    for word in words:
        awards = awards.filter(called__contains=word)
    return awards if words else awards.none()


def find_purchases(text: str, by: MaybeActor, most: int) -> list[Hit]:
    rows = Purchase.objects.visible_to(by).select_related("vendor").order_by("-pk")
    rows = PurchaseFilters.applied({"q": Sought(text, by)}, rows)[:most]
    return [
        Hit(p.number, p.vendor.name if p.vendor else "", reverse("purchase", args=[p.pk]))
        for p in rows
    ]


def find_awards(text: str, by: MaybeActor, most: int) -> list[Hit]:
    rows = awards_called(text, by).select_related("program")[:most]
    return [
        Hit(
            award.name,
            " · ".join(filter(None, [award.program.name, award.fain, award.frn])),
            reverse("award", args=[award.pk]),
        )
        for award in rows
    ]
