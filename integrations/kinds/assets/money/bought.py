"""The money of imported assets: purchases, units and shares."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from django.utils.translation import gettext as _

from core.access import Actor
from funding import actions as money
from funding.actions import LineWanted, ShareDraft, UnitDraft
from funding.models import PurchaseLine, Unit, UnitShare
from funding.models.purchase import LineKind
from funding.rules.shares import share_problems
from funding.rules.split import CENT, percent_to_amounts, to_cents
from integrations.kinds.assets.row import AssetChanges, AssetPlan, AssetRow
from integrations.models import ImportSession

LONGEST_PO = 64


def has_money(values: AssetRow) -> bool:
    """Whether a row says anything of money. A part of zero beside no award says nothing."""
    return (
        values.cost is not None
        or any((values.po, values.invoice, values.vendor))
        or any(p.named or p.amount or p.percent for p in values.parts())
    )


def shares_of(values: AssetRow) -> list[ShareDraft]:
    """The award parts of a row; one award without a part pays everything."""
    drafts = [
        ShareDraft(part.award, part.amount, part.percent)
        for part in values.parts()
        if part.award is not None
    ]
    if len(drafts) == 1 and drafts[0].amount is None and drafts[0].percent is None:
        drafts = [ShareDraft(drafts[0].award, percent=Decimal(100))]
    return drafts


def amounts_of(values: AssetRow, cost: Decimal | None) -> dict[int, Decimal]:
    """What each award of a row pays of a unit, by its key; `cost` where the row names none."""
    wanted = shares_of(values)
    if values.cost is not None:
        cost = values.cost
    percents = [s.percent or Decimal(0) for s in wanted if s.amount is None]
    parts = iter(percent_to_amounts(cost or Decimal(0), percents))
    return {s.award.pk: s.amount if s.amount is not None else next(parts) for s in wanted}


def agree(wanted: dict[int, Decimal], standing: dict[int, Decimal]) -> bool:
    """The same awards pay the same. A line's awards are spread over its units to the cent, so one
    of them may bear an odd cent."""
    return wanted.keys() == standing.keys() and all(
        abs(wanted[award] - standing[award]) <= CENT for award in wanted
    )


def same_cost(line: PurchaseLine, cost: Decimal, said: Decimal) -> bool:
    """A unit costs what a row says; by an odd cent too where its line cannot be split evenly."""
    odd = line.amount is not None and line.quantity and to_cents(line.amount) % line.quantity
    return cost == said or (bool(odd) and abs(cost - said) <= CENT)


def may_bring(by: Actor) -> bool:
    """Whether rows of `by` may hold money."""
    perms = ("funding.change_purchase", "funding.change_share")
    return all(by.has_perm(p) for p in perms)  # type: ignore[union-attr]  # as in core.access.may


def unit_cost(values: AssetRow, line: PurchaseLine, cost: Decimal | None) -> Decimal | None:
    """What a unit, which costs `cost` now, will cost once its row came in."""
    said = values.cost
    return cost if said is None or (cost is not None and same_cost(line, cost, said)) else said


def money_problems(
    values: AssetRow, by: Actor, cost: Decimal | None, standing: Mapping[int, Decimal]
) -> Iterator[tuple[str, str]]:
    """Why the money columns of a row cannot be taken: what the actions that will write them would
    refuse, too. `cost`: what its unit will cost; `standing`: what awards pay of it already."""
    if not has_money(values):
        return
    if not may_bring(by):
        yield "cost", _("Your role does not allow money columns; leave them out or ask finance.")
        return
    for part in values.parts():
        if (part.amount or part.percent) and not part.named:
            message = _("The row says what an award pays and not which: name award %s.")
            yield f"{'amount' if part.amount else 'percent'}_{part.n}", message % part.n
            return
    shares = shares_of(values)
    if not shares:
        return
    if cost is None:
        message = _(
            "An award cannot pay a part of an unknown cost. Write the cost; or empty the award, "
            "and say on the purchase who pays once the cost is known."
        )
        yield "cost", message
    elif any(s.amount is None and s.percent is None for s in shares):
        yield "award_1", _("With several awards each needs an amount or a per cent.")
    else:
        # What pays already is compared with the row, by an odd cent too, and not written again.
        room = cost + CENT * len(shares) if standing else cost
        for problem in share_problems(room, shares):
            yield "award_2" if problem.code == "award-twice" else "award_1", str(problem.message)


def ask_of_closed(plan: AssetPlan, standing: Mapping[int, Decimal]) -> None:
    """An award that is out of use pays for nothing new, unless somebody says that it did; each
    that the row names is named. What it pays already (`standing`) asks nothing."""
    closed = [
        (part.n, award)
        for part in plan.values.parts()
        if (award := part.award) is not None and not award.active and award.pk not in standing
    ]
    if not closed:
        return
    message = _("The award %s is out of use. Did it pay for this thing?")
    if len(closed) > 1:
        message = _("The awards %s are out of use. Did all of them pay for this thing?")
    named = ", ".join(award.name for _n, award in closed)
    about = (award.pk for _n, award in closed)
    plan.ask("closed", f"award_{closed[0][0]}", message % named, *about)


def give_units(session: ImportSession, plans: Sequence[AssetPlan], by: Actor) -> list[Unit | None]:
    """A unit for each row with money: an untagged one that fits, or a new one on its purchase's
    line or on the import's initial balance."""
    given = _take([(p, c.was) for p in plans if (c := p.changes.taken) is not None], by)
    wanted = [p for p in plans if has_money(p.values) and id(p) not in given]
    if wanted:
        named = [_line_of(session, p.values) for p in wanted]
        anew = {p.pk: p.version for v in wanted if (p := v.values.sold_anew) is not None}
        lines = money.ensure_lines(named, by=by, anew=anew)
        drafts = [
            UnitDraft(
                lines[n.key],
                v.cost,
                v.came_on,
                listed_on=None if v.received_on else v.listed_on,
                shares=shares_of(v),
                acquired_on=v.acquired_on,
            )
            for n, v in zip(named, (p.values for p in wanted), strict=True)
        ]
        units = money.record_units(drafts, by=by)
        given |= {id(p): u for p, u in zip(wanted, units, strict=True)}
    return [given.get(id(p)) for p in plans]


def _take(plans: Sequence[tuple[AssetPlan, int]], by: Actor) -> dict[int, Unit]:
    """The untagged units that rows were planned to take (each with its key), their unknown costs
    and missing shares as the rows say."""
    if not plans:
        return {}
    # A desk may tag or void one of them this moment: it waits, or its rows are planned again.
    locked = Unit.objects.visible_to(by).select_for_update(of=("self",)).order_by("pk")
    units = {u.pk: u for u in locked.filter(pk__in=[own for _plan, own in plans])}
    taken = {id(p): units[own] for p, own in plans}
    costs = [(taken[id(p)], p.values.cost) for p, _own in plans if p.changes.cost is not None]
    money.set_unit_costs(costs, by=by, reason=_("Import"))
    share_new([(taken[id(p)], p.values) for p, _own in plans if p.changes.award_1 is not None], by)
    return taken


def give_back(taken: Sequence[tuple[Unit, AssetChanges]], by: Actor) -> None:
    """Units that rows took are untagged again (the caller's things have let go of them): what the
    rows said of their money is taken off. `taken`: units with what the rows changed."""
    take_off([u for u, changes in taken if changes.award_1 is not None], by)
    costs = [(u, None) for u, changes in taken if changes.cost is not None]
    money.set_unit_costs(costs, by=by, reason=_("Import undone"))


def changed_since(taken: Sequence[tuple[Unit, AssetChanges]]) -> set[int]:
    """The units whose money is not any more what the rows that took them said of it: by keys and
    amounts, never by the names that the preview showed."""
    paid: dict[int, dict[int, str]] = {}
    units = [u for u, changes in taken if changes.award_1 is not None]
    standing = UnitShare.objects.standing().filter(unit__in=units)
    for unit, award, name in standing.values_list("unit", "award", "award__name"):
        paid.setdefault(unit, {})[award] = name
    return {
        u.pk
        for u, changes in taken
        if not (_costs_so(u, changes) and _paid_so(paid.get(u.pk, {}), changes))
    }


def _costs_so(unit: Unit, changes: AssetChanges) -> bool:
    """Whether a unit costs what the row said."""
    if changes.cost_now is not None:
        return unit.cost == changes.cost_now.was
    # Rows from before amounts were kept know what people read.
    said = changes.cost.shown if changes.cost is not None else None
    return said is None or unit.cost == Decimal(said[1])


def _paid_so(paid: dict[int, str], changes: AssetChanges) -> bool:
    """Whether these awards (key -> name) are the ones of the row. Rows from before keys were kept
    know names alone: a name may hold the comma that stands between two."""
    if changes.awards_now is not None:
        return set(paid) == set(changes.awards_now.was)
    said = changes.award_1.shown if changes.award_1 is not None else None
    return said is None or any(", ".join(order) == said[1] for order in permutations(paid.values()))


def share_new(paid: Sequence[tuple[Unit, AssetRow]], by: Actor) -> None:
    """Awards pay for units as their rows say, from the day on which each was received, or since
    the last that paid for it ended."""
    plan = [(unit, shares) for unit, values in paid if (shares := shares_of(values))]
    if plan:
        money.share_units(plan, by=by, at=money.unpaid_since([u.pk for u, _shares in plan]))


def take_off(units: Sequence[Unit], by: Actor) -> None:
    """What rows said of who pays is taken back, from when it was true; what awards paid before
    stays."""
    at = money.paid_since([u.pk for u in units])
    if at:
        money.share_units([(u, []) for u in units if u.pk in at], by=by, at=at, undoing=True)


def _line_of(session: ImportSession, values: AssetRow) -> LineWanted:
    """The line a row names; rows without a PO share the initial balance of their vendor."""
    number, invoice = values.po, values.invoice or ""
    vendor = (values.vendor or "").strip()
    if number:
        return LineWanted(number, invoice, vendor)
    return LineWanted(_initial(session.source, vendor), invoice, vendor, LineKind.INITIAL_BALANCE)


def _initial(source: str, vendor: str) -> str:
    """The number of a source's initial balance: one for each vendor that its rows name."""
    number = f"INITIAL-{source}"
    if not vendor:
        return number[:LONGEST_PO]
    number = f"{number} {vendor}"
    if len(number) <= LONGEST_PO:
        return number
    # Two names may begin alike.
    print_ = hashlib.sha256(number.lower().encode()).hexdigest()[:8]
    return f"{number[: LONGEST_PO - len(print_) - 1]}-{print_}"


def take_units_back(units: Sequence[Unit], by: Actor) -> None:
    """Void the units of undone rows."""
    if units:
        money.void_units(units, by=by, reason=_("Import undone"), undoing=True)
