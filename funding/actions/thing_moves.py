"""A thing that comes to other money by another unit: to receive it anew under another number, and
to say of that who pays, is no way around who decides on its money."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Actor, System
from core.problems import Problem, refuse_if
from core.time import days
from funding.actions.told import said_units
from funding.models import Award, Unit, UnitShare
from funding.rules.approvals import needs_second
from funding.things import stood_on


def earlier_awards(units: Mapping[int, Mapping[int, Decimal]]) -> dict[int, list[Award]]:
    """By unit the awards of which somebody said that they pay for those on which its thing stood
    before; none where the same awards are to pay the same (`units`: what each is to pay)."""
    found = {pk: _others(earlier, units[pk]) for pk, earlier in stood_on(units).items()}
    return {pk: awards for pk, awards in found.items() if awards}


def refuse_other_money(
    unit: Unit, earlier: Collection[int], by: Actor, field: str = "unit"
) -> None:
    """A thing is to stand on a unit (locked), and stood on others before: refuse it where other
    awards would pay for it than did, and a second person decides on that. While nobody pays for the
    unit nothing is refused: who says so then is asked."""
    others = set(earlier) - {unit.pk}
    # The application itself puts right what nobody asked for: upgrades, the demonstration.
    if not others or isinstance(by, System):
        return
    rows = UnitShare.objects.known().filter(unit=unit)
    shares = list(rows.select_related("award__program").order_by("pk"))
    if not shares:
        return
    pays = {share.award_id: share.amount for share in shares if share.valid_to is None}
    was = _others(others, pays)
    if not was:
        return
    awards = [*was, *(share.award for share in shares)]
    amount = sum(pays.values(), Decimal(0))
    if needs_second(awards, amount, by=by, units=[unit.pk], day=days.today()):
        # Who puts a thing on a unit need not know which awards, nor how much.
        message = _(
            "It stood on other money before, and a second person decides on what pays for it. "
            "Finance says first that no award pays for this unit, from the first day on; put the "
            "item on it then, and ask for the reclassification."
        )
        data = {"request": reverse("api-reclassifications")}
        refuse_if([Problem("approval-required", message, field, data=data)])


def _others(units: Collection[int], pays: Mapping[int, Decimal]) -> list[Award]:
    """The awards of these units, of those that other money stood on than `pays`."""
    told = said_units(units)
    if not told:
        return []
    rows = UnitShare.objects.filter(unit__in=told).select_related("award__program").order_by("pk")
    found: dict[int, dict[int, Award]] = {}
    stands: dict[int, dict[int, Decimal]] = {}
    for share in rows:
        found.setdefault(share.unit_id, {})[share.award_id] = share.award
        if share.valid_to is None and share.known_to is None:
            stands.setdefault(share.unit_id, {})[share.award_id] = share.amount
    return [a for pk, some in found.items() if stands.get(pk) != pays for a in some.values()]
