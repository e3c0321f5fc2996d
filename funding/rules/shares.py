"""Why awards cannot pay for a unit or a line, and what each share pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.problems import Problem
from funding.models import Award, Unit
from funding.rules.split import percent_to_amounts
from funding.rules.units import void_problems


@dataclass(frozen=True)
class ShareDraft:
    """An award's part: an amount in dollars and cents, or a per cent of the cost."""

    award: Award
    amount: Decimal | None = None
    percent: Decimal | None = None


def amounts_of(cost: Decimal, shares: Sequence[ShareDraft]) -> list[Decimal]:
    """What each share pays of a cost, in dollars and cents; per cents split it exactly."""
    if not shares:
        return []
    by_percent = [s for s in shares if s.amount is None]
    parts = iter(percent_to_amounts(cost, [s.percent or Decimal(0) for s in by_percent]))
    return [s.amount if s.amount is not None else next(parts) for s in shares]


def unit_problems(unit: Unit, shares: Sequence[ShareDraft]) -> list[Problem]:
    """Why these awards cannot pay for a unit."""
    if unit.voided_at:
        return list(void_problems(unit))
    if not shares:
        return []
    if unit.cost is None:
        return [
            Problem("cost-unknown", _("Its cost is unknown: state it before sharing it."), "cost")
        ]
    return share_problems(unit.cost or Decimal(0), shares)


def share_problems(cost: Decimal, shares: Sequence[ShareDraft]) -> list[Problem]:
    """Why these awards cannot pay for what costs so much."""
    awards = [s.award.pk for s in shares]
    if len(set(awards)) < len(awards):
        return [
            Problem(
                "award-twice", _("An award stands here twice: put its parts together."), "award"
            )
        ]
    for share in shares:
        if share.amount is not None and share.percent is not None:
            message = _("Give an amount or a percentage, not both.")
            return [Problem("share-twice", message, "award")]
        value = share.amount if share.amount is not None else share.percent
        if value is None or value < 0:
            return [
                Problem(
                    "share-missing", _("Give an amount or a percentage of at least 0."), "award"
                )
            ]
        if share.amount is not None and share.amount != share.amount.quantize(Decimal("0.01")):
            return [
                Problem(
                    "fraction-of-a-cent",
                    _("Give amounts in dollars and cents, with two decimals."),
                    "award",
                )
            ]
    if sum((s.percent or Decimal(0) for s in shares if s.amount is None), Decimal(0)) > 100:
        return [
            Problem("over-100", _("The percentages add up to more than 100: lower one."), "award")
        ]
    if sum(amounts_of(cost, shares), Decimal(0)) > cost:
        message = _("The awards would pay more than it cost (%(cost)s).") % {"cost": cost}
        return [Problem("more-than-cost", message, "award")]
    return []


def line_problems(
    units: Sequence[Unit], shares: Sequence[ShareDraft], missing: Problem | None = None
) -> list[Problem]:
    """Why these awards cannot pay for the units of a line (`missing`: the reason that is asked for
    and was not given)."""
    if not units:
        return [
            Problem(
                "nothing-received",
                _("Nothing of this line has been received yet: receive it first."),
            )
        ]
    if missing is not None:
        return [missing]
    if any(u.cost is None for u in units):
        return [
            Problem(
                "cost-unknown",
                _("The cost of this line is unknown: state its amount before sharing it."),
                "cost",
            )
        ]
    return share_problems(sum((u.cost or Decimal(0) for u in units), Decimal(0)), shares)
