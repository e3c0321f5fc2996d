"""What a row would change of an asset that is there, and why it may not."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from assets.codes.meanings import described
from assets.custody.rules import (
    assignment_problems,
    astray_problems,
    closed_problems,
    holder_problems,
    place_problems,
    school_problems,
)
from assets.life import move_problems
from assets.models import Asset, Condition, Status
from assets.models.keys import code_key
from assets.models.status import CLOSED
from assets.target import target_problems
from core.access import Actor
from funding.models import Unit
from funding.rules.units import cost_problems
from integrations.kinds.assets.doing.returned import about_room, check_in, comes_in
from integrations.kinds.assets.money.bought import (
    agree,
    amounts_of,
    ask_of_closed,
    has_money,
    may_bring,
    money_problems,
    same_cost,
    shares_of,
    unit_cost,
)
from integrations.kinds.assets.past.back import Back, back_problems, gone_problems
from integrations.kinds.assets.row import AssetChanges, AssetPlan, AssetRow
from integrations.kinds.rows.changes import Change, change


def compare(
    plan: AssetPlan,
    asset: Asset,
    by: Actor,
    *,
    shares: dict[int, Decimal],
    paid: Sequence[tuple[datetime, Decimal]],
    product: int | None,
    back: Back | None = None,
) -> None:
    """Note the row's changes, old -> new; refuse what the asset's own rules would refuse. An empty
    cell leaves things as they are. `shares`: what awards pay of its unit, award -> amount;
    `paid`: what they paid of it together, from which instants on;
    `product`: the key of the product that the row names, None for a new one; `back`: how it stood
    until it was void."""
    v = plan.values
    if asset.status == Status.VOID and v.status != Status.VOID:
        new = Status(v.status or Status.IN_STOCK)
        plan.changes.status = change(Status.VOID, new, shown=(Status.VOID.label, new.label))
        for problem in back_problems(v, back):
            plan.refuse(problem.field or "", problem.message)
    _facts(plan, asset)
    _identity(plan, asset, product)
    _state(plan, asset, by)
    if has_money(v):
        for name, sentence in money_problems(v, by, *paid_for(v, asset, shares)):
            plan.refuse(name, sentence)
        if not plan.problems:
            ask_of_closed(plan, paid_for(v, asset, shares)[1])
            _money(plan, asset, shares, paid)
    if back is not None and back.unit is not None and v.status != Status.VOID:
        _brings_back(plan, back.unit, by)
    if plan.changes and asset.status == v.status == Status.VOID:
        plan.changes = AssetChanges()
        plan.warnings.append(_("It is void here, too: nothing of the row is taken over."))
    if plan.changes and asset.status != Status.VOID:
        for problem in closed_problems(asset):
            plan.refuse("status", problem.message)


def _brings_back(plan: AssetPlan, unit: Unit, by: Actor) -> None:
    """Say which unit comes back with a void thing, unless the row brings another."""
    if plan.changes.unit is None and may_bring(by):
        message = _("Its unit comes back with it: %(unit)s, which costs %(cost)s.")
        cost = _("nobody knows what") if unit.cost is None else unit.cost
        number = f"{unit.line.purchase.number}/{unit.line.number} #{unit.number}"
        plan.warnings.append(message % {"unit": number, "cost": cost})


def new_problems(values: AssetRow, by: Actor) -> Iterator[tuple[str, str]]:
    """Why a thing cannot come into the register as its row says."""
    if values.status == Status.VOID:
        yield "status", _("A row cannot bring in what never existed.")
    if not by.has_perm("assets.register_asset", values.school_row):  # type: ignore[union-attr]  # as in core.access.may
        yield "school", _("Your role does not allow you to register things in this school.")
    if values.status not in CLOSED:
        for problem in gone_problems(values):
            yield problem.field or "", str(problem.message)
    tag = code_key(values.tag or "")
    if not tag.isprintable():
        yield "tag", _("A tag has at most 64 printable characters.")
    yield from money_problems(values, by, *paid_for(values, None, {}))


def paid_for(
    values: AssetRow, asset: Asset | None, shares: dict[int, Decimal]
) -> tuple[Decimal | None, dict[int, Decimal]]:
    """What the unit of a row will cost, and what awards pay of it already (`shares`: of the
    thing's own)."""
    if asset is not None and asset.unit is not None:
        return unit_cost(values, asset.unit.line, asset.unit.cost), shares
    if lot := values.lot:
        return unit_cost(values, lot.line, lot.cost), lot.shares
    return values.cost, {}


def _facts(plan: AssetPlan, asset: Asset) -> None:
    v = plan.values
    plan.compare(asset)
    if v.condition is not None and v.condition != asset.condition:
        labels = dict(Condition.choices)
        shown = (labels[asset.condition], labels[v.condition])
        plan.changes.condition = change(asset.condition, v.condition, shown=shown)
        plan.changes.condition_on = Change(asset.condition_on)
    seen = v.last_verified_on
    if seen and (asset.last_verified_on is None or seen > asset.last_verified_on):
        plan.changes.last_verified_on = change(asset.last_verified_on, seen)


def _identity(plan: AssetPlan, asset: Asset, product: int | None) -> None:
    v = plan.values
    if v.serial and code_key(v.serial) != asset.serial_key:
        plan.changes.serial = change(asset.serial, v.serial)
    if product != asset.product_id:
        old = (asset.product.make, asset.product.model)
        new = v.product(*old)
        plan.changes.product = change(asset.product_id, "", shown=(" ".join(old), " ".join(new)))
        v.make, v.model = new  # what the row leaves out is as it was


def status_of(values: AssetRow) -> str:
    """What a row says of the status, empty for nothing: what somebody holds is in use."""
    status = str(values.status or "")
    if values.holder_row and status in (Status.IN_STOCK, Status.RECEIVED):
        return Status.IN_USE
    return status


def _state(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    v = plan.values
    status = status_of(v)
    closed = asset.status in CLOSED
    if status and status != asset.status and asset.status != Status.VOID:
        new = Status(status)
        plan.changes.status = change(
            asset.status, new, shown=(asset.get_status_display(), new.label)
        )
        if new in CLOSED and not closed:
            plan.refuse("status", _("Dispose of it on its page: that is an act of its own."))
        elif not closed:
            for problem in move_problems(asset, new):
                plan.refuse("status", problem.message)
            out = asset.holder_id and new in (Status.IN_STOCK, Status.SURPLUS)
            if out and not comes_in(plan, asset, new, by):
                plan.refuse("status", _("It is checked out. Check it in first."))
    if status in CLOSED and closed:
        return  # it left: where it was, and with whom, is no longer so
    _place(plan, asset, closed, by)


def _place(plan: AssetPlan, asset: Asset, closed: bool, by: Actor) -> None:
    v = plan.values
    room, school = v.room_row, v.school_row
    if room is not None and asset.person_id and not v.holder_row and not closed:
        # A list of rooms that is older than the hand-out must not take it from anybody.
        message = _("%(thing)s: somebody has it; a room would take it from them.")
        words = {"thing": described(asset, by)}
        choice = plan.ask("held", "room", message % words, *about_room(asset, room))
        if choice == "check_in" and asset.holder_id:
            check_in(plan, asset)
        elif choice != "check_in":
            v.room_row = None
            return
    if room is not None and room.pk != asset.room_id:
        plan.changes.room = change(asset.room_id, room, shown=(asset.room or "", room))
        problems = [] if closed else list(place_problems(asset, room, v.listed_at))
        problems += target_problems(by, "assets.move_asset", [room])
        if plan.changes.status is None:
            problems += astray_problems(asset)
        for problem in problems:
            plan.refuse("room", problem.message)
    elif room is None and _of_another_school(plan, asset, by):
        plan.changes.school = change(asset.school_id, school, shown=(asset.school, school))
        plan.changes.leaves(asset.room_id)  # it leaves the rooms of the wrong school
        for problem in (
            *school_problems(school),
            *target_problems(by, "assets.correct_asset", [school], "school"),
        ):
            plan.refuse("school", problem.message)
    holder = v.holder_row
    if holder is not None and holder.pk != asset.holder_id:
        old = asset.holder.local_id if asset.holder else ""
        plan.changes.holder = change(asset.holder_id, holder, shown=(old, holder.local_id))
        plan.values.holder_before = old
        plan.changes.leaves(asset.room_id)  # handing it out takes it along
        problems = []
        if asset.holder_id is not None:
            problems = list(holder_problems(holder))
        elif not closed:
            problems = list(assignment_problems(asset, holder, v.loaned_at))
        for problem in problems:
            plan.refuse("holder", problem.message)


def _of_another_school(plan: AssetPlan, asset: Asset, by: Actor) -> bool:
    """Whether the row, which names no room, puts the thing into another school. A list that does
    not say who has a thing must not take it to a school that they are not of; what leaves its
    room is told so."""
    v = plan.values
    if not v.school or v.school_row.pk == asset.school_id:
        return False
    words = {"thing": described(asset, by), "school": v.school_row, "room": asset.room}
    if asset.holder_id and v.holder_row is None:
        message = _(
            "%(thing)s: somebody has it; this row, which does not say who, is of %(school)s."
        )
        about = (asset.pk, asset.holder_id, v.school_row.pk)
        return plan.ask("away", "school", message % words, *about) == "correct"
    if asset.room_id and v.holder_row is None:
        message = _("It leaves %(room)s, since the row names no room of %(school)s.")
        plan.warnings.append(message % words)
    return True


def _money(
    plan: AssetPlan,
    asset: Asset,
    standing: dict[int, Decimal],
    paid: Sequence[tuple[datetime, Decimal]],
) -> None:
    v, unit = plan.values, asset.unit
    if unit is None:
        if plan.changes.taken is None:
            plan.changes.cost = change(None, v.cost if v.cost is not None else _("unknown"))
        plan.changes.unit = plan.changes.unit or Change(None)
        return
    for name, sentence in _elsewhere(v, unit):
        plan.refuse(name, sentence)
    if v.cost is not None and (unit.cost is None or not same_cost(unit.line, unit.cost, v.cost)):
        plan.changes.cost = change(unit.cost, v.cost)
        for problem in cost_problems(v.cost, paid):
            plan.refuse("cost", problem.message)
    wanted = shares_of(v)
    if not wanted:
        return
    if not standing:
        plan.changes.award_1 = change("", ", ".join(s.award.name for s in wanted))
    elif not agree(amounts_of(v, unit.cost), standing):
        plan.refuse(
            "award_1", _("Other awards or amounts pay for it: reclassify it on its purchase.")
        )


def _elsewhere(values: AssetRow, unit: Unit) -> Iterator[tuple[str, str]]:
    """The row's purchase is not the one the unit hangs on."""
    number = unit.line.purchase.number
    if values.po and values.po.lower() != number.lower():
        yield "po", _("It hangs on purchase %s.") % number
    invoice = unit.line.invoice_number
    if invoice and values.invoice and values.invoice.lower() != invoice.lower():
        yield "invoice", _("It hangs on invoice %s.") % invoice
