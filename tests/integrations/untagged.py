"""Things that were received and not tagged, and what their ledger says."""

from decimal import Decimal

from core.access import SYSTEM
from core.time import days
from funding.actions import (
    LineDraft,
    ShareDraft,
    create_vendor,
    receive_units,
    record_purchase,
    share_line,
)
from funding.models import Award, Purchase, Unit, UnitShare
from integrations.models import ImportSession


def received(
    *lines: tuple[str, int, str | None],
    paid: Award | None = None,
    number: str = "PO-9",
    vendor: str = "",
) -> Purchase:
    """A purchase whose lines (description, quantity, amount) were received and not tagged."""
    drafts = [LineDraft(d, n, Decimal(a) if a else None) for d, n, a in lines]
    bought_of = create_vendor(vendor, by=SYSTEM) if vendor else None
    purchase = record_purchase(number, by=SYSTEM, lines=drafts, vendor=bought_of)
    for line in purchase.lines.all():
        receive_units(line, line.quantity, by=SYSTEM, received_on=days.today())
        if paid:
            share_line(line, [ShareDraft(paid, percent=Decimal(100))], by=SYSTEM)
    return purchase


def said(session: ImportSession) -> dict[int, str]:
    """What the preview says of each row's unit."""
    return {r.number: r.changes["unit"][1] for r in session.rows.filter(changes__has_key="unit")}


def why(session: ImportSession) -> dict[int, list[list[str]]]:
    return {r.number: r.problems for r in session.rows.filter(outcome="refused")}


def ledger() -> list[tuple[str, str, str]]:
    """What stands of each unit: its cost, who pays, which thing."""
    units = Unit.objects.filter(voided_at=None).select_related("asset").order_by("line", "number")
    shares: dict[int, str] = {}
    for s in UnitShare.objects.filter(known_to=None, valid_to=None).select_related("award"):
        shares[s.unit_id] = f"{s.award.name} {s.amount}"
    return [
        (str(u.cost), shares.get(u.pk, ""), u.asset.tag if hasattr(u, "asset") else "")
        for u in units
    ]
