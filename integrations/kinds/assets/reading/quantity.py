"""Rows that mean several things: how many, at what cost each, and what the person said of it."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.cells import two_ways
from integrations.kinds.assets.row import AssetPlan

#: What a row of 30 means, and what its cost is the cost of.
HOWS = {
    "each": gettext_lazy("items of their own; the cost is that of each"),
    "each-total": gettext_lazy("items of their own; the cost is that of all"),
    "lot": gettext_lazy("one lot; the cost is that of each"),
    "lot-total": gettext_lazy("one lot; the cost is that of all"),
}
CENT = Decimal("0.01")
_WHOLE = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.0*)?", re.ASCII)


def count(value: str) -> int:
    """A whole number of things. A comma that groups no thousands could be anything: 1,5 is
    refused, not read as 15. Raises ValueError with a sentence."""
    found = _WHOLE.fullmatch(value.strip())
    if found is None:
        raise ValueError(_("A quantity is a whole number. Write it as 2 or 1,200."))
    if why := two_ways(value.strip()):
        raise ValueError(why)
    whole = found[1].replace(",", "")
    if int(whole[:9]) > 10_000:
        raise ValueError(_("A row means at most 10,000 items."))
    return int(whole)


def weigh(plan: AssetPlan, how: str) -> None:
    """Turn a row's quantity and extended cost into the cost of its thing, or say why not. `how`:
    what rows of several things are (`HOWS`), empty where nobody said."""
    v = plan.values
    n, whole = v.quantity, v.extended_cost
    v.quantity = v.extended_cost = None
    if plan.problems or (n is None and whole is None):
        return
    n = 1 if n is None else n
    if n == 0:
        plan.refuse("quantity", _("The quantity is 0: the row makes nothing."))
    elif n == 1:
        _one(plan, whole)
    else:
        _many(plan, n, whole, how)


def _one(plan: AssetPlan, whole: Decimal | None) -> None:
    cost = plan.values.cost
    if whole is not None and cost is not None and whole != cost:
        plan.refuse(
            "extended_cost",
            _("One costs %(cost)s, and the extended cost says %(whole)s.")
            % {"cost": f"{cost:,}", "whole": f"{whole:,}"},
        )
    elif whole is not None:
        plan.values.cost = whole


def _many(plan: AssetPlan, n: int, whole: Decimal | None, how: str) -> None:
    v = plan.values
    cost = v.cost
    if how not in HOWS:
        at = _(" at %s each") % f"{cost:,}" if cost is not None else ""
        plan.refuse(
            "quantity",
            _("Is it %(n)s items%(at)s, or one lot? Say which, at the columns.")
            % {"n": n, "at": at},
        )
        plan.notes.append(("", "ask-quantity"))
        return
    total = cost if how.endswith("total") else cost * n if cost is not None else None
    if whole is not None and total is not None:
        # The cost of each may be rounded to the cent; the extended cost is what was paid.
        slack = CENT * n / 2 if not how.endswith("total") else Decimal(0)
        if abs(whole - total) > slack:
            plan.refuse(
                "extended_cost",
                _("%(n)s of them cost %(total)s, and the extended cost says %(whole)s.")
                % {"n": n, "total": f"{total:,}", "whole": f"{whole:,}"},
            )
            return
    total = whole if whole is not None else total
    v.several = n
    if is_lot(how):
        words = v.description or ""
        lot = _("Lot of %s") % n
        v.description = f"{lot}: {words}"[:300] if words else lot
        if total is not None:
            v.cost = total
        return
    if v.tag or v.serial:
        plan.refuse("quantity", _("%s items cannot have one tag or one serial number.") % n)
    if any(p.amount is not None for p in v.parts()):
        plan.refuse(
            "quantity", _("Say in percent what awards pay of several items, not in dollars.")
        )
    if total is not None:
        v.cost = part(total, n, plan.row.part)


def is_lot(how: str) -> bool:
    """Whether rows of several things are one lot each."""
    return how.startswith("lot")


def part(total: Decimal, n: int, which: int) -> Decimal:
    """What one of n things costs, so that all together cost the total to the cent."""
    cents, odd = divmod(int(total * 100), n)
    return Decimal(cents + (which < odd)) / 100
