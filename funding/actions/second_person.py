"""What nobody changes alone: who pays, where federal money stands or stood."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Actor, System
from core.problems import Problem, refuse_if
from core.time import days
from funding.actions.thing_moves import earlier_awards
from funding.actions.told import SAID, told_before
from funding.models import Award, Unit, UnitShare
from funding.rules.approvals import approval_required, needs_second
from funding.rules.chronology import shown

#: Acts that say something of the money of a unit.
OF_MONEY = (*SAID, "unit.cost_set")
#: Units with the amount that each award pays.
Plan = Sequence[tuple[Unit, Sequence[tuple[Award, Decimal]]]]


def touched_by(ats: Mapping[int, datetime]) -> QuerySet[UnitShare]:
    """The shares of units that a change from these instants on may end or supersede."""
    first = min(ats.values(), default=days.now())
    rows = UnitShare.objects.known().filter(unit__in=list(ats))
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=first))


def second_person(
    plan: Plan,
    ats: Mapping[int, datetime],
    *,
    by: Actor,
    undoing: bool,
    approved: bool,
) -> dict[int, Decimal]:
    """Refuse a change of who pays that needs a second person and has none; by unit what moves
    without one, which counts with what moves next.

    A first statement needs none, and neither does an import that is undone: it takes away only what
    it was the first to say, and gives it to nobody."""
    if approved:
        return {}
    touched = [
        share
        for share in touched_by(ats).select_related("award__program").order_by("pk")
        if share.valid_to is None or share.valid_to > ats[share.unit_id]
    ]
    if undoing and not any(parts for _unit, parts in plan) and _first_said(touched):
        return {}
    # Money that was taken off a unit and comes back to another award was moved, in two steps.
    paid = [unit for unit, parts in plan if parts]
    pays = {unit.pk: {award.pk: x for award, x in parts} for unit, parts in plan if parts}
    # So was the money of a thing that stood on another unit before, under whatever purchase.
    earlier = {} if isinstance(by, System) else earlier_awards(pays)
    hit = {share.unit_id for share in touched} | told_before(paid, of_things=False) | set(earlier)
    if not hit:
        return {}
    into = [award for unit, parts in plan if unit.pk in hit for award, _amount in parts]
    was = [award for some in earlier.values() for award in some]
    awards = [*(share.award for share in touched), *into, *was]
    change = _change(touched, plan)
    units = [u.pk for u, _parts in plan]
    if needs_second(awards, moved(change.values()), by=by, units=units, day=days.today()):
        refuse_if([approval_required({"request": reverse("api-reclassifications")})])
    of = _by_unit(change)
    return {pk: of.get(pk, Decimal(0)) for pk in hit}


def moved_data(amount: Decimal | None) -> dict[str, str]:
    """What an entry says of money that moved without a second person."""
    return {"moved": str(amount)} if amount else {}


def _first_said(touched: Sequence[UnitShare]) -> bool:
    """Whether nothing was ever said of these units but what stands."""
    if any(share.valid_to for share in touched):
        return False
    said = UnitShare.objects.filter(unit__in={share.unit_id for share in touched})
    # The same awards and amounts from another day on are no other statement.
    stands = {(share.unit_id, share.award_id, share.amount) for share in touched}
    return set(said.values_list("unit", "award", "amount")) == stands


def _change(touched: Sequence[UnitShare], plan: Plan) -> dict[tuple[int, int], Decimal]:
    """By unit and award what it pays more, or less, than on some day before."""
    change: dict[tuple[int, int], Decimal] = {}
    for share in touched:  # also one that ended later: its days are moved
        key = share.unit_id, share.award_id
        change[key] = change.get(key, Decimal(0)) - share.amount
    for unit, parts in plan:
        for award, amount in parts:
            change[unit.pk, award.pk] = change.get((unit.pk, award.pk), Decimal(0)) + amount
    return change


def moved(amounts: Collection[Decimal]) -> Decimal:
    """The money that changes its award: what leaves awards, or what comes to them if that is
    more."""
    leaves = -sum((x for x in amounts if x < 0), Decimal(0))
    comes = sum((x for x in amounts if x > 0), Decimal(0))
    return max(leaves, comes)


def refuse_void(units: Sequence[Unit], by: Actor, *, undoing: bool = False) -> dict[int, Decimal]:
    """To void a unit is to say that no award ever paid for it: a change of who paid on each day, as
    a reclassification to no award that is dated back to the first of them is, and refused where
    that would be. By unit what moves without a second person.

    An import that is undone takes away without one what nothing else was ever said of."""
    rows = UnitShare.objects.known().filter(unit__in=[u.pk for u in units])
    paid = list(rows.select_related("award__program").order_by("valid_from", "pk"))
    if not paid or (undoing and _first_said(paid)):
        return {}
    alone = _by_unit(_change(paid, []))
    total = sum(alone.values(), Decimal(0))
    awards = [share.award for share in paid]
    if needs_second(awards, total, by=by, units=list(alone), day=days.today()):
        first = paid[0].valid_from
        message = _(
            "Awards paid for it since %(day)s: ask for a reclassification to no award from that "
            "day on, and void it once that is approved."
        ) % {"day": shown(days.local_date(first))}
        data = {"request": reverse("api-reclassifications")}
        refuse_if([Problem("approval-required", message, data=data)])
    return alone


def refuse_fallen(
    fallen: Sequence[UnitShare], starts: Mapping[int, datetime], by: Actor
) -> dict[int, Decimal]:
    """Shares that ended before the instant from which their unit is paid now (`starts`) fall away:
    other awards alone pay then. Dating a thing is no way around who decides on that. By unit what
    moves without a second person."""
    alone = _by_unit(_change(fallen, []))
    total = sum(alone.values(), Decimal(0))
    awards = [share.award for share in fallen]
    if needs_second(awards, total, by=by, units=list(alone), day=days.today()):
        # Whoever dates a thing need not know which awards, nor how much.
        message = _(
            "What paid for it before %(day)s would never have, and a second person decides on "
            "that. Finance asks for a reclassification, from the first day of that on, to what "
            "pays on %(day)s; then do this again."
        ) % {"day": shown(days.local_date(min(starts[share.unit_id] for share in fallen)))}
        data = {"request": reverse("api-reclassifications")}
        refuse_if([Problem("approval-required", message, data=data)])
    return alone


def _by_unit(change: Mapping[tuple[int, int], Decimal]) -> dict[int, Decimal]:
    """By unit what moves of a change by unit and award."""
    of: dict[int, list[Decimal]] = {}
    for (pk, _award), amount in change.items():
        of.setdefault(pk, []).append(amount)
    return {pk: moved(amounts) for pk, amounts in of.items()}
