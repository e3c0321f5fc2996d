"""Lines of which nothing comes: a discount or credit (a negative one), and freight or tax of the
whole order. The other lines of their purchase bear them."""

from collections.abc import Sequence
from decimal import Decimal

from funding.models import PurchaseLine
from funding.models.purchase import BORNE
from funding.rules.split import by_weight, from_cents, to_cents


def borne(lines: Sequence[PurchaseLine]) -> dict[int, Decimal | None]:
    """Per line (key) of one purchase what its things cost in all: its amount less its part of the
    credits and with that of the charges, by largest remainder over the amounts, ties to the earlier
    line. A line whose amount is unknown bears none. Raises ValueError where the credits are more
    than the known amounts."""
    things = sorted((x for x in lines if x.kind not in BORNE), key=lambda x: x.number)
    known = [x for x in things if x.amount is not None]
    less = sum((-to_cents(x.amount or Decimal(0)) for x in lines if x.kind in BORNE), 0)
    weights = [to_cents(x.amount or Decimal(0)) for x in known]
    if less > sum(weights):
        raise ValueError("the credits are more than what is bought")
    parts = by_weight(less, weights) if less else [0] * len(known)
    found: dict[int, Decimal | None] = {x.pk: None for x in things}
    return found | {
        x.pk: from_cents(w - part) for x, w, part in zip(known, weights, parts, strict=True)
    }
