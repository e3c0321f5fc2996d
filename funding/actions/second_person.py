"""What nobody changes alone: who pays, where federal money stands or stood."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Actor
from core.models import Entry
from core.problems import Problem, refuse_if
from core.time import days
from funding.models import Award, Unit, UnitShare
from funding.rules.approvals import approval_required, needs_second

#: Acts that say who pays for a unit.
SAID = ("unit.shared", "unit.reclassified")
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
    hit = {share.unit_id for share in touched} | _told_before([u.pk for u, parts in plan if parts])
    if not hit:
        return {}
    into = [award for unit, parts in plan if unit.pk in hit for award, _amount in parts]
    awards = [*(share.award for share in touched), *into]
    change = _change(touched, plan)
    units = [u.pk for u, _parts in plan]
    if needs_second(awards, moved(change.values()), by=by, units=units, day=days.today()):
        refuse_if([approval_required({"request": reverse("api-reclassifications")})])
    of: dict[int, list[Decimal]] = {}
    for (pk, _award), amount in change.items():
        of.setdefault(pk, []).append(amount)
    return {pk: moved(of.get(pk, ())) for pk in hit}


def moved_data(amount: Decimal | None) -> dict[str, str]:
    """What an entry says of money that moved without a second person."""
    return {"moved": str(amount)} if amount else {}


def _told_before(units: Sequence[int]) -> set[int]:
    """The units of which somebody said before who pays, whatever became of that. What an import
    said first and took back when it was undone was not said."""
    rows = UnitShare.objects.filter(unit__in=units)
    told = set(rows.values_list("unit", flat=True))
    gone = told - set(rows.known().values_list("unit", flat=True))
    label = Unit._meta.label_lower
    acts = Entry.objects.filter(subject_type=label, subject_id__in=gone, kind__in=SAID)
    last = {e.subject_id: e for e in acts.order_by("pk")}
    return told - {pk for pk, entry in last.items() if entry.data.get("undone")}


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


def refuse_void(units: Sequence[Unit], by: Actor) -> dict[int, Decimal]:
    """A unit that awards pay for is voided after a second person took them off it, where their
    money needs one; else by unit what they paid."""
    rows = UnitShare.objects.standing().filter(unit__in=[u.pk for u in units])
    standing = list(rows.filter(amount__gt=0).select_related("award__program"))
    paid: dict[int, Decimal] = {}
    for share in standing:
        paid[share.unit_id] = paid.get(share.unit_id, Decimal(0)) + share.amount
    total = sum(paid.values(), Decimal(0))
    awards = [share.award for share in standing]
    if paid and needs_second(awards, total, by=by, units=list(paid), day=days.today()):
        message = _(
            "Awards pay for it: ask for a reclassification to no award first, then void it."
        )
        request = reverse("api-reclassifications")
        refuse_if([Problem("approval-required", message, data={"request": request})])
    return paid
