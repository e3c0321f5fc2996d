"""A reclassification that a second person decides on: asked, decided and done, or taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, System, require
from core.journal.writing import changed, one_act, record, touched
from core.models import Approval
from core.models.approval import Decision
from core.problems import Problem, Stale, refuse_if
from core.time import days
from funding.actions.closed import refuse_closed
from funding.actions.receipts import said_since
from funding.actions.second_person import Plan, touched_by
from funding.actions.seen import refuse_stale
from funding.actions.shares import early, line_plan, units_plan, write
from funding.actions.told import told_before
from funding.models import Award, PurchaseLine, Reclassification, Unit, UnitShare
from funding.models.reclassification import STEP
from funding.rules.approvals import APPROVE, approval_required, decision_problems
from funding.rules.shares import ShareDraft
from funding.rules.units import reason_missing


def ask_line(
    line: PurchaseLine,
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    reason: str,
    at: datetime | None = None,
    rest: bool = False,
) -> Reclassification:
    """Ask a second person for other awards over all units of a line, or over those that no award
    pays for now (`rest`)."""
    with transaction.atomic():
        require(by, "funding.change_share")
        plan, _paid = line_plan(line, shares, reason=reason, rest=rest)
        return _ask(plan, by=by, reason=reason, at=at)


def ask_unit(
    unit: Unit,
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    reason: str,
    at: datetime | None = None,
    seen: str = "",
) -> Reclassification:
    """Ask a second person for other awards for one unit. `seen`: as in `share_unit`."""
    with transaction.atomic():
        # Somebody may say who pays for it this moment: what was seen is asked once they did.
        refuse_stale(Unit.objects.select_for_update().get(pk=unit.pk), seen)
        return ask_units([unit], shares, by=by, reason=reason, at=at)


def ask_units(
    units: Sequence[Unit],
    shares: Sequence[ShareDraft],
    *,
    by: Actor,
    reason: str,
    at: datetime | None = None,
) -> Reclassification:
    """Ask a second person for other awards for each of some units of one line."""
    with transaction.atomic():
        require(by, "funding.change_share")
        if len({unit.line_id for unit in units}) != 1:
            refuse_if([Problem("several-lines", _("Ask for one line at a time."), "unit")])
        plan = units_plan([(unit, shares) for unit in units])
        refuse_closed([unit for unit, _parts in plan], shares)
        return _ask(plan, by=by, reason=reason, at=at)


def _ask(plan: Plan, *, by: Actor, reason: str, at: datetime | None) -> Reclassification:
    now = days.now()
    units = [unit.pk for unit, _parts in plan]
    ats = dict.fromkeys(units, at) if at else said_since(units, now)
    if any(when > now for when in ats.values()):
        refuse_if([Problem("in-the-future", _("This cannot become true in the future."), "at")])
    refuse_if(early(plan, ats))
    refuse_if([] if reason.strip() else [reason_missing()])
    if isinstance(by, System):
        refuse_if([Problem("nobody-asks", _("Somebody asks for it, not the application."))])
    shares = _touched(ats)
    # Whatever `second_person` refuses is asked for here: also what was taken off and comes back.
    if not any(shares.values()) and not told_before([unit for unit, parts in plan if parts]):
        message = _("No award pays for it yet: say which does, nobody needs to approve that.")
        refuse_if([Problem("nothing-to-reclassify", message)])
    row = Reclassification.objects.create(
        line_id=plan[0][0].line_id,
        at=min(ats.values()),
        reason=reason.strip(),
        asked_at=now,
        plan=[_proposed(unit, parts, shares[unit.pk], ats) for unit, parts in plan],
    )
    approval = Approval.objects.create(
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        step=STEP,
        asked_by_id=by.pk,  # type: ignore[misc]  # people ask, never the system
        asked_at=now,
    )
    record(
        "reclassification.asked",
        row,
        by=by,
        at=row.at,
        created=True,
        rows=[approval],
        data={"reason": row.reason},
    )
    return row


def _touched(ats: Mapping[int, datetime]) -> dict[int, list[UnitShare]]:
    """By unit the shares that a change from these instants on may end or supersede."""
    found: dict[int, list[UnitShare]] = {pk: [] for pk in ats}
    for share in touched_by(ats).order_by("pk"):
        if share.valid_to is None or share.valid_to > ats[share.unit_id]:
            found[share.unit_id].append(share)
    return found


def _proposed(
    unit: Unit,
    parts: Sequence[tuple[Award, Decimal]],
    shares: Sequence[UnitShare],
    ats: Mapping[int, datetime],
) -> dict[str, Any]:
    """A unit in the proposal. `touches` says which rows stood when it was asked; `at` from when it
    is asked for, where that is not the same for all of them."""
    own = {"at": ats[unit.pk].isoformat()} if len(set(ats.values())) > 1 else {}
    return own | {
        "unit": unit.pk,
        "number": unit.number,
        "cost": None if unit.cost is None else str(unit.cost),
        "touches": _touches(shares),
        "before": {str(s.award_id): str(s.amount) for s in shares if s.valid_to is None},
        "after": {str(award.pk): str(amount) for award, amount in parts},
    }


def _touches(shares: Sequence[UnitShare]) -> list[list[Any]]:
    return [[s.pk, s.valid_to.isoformat() if s.valid_to else None] for s in shares]


def decide(
    row: Reclassification, *, by: Actor, approve: bool, reason: str = ""
) -> Reclassification:
    """Approve, and it is done in the same moment, or reject with a reason. Raises Stale where who
    pays changed since it was asked."""
    with transaction.atomic(), one_act():
        row, approval = _locked(row, by)
        require(by, APPROVE)
        refuse_if(decision_problems(approval, by, days.today()))
        if not approve and not reason.strip():
            refuse_if([Problem("reason-missing", _("Say why not."), "reason")])
        changes = changed(
            approval,
            decided_by=by,
            decided_at=days.now(),
            reason=reason.strip() or None,
            decision=Decision.APPROVED if approve else Decision.REJECTED,
        )
        approval.save(update_fields=list(changes))
        record(
            "reclassification.decided",
            row,
            by=by,
            row={},
            touched=[touched(approval, **changes)],
            changes={"decision": changes["decision"]},
            data={"reason": reason.strip()} if reason.strip() else {},
        )
        if approve:
            carry_out(row, by=by)
    return row


def withdraw(row: Reclassification, *, by: Actor) -> Reclassification:
    """Take one's own request back before anybody decided."""
    with transaction.atomic():
        row, approval = _locked(row, by)
        require(by, "funding.change_share")
        if by.pk != approval.asked_by_id:
            refuse_if([Problem("not-yours", _("Only who asked for it takes it back."))])
        if not approval.waits:
            refuse_if([Problem("decided-already", _("It was decided or withdrawn already."))])
        changes = changed(approval, taken_back_at=days.now())
        approval.save(update_fields=list(changes))
        record("reclassification.withdrawn", row, by=by, touched=[touched(approval, **changes)])
    return row


def _locked(row: Reclassification, by: Actor) -> tuple[Reclassification, Approval]:
    # Two may decide at once, or one while it is withdrawn: the second finds it decided.
    row = Reclassification.objects.visible_to(by).for_change(row.pk)
    return row, Approval.objects.of(row, STEP).select_for_update().get()


def carry_out(row: Reclassification, *, by: Actor) -> list[UnitShare]:
    """Do exactly what was proposed. Raises Refused without a standing approval of this proposal,
    Stale where the units or their shares are not any more what they were."""
    with transaction.atomic():
        require(by, APPROVE)
        # Two may carry it out: the second waits, and finds it done.
        row = Reclassification.objects.visible_to(by).for_change(row.pk)
        # Somebody may void a unit or state its cost this moment: one of the two waits.
        rows = Unit.objects.select_for_update().filter(pk__in=[u["unit"] for u in row.plan])
        units = {unit.pk: unit for unit in rows.order_by("pk")}
        if row.done_at or not Approval.objects.of(row, STEP).standing().exists():
            refuse_if([approval_required()])
        ats = row.ats()
        stands = _touched(ats)
        if not all(_fits(u, units[u["unit"]], stands[u["unit"]]) for u in row.plan):
            message = _("What it cost or who pays for it changed since this was asked. Ask anew.")
            raise Stale(Problem("stale", message))
        awards = Award.objects.in_bulk({int(a) for u in row.plan for a in u["after"]})
        plan = [
            (units[u["unit"]], [(awards[int(a)], Decimal(m)) for a, m in u["after"].items()])
            for u in row.plan
        ]
        made = write(
            plan,
            by=by,
            at=ats,
            kind="unit.reclassified",
            data={"reason": row.reason, "reclassification": row.pk},
            approved=True,
        )
        row.done_at = days.now()
        row.save(update_fields=["done_at"])
        record("reclassification.done", row, by=by, changes={"done_at": (None, row.done_at)})
    return made


def _fits(proposed: dict[str, Any], unit: Unit, shares: Sequence[UnitShare]) -> bool:
    cost = None if unit.cost is None else str(unit.cost)
    same = (cost, _touches(shares)) == (proposed["cost"], proposed["touches"])
    return same and unit.voided_at is None
