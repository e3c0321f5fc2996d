"""The money of imported assets, written and taken back: purchases, units and shares."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from django.utils.translation import gettext as _

from core.access import Actor
from funding import actions as money
from funding.actions import LineWanted, UnitDraft
from funding.models import PurchaseLine, Unit, UnitShare
from funding.models.purchase import LineKind
from integrations.kinds.assets.money.said import has_money, shares_of
from integrations.kinds.assets.row import AssetChanges, AssetPlan, AssetRow
from integrations.models import ImportSession

LONGEST_PO = 64


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
    invoice, vendor = values.invoice or "", (values.vendor or "").strip()
    if values.po:
        line = values.stand.line if values.stand is not None else PurchaseLine()
        return LineWanted(values.po, invoice, vendor, line=line.pk, words=line.description)
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
