"""The money of imported assets: purchases, units and shares."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import days
from core.access import Actor
from funding import actions as money
from funding.actions import LineWanted, ShareDraft, UnitDraft
from funding.models import Unit
from funding.models.purchase import LineKind
from integrations.kinds.base import Planned
from integrations.models import ImportSession

MONEY_FIELDS = ("cost", "po", "invoice", "vendor", "award_1", "award_2", "award_3")


def has_money(values: dict[str, Any]) -> bool:
    return any(values.get(f) for f in MONEY_FIELDS) or "cost" in values


def shares_of(values: dict[str, Any]) -> list[ShareDraft]:
    """The award parts of a row; one award without a part pays everything."""
    drafts = []
    for n in "123":
        if award := values.get(f"award_{n}_row"):
            amount, percent = values.get(f"amount_{n}"), values.get(f"percent_{n}")
            drafts.append(ShareDraft(award, amount, percent))
    if len(drafts) == 1 and drafts[0].amount is None and drafts[0].percent is None:
        drafts = [ShareDraft(drafts[0].award, percent=Decimal(100))]
    return drafts


def money_problems(values: dict[str, Any], by: Actor) -> Iterator[tuple[str, str]]:
    """Why the money columns of a row cannot be taken."""
    if not has_money(values):
        return
    if not by.has_perm("funding.change_purchase") or not by.has_perm("funding.change_share"):  # type: ignore[union-attr]
        yield "cost", _("Your role does not allow money columns; leave them out or ask finance.")
        return
    shares = shares_of(values)
    cost = values.get("cost")
    if shares and cost is None:
        yield "cost", _("An award cannot pay a part of an unknown cost.")
        return
    if any(s.amount is None and s.percent is None for s in shares):
        yield "award_1", _("With several awards each needs an amount or a per cent.")
        return
    paid = sum((s.amount or (cost or 0) * (s.percent or 0) / 100 for s in shares), Decimal(0))
    if cost is not None and paid > cost + Decimal("0.01"):
        yield "award_1", _("The awards would pay more than it cost.")
    if len({s.award.pk for s in shares}) < len(shares):
        yield "award_2", _("An award stands here twice.")


def give_units(session: ImportSession, plans: Sequence[Planned], by: Actor) -> list[Unit | None]:
    """A unit for each row with money: on its purchase's line, or on the import's initial balance."""
    wanted = [p for p in plans if has_money(p.values)]
    if not wanted:
        return [None] * len(plans)
    named = [_line_of(session, p.values) for p in wanted]
    lines = money.ensure_lines(named, by=by)
    today = days.today()
    drafts = [
        UnitDraft(lines[n.key], p.values.get("cost"), p.values.get("acquired_on") or today)
        for n, p in zip(named, wanted, strict=True)
    ]
    units = money.record_units(drafts, by=by)
    share_new([(u, p.values) for p, u in zip(wanted, units, strict=True)], by)
    given = {id(p): u for p, u in zip(wanted, units, strict=True)}
    return [given.get(id(p)) for p in plans]


def share_new(paid: Sequence[tuple[Unit, dict[str, Any]]], by: Actor) -> None:
    """Awards pay for units as their rows say, from the day on which each was received."""
    plan = [(unit, shares) for unit, values in paid if (shares := shares_of(values))]
    if plan:
        money.share_units(plan, by=by, at={unit.pk: received_at(unit) for unit, _shares in plan})


def received_at(unit: Unit) -> datetime:
    """The instant from which a unit's shares hold: the day of its receipt, never the future."""
    return min(days.start_of_day(unit.received_on), days.now())


def _line_of(session: ImportSession, values: dict[str, Any]) -> LineWanted:
    """The line a row names; rows without a PO share the import's initial balance."""
    number, invoice = values.get("po"), values.get("invoice", "")
    if not number:
        return LineWanted(f"INITIAL-{session.source}"[:64], invoice, values.get("vendor", ""),
                          LineKind.INITIAL_BALANCE)  # fmt: skip
    return LineWanted(number, invoice, values.get("vendor", ""))


def take_units_back(units: Sequence[Unit], by: Actor) -> None:
    """Void the units of undone rows."""
    if units:
        money.void_units(units, by=by, reason=_("Import undone"))
