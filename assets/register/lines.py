"""What the things of a purchase line are."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F, Value
from django.db.models.functions import Concat, Lower, Trim

from assets.models import Asset, Product, Status
from core.access import MaybeActor
from funding.models import PurchaseLine


def products_of(lines: Sequence[PurchaseLine], by: MaybeActor) -> dict[int, Product]:
    """Per line (key) the product of its things: that of all which `by` sees tagged from it, else
    the one whose make and model are its description, letter for letter. Nothing is guessed from a
    part of a description: "Case for Acer C722" is no Acer C722."""
    tagged: dict[int, set[int]] = defaultdict(set)
    things = Asset.objects.visible_to(by).filter(unit__line__in=lines).exclude(status=Status.VOID)
    for line, product in things.order_by().values_list("unit__line", "product").distinct():
        tagged[line or 0].add(product)
    described = {line.pk: _folded(line.description) for line in lines if line.pk not in tagged}
    products = Product.objects.filter(merged_into=None).select_related("category")
    named = {
        product.called: product  # type: ignore[attr-defined]  # annotated below
        for product in products.annotate(
            called=Lower(Trim(Concat(F("make"), Value(" "), F("model"))))
        ).filter(called__in=set(described.values()) - {""})
    }
    found = {pk: named[words] for pk, words in described.items() if words in named}
    single = {pk: next(iter(kinds)) for pk, kinds in tagged.items() if len(kinds) == 1}
    known = products.in_bulk(set(single.values()))
    return found | {pk: known[product] for pk, product in single.items() if product in known}


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
