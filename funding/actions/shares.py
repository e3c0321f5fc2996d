"""Which award pays how much of a unit. Adding and reclassifying never overwrite."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import EntryDraft, Touched, record_many
from core.problems import Problem, refuse_if
from core.time import days
from core.two_times.ends import end_from
from funding.actions.closed import refuse_closed
from funding.actions.numbers import number_shares
from funding.actions.receipts import said_since, unpaid_since
from funding.actions.second_person import Plan, moved_data, second_person, touched_by
from funding.actions.seen import refuse_stale
from funding.models import PurchaseLine, Unit, UnitShare
from funding.rules.chronology import payment_problems
from funding.rules.shares import ShareDraft, amounts_of, line_problems, unit_problems
from funding.rules.split import matrix
from funding.rules.units import reason_missing
from funding.things import acquired_on


def share_line(
    line: PurchaseLine,
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    at: datetime | None = None,
    reason: str = "",
    rest: bool = False,
) -> list[UnitShare]:
    """Spread awards over the units of a line, exact to the cent by largest remainder: over all of
    them, or over those that no award pays yet (`rest`: a later delivery).

    Of each unit for itself: where nobody paid before, it is true from its receipt on; where awards
    paid and ended, from then on; where awards pay, it is a reclassification from now on. That needs
    its reason. `at` says otherwise from when, with a reason where awards paid on a day since."""
    with transaction.atomic():
        require(by, "funding.change_share")
        plan, paid = line_plan(line, shares, reason=reason, rest=rest, at=at)
        now, data = days.now(), {"reason": reason}
        if at:
            kind = "unit.reclassified" if paid else "unit.shared"
            return write(plan, by=by, at=at, kind=kind, data=data if paid else {})
        ats = said_since([u.pk for u, _shares in plan], now)
        first = [pk for pk, when in ats.items() if when != now] if paid else ats
        return write(plan, by=by, at=ats, kind="unit.reclassified", data=data, first=first)


def line_plan(
    line: PurchaseLine,
    shares: Sequence[ShareDraft],
    *,
    reason: str,
    rest: bool,
    at: datetime | None = None,
) -> tuple[Plan, bool]:
    """What each award would pay of each unit of a line, and whether awards pay for some already,
    or paid `at` some instant or since. The units are locked."""
    # Two officers may share the same line: the second waits and replaces the first's rows.
    rows = Unit.objects.select_for_update().filter(line=line, voided_at=None)
    units = list(rows.order_by("number"))
    standing = UnitShare.objects.standing().filter(unit__in=units)
    paid = set(standing.values_list("unit", flat=True))
    if rest and units:
        units = [u for u in units if u.pk not in paid]
        paid = set()
        refuse_if(
            []
            if units
            else [
                Problem(
                    "nothing-left",
                    _(
                        "Awards pay for all that was received of this line: to change who "
                        "pays, leave this off."
                    ),
                    "rest",
                )
            ]
        )
    why = reason_missing() if paid else _overwrites(units, at)
    refuse_if(line_problems(units, shares, None if reason.strip() else why))
    refuse_closed(units, shares)
    costs = [u.cost or Decimal(0) for u in units]
    amounts = amounts_of(sum(costs, Decimal(0)), shares)
    plan = [
        (unit, [(s.award, a) for s, a in zip(shares, row, strict=True)])
        for unit, row in zip(units, matrix(costs, amounts), strict=True)
    ]
    return plan, why is not None


def _overwrites(units: Sequence[Unit], at: datetime | None) -> Problem | None:
    """What somebody has to say a reason for who says that others paid than did on a past day."""
    if at is None:
        return None
    ended = UnitShare.objects.known().filter(unit__in=units, valid_to__gt=at)
    until = ended.aggregate(until=Max("valid_to"))["until"]
    return None if until is None else reason_missing(until=days.local_date(until))


def share_units(
    plan: Sequence[tuple[Unit, Sequence[ShareDraft]]],
    *,
    by: Actor,
    at: datetime | Mapping[int, datetime] | None = None,
    undoing: bool = False,
) -> list[UnitShare]:
    """Each unit with its own shares (imports), from one instant on or from one for each unit's
    key. Units are locked in key order. `undoing`: an import takes back what it first said."""
    with transaction.atomic():
        require(by, "funding.change_share")
        data = {"undone": True} if undoing else {}
        return write(units_plan(plan), by=by, at=at, kind="unit.shared", data=data, undoing=undoing)


def share_unit(
    unit: Unit,
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    at: datetime | None,
    reason: str,
    seen: str = "",
) -> list[UnitShare]:
    """Say who pays for one unit: from its receipt on where nobody did, or since nobody does, else a
    reclassification from now on, with its reason. `at` says otherwise from when. `seen`:
    `paying_of` when it was decided; raises Stale where that is something else now."""
    with transaction.atomic():
        require(by, "funding.change_share")
        # Two officers may share the same unit: the second waits and reclassifies the first's.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        refuse_stale(unit, seen)
        refuse_closed([unit], shares)
        pays = UnitShare.objects.standing().filter(unit=unit).exists()
        if why := reason_missing() if pays else _overwrites([unit], at):
            refuse_if([] if reason.strip() else [why])
            return reclassify([unit], shares, by=by, reason=reason, at=at)
        return share_units([(unit, shares)], by=by, at=at or unpaid_since([unit.pk]))


def reclassify(
    units: Sequence[Unit],
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    reason: str,
    at: datetime | None = None,
) -> list[UnitShare]:
    """From an instant on other awards pay. What was true before stays as it was."""
    refuse_if([] if reason.strip() else [reason_missing()])
    with transaction.atomic():
        require(by, "funding.change_share")
        plan = units_plan([(unit, shares) for unit in units])
        refuse_closed([unit for unit, _parts in plan], shares)
        return write(plan, by=by, at=at, kind="unit.reclassified", data={"reason": reason})


def units_plan(wanted: Sequence[tuple[Unit, Sequence[ShareDraft]]]) -> Plan:
    """Exact amounts for units each with their own shares. The units are locked in key order."""
    # Two officers may share the same unit: the second waits and replaces the first's rows.
    locked = {
        u.pk: u
        for u in Unit.objects.select_for_update()
        .filter(pk__in=[u.pk for u, _shares in wanted])
        .order_by("pk")
    }
    exact = []
    problems: list[Problem] = []
    for given, shares in wanted:
        unit = locked[given.pk]
        problems += unit_problems(unit, shares)
        if not problems:
            amounts = amounts_of(unit.cost or Decimal(0), shares)
            exact.append((unit, [(s.award, a) for s, a in zip(shares, amounts, strict=True)]))
    refuse_if(problems[:50])
    return exact


def early(plan: Plan, ats: Mapping[int, datetime]) -> list[Problem]:
    """Why awards cannot have paid from these instants on: what they would pay for was not there."""
    told = {u.pk: (u, days.local_date(ats[u.pk])) for u, _parts in plan}
    asked = {pk: (u, day) for pk, (u, day) in told.items() if day < u.received_on}
    acquired = acquired_on(asked) if asked else {}
    found = {
        str(problem.message): problem  # the units of a line say it once
        for pk, (unit, day) in asked.items()
        for problem in payment_problems(
            day,
            received_on=unit.received_on,
            listed=unit.listed_on is not None,
            acquired_on=acquired.get(pk),
        )
    }
    return list(found.values())[:50]


def write(
    plan: Plan,
    *,
    by: Actor,
    at: datetime | Mapping[int, datetime] | None,
    kind: str,
    data: dict[str, Any],
    undoing: bool = False,
    approved: bool = False,
    first: Collection[int] = (),
) -> list[UnitShare]:
    """Write a plan over locked units. Raises Refused (`approval-required`) where it takes away what
    only a second person takes away; `approved`: one did (reclassifying.carry_out). `first`: units
    (keys) that no award pays for, of which it says so."""
    now = days.now()
    ats = at if isinstance(at, Mapping) else {unit.pk: at or now for unit, _shares in plan}
    if any(when > now for when in ats.values()):
        refuse_if([Problem("in-the-future", _("This cannot become true in the future."), "at")])
    refuse_if(early(plan, ats))
    # Who pays for what stands or stood: the one door that a change of it must pass.
    alone = second_person(plan, ats, by=by, undoing=undoing, approved=approved)
    standing = list(touched_by(ats))
    before: dict[int, dict[str, str]] = {}
    for share in standing:
        if share.valid_to is None:
            before.setdefault(share.unit_id, {})[str(share.award_id)] = str(share.amount)
    ended = end_from(UnitShare, standing, lambda share: ats[share.unit_id], now)
    fresh = [
        UnitShare(unit=unit, award=award, amount=amount, valid_from=ats[unit.pk], known_from=now)
        for unit, parts in plan
        for award, amount in parts
    ]
    rows = [*ended.earlier, *fresh]
    number_shares(rows)
    UnitShare.objects.bulk_create(rows, batch_size=1000)
    written: dict[int, list[UnitShare]] = {pk: [] for pk in ats}
    told: dict[int, list[Touched]] = {pk: [] for pk in ats}
    for share in rows:
        written[share.unit_id].append(share)
    for share, how in ended.told:
        told[share.unit_id].append(how)
    record_many(
        EntryDraft(
            "unit.shared" if unit.pk in first else kind,
            unit,
            by,
            at=ats[unit.pk],
            data=({} if unit.pk in first else data) | moved_data(alone.get(unit.pk)),
            rows=written[unit.pk],
            touched=told[unit.pk],
            changes={"shares": (before.get(unit.pk, {}), {str(a.pk): str(m) for a, m in parts})},
        )
        for unit, parts in plan
    )
    return fresh
