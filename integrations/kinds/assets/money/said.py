"""What a row says of money: its cost, who pays, and why that cannot be taken."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.access import Actor
from funding.actions import ShareDraft
from funding.models import PurchaseLine
from funding.rules.shares import share_problems
from funding.rules.split import CENT, percent_to_amounts, to_cents
from integrations.kinds.assets.questions import CLOSED
from integrations.kinds.assets.row import AssetPlan, AssetRow


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


def _amounts_of(values: AssetRow, cost: Decimal | None) -> dict[int, Decimal]:
    """What each award of a row pays of a unit that costs so much, by its key."""
    wanted = shares_of(values)
    percents = [s.percent or Decimal(0) for s in wanted if s.amount is None]
    parts = iter(percent_to_amounts(cost or Decimal(0), percents))
    return {s.award.pk: s.amount if s.amount is not None else next(parts) for s in wanted}


def agree(values: AssetRow, cost: Decimal | None, standing: dict[int, Decimal]) -> bool:
    """The awards of a row pay what pays for its unit (`standing`): of what the row says that it
    costs, or of what it costs here with its freight (`cost`). A line's awards are spread over its
    units to the cent, so one of them may bear an odd cent."""
    costs = {cost if values.cost is None else values.cost, cost}
    return any(_pay(_amounts_of(values, each), standing) for each in costs)


def _pay(wanted: dict[int, Decimal], standing: dict[int, Decimal]) -> bool:
    return wanted.keys() == standing.keys() and all(
        abs(wanted[award] - standing[award]) <= CENT for award in wanted
    )


def same_cost(line: PurchaseLine, cost: Decimal, said: Decimal, bears: Decimal | None) -> bool:
    """A unit costs what a row says: with its part of freight and discounts or without, and by an
    odd cent too where its line cannot be split evenly. `bears`: what the things of its line cost
    in all with these."""
    amount = line.amount
    if cost == said or amount is None or not line.quantity:
        return cost == said
    known = [x for x in (amount, bears) if x is not None]
    if abs(cost - said) <= CENT and any(to_cents(x) % line.quantity for x in known):
        return True
    if bears is None or bears == amount or not amount:
        return False
    if not bears:  # a credit pays for all of it
        return cost == 0 and abs(amount - said * line.quantity) <= CENT * line.quantity
    # Units of costs of their own bear by these, the others alike: it is the same factor.
    return abs(said * bears - cost * amount) <= CENT * max(bears, amount)


def may_bring(by: Actor) -> bool:
    """Whether rows of `by` may hold money."""
    perms = ("funding.change_purchase", "funding.change_share")
    return all(by.has_perm(p) for p in perms)  # type: ignore[union-attr]  # as in core.access.may


def unit_cost(
    values: AssetRow, line: PurchaseLine, cost: Decimal | None, bears: Decimal | None
) -> Decimal | None:
    """What a unit, which costs `cost` now, will cost once its row came in. `bears`: see
    `same_cost`."""
    said = values.cost
    if said is None or (cost is not None and same_cost(line, cost, said, bears)):
        return cost
    return said


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
        yield "award_1", _("With several awards each needs an amount or a percentage.")
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
    message = _("The award %s is out of use. Did it pay for this item?")
    if len(closed) > 1:
        message = _("The awards %s are out of use. Did all of them pay for this item?")
    named = ", ".join(award.name for _n, award in closed)
    about = (award.pk for _n, award in closed)
    plan.ask(CLOSED, f"award_{closed[0][0]}", message % named, *about)
