"""Lines of which nothing comes: a discount or credit (a negative one), and freight or tax of the
whole order. The other lines of their purchase bear them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from core.problems import Problem
from core.text.written import money
from funding.models import PurchaseLine
from funding.models.purchase import BORNE
from funding.rules.split import MOST, by_weight, from_cents, to_cents


def borne(lines: Sequence[PurchaseLine]) -> dict[int, Decimal | None]:
    """Per line (key) of one purchase what its things cost in all: its amount less its part of the
    credits and with that of the charges, by largest remainder over the amounts, ties to the earlier
    line. A line whose amount is unknown bears none, nor does one of no thing. Raises ValueError
    where the credits are more than the known amounts."""
    things = sorted((x for x in lines if x.kind not in BORNE), key=lambda x: x.number)
    known = [x for x in things if x.amount is not None and x.quantity]
    less = sum((-to_cents(x.amount or Decimal(0)) for x in lines if x.kind in BORNE), 0)
    weights = [to_cents(x.amount or Decimal(0)) for x in known]
    if less > sum(weights):
        raise ValueError("the credits are more than what is bought")
    parts = by_weight(less, weights) if less else [0] * len(known)
    found: dict[int, Decimal | None] = {x.pk: x.amount for x in things}
    return found | {
        x.pk: from_cents(w - part) for x, w, part in zip(known, weights, parts, strict=True)
    }


def cost_too_large(costs: Mapping[int, Decimal | None]) -> Iterator[Problem]:
    """What the things of a line cost is kept: the line's amount with its part of the freight is no
    more than a column holds. `costs`: by line (key)."""
    if beyond := max((cost for cost in costs.values() if cost and cost > MOST), default=None):
        message = _(
            "With its part of freight and tax a line would cost %(cost)s, and the most that a line "
            "costs is %(most)s. Look whether one of the amounts has a digit too many."
        )
        words = {"cost": money(beyond), "most": money(MOST)}
        yield Problem("cost-too-large", message % words, "amount")
