"""What a row would change of an asset that is there, and why it may not."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from assets.codes.shape import tag_problems
from assets.custody.rules import closed_problems
from assets.models import Asset, Condition, Status
from assets.models.keys import code_key
from assets.models.status import CLOSED
from core.access import Actor
from funding.models import Unit
from funding.rules.units import cost_problems
from integrations.kinds.assets.doing.brought_back import closed_again, comes_back
from integrations.kinds.assets.doing.state import compare_state
from integrations.kinds.assets.money.said import (
    agree,
    ask_of_closed,
    has_money,
    may_bring,
    money_problems,
    shares_of,
    unit_cost,
)
from integrations.kinds.assets.past.back import Back, gone_problems
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
    bears: Decimal | None = None,
    back: Back | None = None,
) -> None:
    """Note the row's changes, old -> new; refuse what the asset's own rules would refuse. An empty
    cell leaves things as they are. `shares`: what awards pay of its unit, award -> amount;
    `paid`: what they paid of it together, from which instants on;
    `product`: the key of the product that the row names, None for a new one; `bears`: what its
    line's things cost in all with freight and discounts; `back`: how a void one stands again."""
    v = plan.values
    if back is not None and v.status != Status.VOID:
        comes_back(plan, asset, back)
    _facts(plan, asset)
    _identity(plan, asset, product)
    compare_state(plan, asset, by)
    if has_money(v):
        cost, standing = paid_for(v, asset, shares, bears)
        for name, sentence in money_problems(v, by, cost, standing):
            plan.refuse(name, sentence)
        if not plan.problems:
            ask_of_closed(plan, standing)
            _money(plan, asset, cost, shares, paid)
    if back is not None and v.status != Status.VOID:
        _brings_back(plan, back.unit, by)
        for problem in closed_again(plan, asset, back):
            plan.refuse("status", problem.message)
    if plan.changes and asset.status == v.status == Status.VOID:
        plan.changes = AssetChanges()
        plan.warnings.append(_("It is void here, too: nothing of the row is taken over."))
    if plan.changes and asset.status != Status.VOID:
        for problem in closed_problems(asset):
            plan.refuse("status", problem.message)


def _brings_back(plan: AssetPlan, unit: Unit | None, by: Actor) -> None:
    """Say which unit comes back with a void thing, unless the row brings another."""
    if unit is not None and plan.changes.unit is None and may_bring(by):
        message = _("Its unit comes back with it: %(unit)s, which costs %(cost)s.")
        cost = _("nobody knows what") if unit.cost is None else unit.cost
        number = f"{unit.line.purchase.number}/{unit.line.number} #{unit.number}"
        plan.warnings.append(message % {"unit": number, "cost": cost})


def new_problems(values: AssetRow, by: Actor) -> Iterator[tuple[str, str]]:
    """Why a thing cannot come into the register as its row says."""
    if values.status == Status.VOID:
        yield "status", _("A row cannot bring in what never existed.")
    if not by.has_perm("assets.register_asset", values.school_row):  # type: ignore[union-attr]  # as in core.access.may
        yield "school", _("Your role does not allow you to register items in this school.")
    if values.status not in CLOSED:
        for problem in gone_problems(values):
            yield problem.field or "", str(problem.message)
    if values.tag:
        for problem in tag_problems(values.tag):
            yield "tag", str(problem.message)
    yield from money_problems(values, by, *paid_for(values, None, {}))


def paid_for(
    values: AssetRow,
    asset: Asset | None,
    shares: dict[int, Decimal],
    bears: Decimal | None = None,
) -> tuple[Decimal | None, dict[int, Decimal]]:
    """What the unit of a row will cost, and what awards pay of it already (`shares` of the thing's
    own, whose line's things cost in all what it `bears`)."""
    if asset is not None and asset.unit is not None:
        return unit_cost(values, asset.unit.line, asset.unit.cost, bears), shares
    if lot := values.lot:
        return unit_cost(values, lot.line, lot.cost, lot.bears), lot.shares
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


def _money(
    plan: AssetPlan,
    asset: Asset,
    cost: Decimal | None,
    standing: dict[int, Decimal],
    paid: Sequence[tuple[datetime, Decimal]],
) -> None:
    v, unit = plan.values, asset.unit
    if unit is None:
        if plan.changes.taken is None:
            plan.changes.cost = change(None, v.cost if v.cost is not None else _("unknown"))
        plan.changes.unit = plan.changes.unit or Change(None)
        return
    for name, sentence in _elsewhere(plan, unit):
        plan.refuse(name, sentence)
    if v.cost is not None and cost != unit.cost:
        plan.changes.cost = change(unit.cost, v.cost)
        for problem in cost_problems(v.cost, paid):
            plan.refuse("cost", problem.message)
    wanted = shares_of(v)
    if not wanted:
        return
    if not standing:
        plan.changes.award_1 = change("", ", ".join(s.award.name for s in wanted))
    elif not agree(v, cost, standing):
        plan.refuse(
            "award_1", _("Other awards or amounts pay for it: reclassify it on its purchase.")
        )


def _elsewhere(plan: AssetPlan, unit: Unit) -> Iterator[tuple[str, str]]:
    """The row's purchase is not the one the unit hangs on."""
    values, purchase = plan.values, unit.line.purchase
    if values.po and values.po.lower() != purchase.number.lower():
        yield "po", _("It hangs on purchase %s.") % purchase.number
    invoice = unit.line.invoice_number
    if invoice and values.invoice and values.invoice.lower() != invoice.lower():
        yield "invoice", _("It hangs on invoice %s.") % invoice
