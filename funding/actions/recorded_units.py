"""Units as another list recorded them: each with its own cost and what pays for it (imports)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from core.access import Actor, require
from core.db import bulk
from core.journal.writing import EntryDraft, Touched, changed, record_many, save_changes, touched
from core.problems import refuse_if
from core.time import days
from funding.actions.orders import numbers_had
from funding.actions.second_person import Plan, moved_data, second_person
from funding.actions.units import morning
from funding.models import PurchaseLine, Unit, UnitShare
from funding.rules.chronology import Chronology, chronology_problems
from funding.rules.shares import ShareDraft, amounts_of, unit_problems


@dataclass(frozen=True)
class UnitDraft:
    """A unit as an import knows it: its own cost, None where unknown; which awards pay for it, from
    its receipt on or since it was acquired where that was earlier."""

    line: PurchaseLine
    cost: Decimal | None
    received_on: date
    listed_on: date | None = None
    shares: Sequence[ShareDraft] = ()
    acquired_on: date | None = None


def record_units(drafts: Sequence[UnitDraft], *, by: Actor) -> list[Unit]:
    """Units whose cost is each their own (imports, initial balances), with what pays for them: one
    entry for each. The lines grow with them. Raises Refused, all or none; `approval-required` for
    money of a void unit that comes back to another award which nobody gives it to alone."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        if any(d.shares for d in drafts):
            require(by, "funding.change_share")
        today, told = days.today(), {d.received_on for d in drafts}
        refuse_if(
            p for day in told for p in chronology_problems(Chronology(today=today, received_on=day))
        )
        ids = {d.line.pk for d in drafts}
        # Two imports may add to one line: the second waits for the numbers of the first.
        found = PurchaseLine.objects.select_for_update(of=("self",)).select_related("purchase")
        lines = {x.pk: x for x in found.filter(pk__in=ids).order_by("pk")}
        had, last = numbers_had(ids), dict.fromkeys(ids, 0)
        units = []
        for draft in drafts:
            number = last[draft.line.pk] + 1
            while number in had[draft.line.pk]:
                number += 1
            last[draft.line.pk] = number
            units.append(
                Unit(
                    line_id=draft.line.pk,
                    number=number,
                    cost=draft.cost,
                    received_on=draft.received_on,
                    listed_on=draft.listed_on,
                )
            )
        refuse_if(p for d, u in zip(drafts, units, strict=True) for p in unit_problems(u, d.shares))
        bulk.create(units)
        _grow(lines, last, Counter(u.line_id for u in units), by)
        now = days.now()
        paid = [_paid(unit, draft, now) for draft, unit in zip(drafts, units, strict=True)]
        alone = _moved(units, paid, by)
        bulk.append([share for shares in paid for share in shares])
        record_many(
            EntryDraft(
                "unit.received",
                u,
                by,
                at=morning(u.received_on),
                created=True,
                rows=shares,
                changes={"shares": ({}, _told(shares))} if shares else {},
                data=moved_data(alone.get(u.pk)),
            )
            for u, shares in zip(units, paid, strict=True)
        )
    return units


def _moved(
    units: Sequence[Unit], paid: Sequence[Sequence[UnitShare]], by: Actor
) -> dict[int, Decimal]:
    """By unit what moves without a second person: what paid for a void unit pays for another."""
    plan: Plan = [
        (unit, [(share.award, share.amount) for share in shares])
        for unit, shares in zip(units, paid, strict=True)
        if shares
    ]
    ats = {shares[0].unit_id: shares[0].valid_from for shares in paid if shares}
    return second_person(plan, ats, by=by, undoing=False, approved=False) if plan else {}


def _grow(
    lines: dict[int, PurchaseLine], last: dict[int, int], received: Counter[int], by: Actor
) -> None:
    """Lines are as long as their units are many."""
    told: dict[int, list[Touched]] = {}
    for pk, line in lines.items():
        if line.quantity < last[pk]:
            more = changed(line, quantity=last[pk])
            save_changes(line, more)
            told[pk] = [touched(line, **more)]
    record_many(
        EntryDraft(
            "purchase.received",
            line.purchase,
            by,
            touched=told.get(pk, ()),
            data={"line": line.number, "quantity": received[pk]},
        )
        for pk, line in lines.items()
    )


def _paid(unit: Unit, draft: UnitDraft, now: datetime) -> list[UnitShare]:
    since = morning(min(draft.received_on, draft.acquired_on or draft.received_on))
    amounts = amounts_of(unit.cost or Decimal(0), draft.shares)
    return [
        UnitShare(
            unit=unit,
            award=share.award,
            amount=amount,
            number=number,
            valid_from=since,
            known_from=now,
        )
        for number, (share, amount) in enumerate(zip(draft.shares, amounts, strict=True), start=1)
    ]


def _told(shares: Sequence[UnitShare]) -> dict[str, str]:
    return {str(share.award_id): str(share.amount) for share in shares}
