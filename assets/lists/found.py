"""What the search of every page finds of things."""

from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from assets.models import Asset, Product, Status
from assets.models.keys import code_keys
from core.access import MaybeActor
from core.db.folded import Folded, folded
from core.web.finding import Hit

#: Text of fewer characters finds how a code begins, of more any part of it.
ANY_PART = 3


def products_called(text: str) -> QuerySet[Any]:
    """Products with each word of the text in make and model together, as the list prints them."""
    called = Folded(Concat("make", Value(" "), "model"))
    products: QuerySet[Any] = Product.objects.alias(called=called)
    for word in folded(text).split():
        products = products.filter(called__contains=word)
    return products


def saying(text: str) -> Q:
    """Things with the text in tag or serial (under three characters: that begin so), or in make
    and model."""
    found = Q(product__in=list(products_called(text).values_list("pk", flat=True)))
    for key in filter(None, code_keys(text)):
        how = "contains" if len(key) >= ANY_PART else "startswith"
        found |= Q(**{f"tag_key__{how}": key}) | Q(**{f"serial_key__{how}": key})
    return found


def things_with(text: str, by: MaybeActor) -> QuerySet[Asset]:
    """Things that somebody sees and that say the text."""
    rows = Asset.objects.visible_to(by).filter(merged_into=None)
    things: QuerySet[Asset] = rows.exclude(status=Status.VOID).filter(saying(text))
    return things


def find_things(text: str, by: MaybeActor, most: int) -> list[Hit]:
    rows = things_with(text, by).select_related("product", "school")[:most]
    return [
        Hit(
            asset.tag,
            " · ".join(filter(None, [str(asset.product), asset.serial, asset.school.name])),
            reverse("asset", args=[asset.pk]),
        )
        for asset in rows
    ]
