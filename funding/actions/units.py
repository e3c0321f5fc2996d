"""Units: one for each thing that was paid for, made at receipt."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.db import bulk
from core.journal.writing import (
    EntryDraft,
    Touched,
    changed,
    record,
    record_many,
)
from core.problems import Problem, Stale, refuse_if
from core.time import days
from core.two_times.spans import supersede
from funding.actions.orders import take_back
from funding.actions.second_person import moved_data, refuse_void
from funding.models import Purchase, PurchaseLine, Unit, UnitShare
from funding.models.purchase import BORNE, LineKind
from funding.rules.chronology import Chronology, chronology_problems
from funding.rules.credits import borne, cost_too_large
from funding.rules.split import evenly
from funding.rules.units import cost_problems, void_problems
from funding.things import tagged


def receive_units(
    line: PurchaseLine, quantity: int, *, by: Actor, received_on: date, seen: int | None = None
) -> list[Unit]:
    """Receive some of a line, also in the place of units that were voided. Each unit carries its
    part of the line's amount, exact over the line; partial receipts never change what an earlier
    unit costs. Raises Stale where other than `seen` are still to come: somebody may have recorded
    the same delivery."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        refuse_if(chronology_problems(Chronology(today=days.today(), received_on=received_on)))
        # Two docks may receive the same line, or a credit come: the second waits and sees it.
        Purchase.objects.select_for_update().get(pk=line.purchase_id)
        line = PurchaseLine.objects.select_for_update().get(pk=line.pk)
        if line.kind in BORNE:
            message = _("Nothing comes of a discount or credit.")
            if line.kind == LineKind.CHARGE:
                message = _("Nothing comes of freight or tax.")
            refuse_if([Problem("nothing-comes", message, "line")])
        here = set(Unit.objects.filter(line=line, voided_at=None).values_list("number", flat=True))
        free = [n for n in range(1, line.quantity + 1) if n not in here]
        if seen is not None and seen != len(free):
            message = _(
                "What is still to come changed since you opened this: it is %(left)s of "
                "%(ordered)s now. Look whether this delivery was recorded, and save again if not."
            )
            said = {"left": len(free), "ordered": line.quantity}
            raise Stale(Problem("to-come-changed", message % said))
        if not 1 <= quantity <= len(free):
            message = _("%(left)s of %(ordered)s are still to come; you cannot receive %(asked)s.")
            refuse_if(
                [
                    Problem(
                        "more-than-ordered",
                        message
                        % {
                            "left": len(free),
                            "ordered": line.quantity,
                            "asked": quantity,
                        },
                        "quantity",
                    )
                ]
            )
        amount = borne(list(line.purchase.lines.all()))[line.pk]
        refuse_if(cost_too_large({line.pk: amount}))
        costs = parts(line, amount)
        units = Unit.objects.bulk_create(
            [
                Unit(line=line, number=n, cost=costs[n - 1], received_on=received_on)
                for n in free[:quantity]
            ],
            batch_size=1000,
        )
        at = morning(received_on)
        record(
            "purchase.received",
            line.purchase,
            by=by,
            at=at,
            data={"line": line.number, "quantity": quantity},
        )
        record_many(EntryDraft("unit.received", u, by, at=at, created=True) for u in units)
    return units


def parts(line: PurchaseLine, amount: Decimal | None) -> Sequence[Decimal | None]:
    """What each unit of a line costs by its number, of an amount for the whole line."""
    return [None] * line.quantity if amount is None else evenly(amount, line.quantity)


def set_unit_cost(unit: Unit, cost: Decimal | None, *, by: Actor, reason: str) -> Unit:
    """State or correct what a unit cost, None for: it is not known after all. Refused below what
    awards pay of it, or paid on a day before."""
    return set_unit_costs([(unit, cost)], by=by, reason=reason)[0]


def set_unit_costs(
    costs: Sequence[tuple[Unit, Decimal | None]], *, by: Actor, reason: str
) -> list[Unit]:
    """`set_unit_cost` for many units, all or none."""
    if not costs:
        return []
    with transaction.atomic():
        require(by, "funding.change_purchase")
        pks = [u.pk for u, _cost in costs]
        # A share could be set meanwhile that the new cost does not bear: one of the two waits.
        rows = {u.pk: u for u in Unit.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
        # What a unit cost has no day: also what awards paid before is not more than it.
        paid = UnitShare.objects.known().filter(unit__in=pks).sums()
        refuse_if(
            p for u, cost in costs for p in _cost_problems(rows[u.pk], cost, paid.get(u.pk, ()))
        )
        told = []
        for unit, cost in costs:
            if changes := changed(rows[unit.pk], cost=cost):
                told.append(
                    EntryDraft(
                        "unit.cost_set", rows[unit.pk], by, changes=changes, data={"reason": reason}
                    )
                )
        bulk.write([rows[d.subject.pk] for d in told], ["cost"])
        record_many(told)
    return [rows[pk] for pk in pks]


def _cost_problems(
    unit: Unit, cost: Decimal | None, paid: Sequence[tuple[datetime, Decimal]]
) -> Iterator[Problem]:
    yield from void_problems(unit)
    yield from cost_problems(cost, paid)


def void_unit(unit: Unit, *, by: Actor, reason: str) -> Unit:
    """A unit that never was. Refused while a thing hangs on it, or where it is void already."""
    voided = void_units([unit], by=by, reason=reason)
    if not voided:
        refuse_if([Problem("unit-void", _("This unit was voided."))])
    return voided[0]


def void_units(
    units: Sequence[Unit], *, by: Actor, reason: str, undoing: bool = False
) -> list[Unit]:
    """Units that never were, all or none: no award paid for them at any time, as we know now.
    What we believed before stays askable with known_at. Refused while a thing hangs on one, or
    while money pays or paid for it that nobody moves alone (`undoing`: an import takes back units
    that it brought, with what their lines had grown by)."""
    with transaction.atomic():
        require(by, "funding.change_purchase")
        pks = [u.pk for u in units]
        # An officer may change a line this moment: lines are locked before their units, as there.
        lines = _locked_lines(pks) if undoing else []
        # A share could be set meanwhile: it waits and is then refused, the unit being void.
        rows = list(Unit.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
        if tagged(pks):
            refuse_if(
                [Problem("unit-has-asset", _("An item hangs on this unit; void that first."))]
            )
        rows = [u for u in rows if u.voided_at is None]
        paid = refuse_void(rows, by, undoing=undoing)
        undone = {"undone": True} if undoing else {}
        now = days.now()
        shares = list(UnitShare.objects.known().filter(unit__in=[u.pk for u in rows]))
        ended: dict[int, list[Touched]] = {}
        for share, said in zip(shares, supersede(shares, now), strict=True):
            ended.setdefault(share.unit_id, []).append(said)
        Unit.objects.filter(pk__in=[u.pk for u in rows]).update(voided_at=now)
        record_many(
            EntryDraft(
                "unit.voided",
                u,
                by,
                changes=changed(u, voided_at=now),
                touched=ended.get(u.pk, ()),
                data={"reason": reason} | undone | moved_data(paid.get(u.pk)),
            )
            for u in rows
        )
        take_back(lines, by)
    return rows


def _locked_lines(units: Sequence[int]) -> list[PurchaseLine]:
    """The lines of units that go, locked with all that stands on them: the rest may be numbered
    anew, and who locks several units locks them by their keys."""
    of = Unit.objects.filter(pk__in=units).values("line")
    found = PurchaseLine.objects.select_for_update(of=("self",)).select_related("purchase")
    lines = list(found.filter(pk__in=of).order_by("pk"))
    standing = Unit.objects.select_for_update().filter(line__in=lines, voided_at=None)
    list(standing.order_by("pk").values_list("pk"))
    return lines


def morning(day: date) -> datetime:
    """The instant from which what came on a day is there: its beginning, never the future."""
    return min(days.start_of_day(day), days.now())
