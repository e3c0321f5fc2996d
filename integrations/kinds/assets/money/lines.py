"""The line of its purchase on which a new unit stands: the one that is for what the row brings. A
line that is for something else is left alone, whatever there is of its number still to come."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from assets.models import Asset
from funding import actions as money
from funding.models import Purchase, PurchaseLine
from funding.models.purchase import BORNE, LineKind
from funding.rules.credits import borne
from funding.rules.split import evenly
from integrations.kinds.assets.money.said import same_cost
from integrations.kinds.assets.row import AssetPlan, AssetRow, Sort, Stand
from integrations.kinds.rows.changes import Change, change

#: How sure it is that a line is for a product.
SAME, NAMED, LIKELY, NOT = 3, 2, 1, 0
LONGEST_WORDS = 300


@dataclass(frozen=True)
class Bought:
    """What a row brings: of the thing that it means what the row leaves out. `product`: the key of
    the product that is here."""

    values: AssetRow
    asset: Asset | None
    product: int | None

    @cached_property
    def names(self) -> tuple[str, str]:
        old = (self.asset.product.make, self.asset.product.model) if self.asset else ("", "")
        return self.values.product(*old)

    @property
    def sort(self) -> Sort:
        make, model = self.names
        return self.product or (make.lower(), model.lower())

    @property
    def words(self) -> str:
        """Those of a line that is made for it."""
        named = " ".join(filter(None, self.names))
        return (_("Imported: %s") % named)[:LONGEST_WORDS] if named else _("Imported")

    @property
    def invoice(self) -> str:
        return (self.values.invoice or "").strip().lower()


def _bears(of: Mapping[int, Sequence[PurchaseLine]]) -> dict[int, Decimal | None]:
    """What the things of each line (key) cost in all. `of`: the lines of purchases."""
    return {pk: cost for some in of.values() for pk, cost in borne(some).items()}


def bears_of(assets: Iterable[Asset]) -> dict[int, Decimal | None]:
    """What the things of these assets' lines (keys) cost in all, where freight or a discount of
    their purchases makes it another cost than the lines'."""
    purchases = {a.unit.line.purchase_id for a in assets if a.unit is not None}
    with_more = PurchaseLine.objects.filter(purchase__in=purchases, kind__in=BORNE)
    of: dict[int, list[PurchaseLine]] = {}
    for line in PurchaseLine.objects.filter(purchase__in=with_more.values("purchase")):
        of.setdefault(line.purchase_id, []).append(line)
    return _bears(of)


class Lines:
    """The lines of the purchases that rows name, with those that the rows before bring."""

    def __init__(self) -> None:
        #: By the numbers of the purchases in lower case.
        self._of: dict[str, list[Stand]] = {}
        self._last: dict[str, int] = {}
        #: What their things cost in all with freight and discounts, by the lines' keys.
        self.bears: dict[int, Decimal | None] = {}

    def load(self, purchases: Iterable[Purchase], lines: Iterable[PurchaseLine]) -> None:
        """Look up what is known of all `lines` of some purchases."""
        of: dict[int, list[PurchaseLine]] = {}
        for line in sorted(lines, key=lambda x: x.number):
            of.setdefault(line.purchase_id, []).append(line)
        costs = _bears(of)
        self.bears |= costs
        had, last = money.numbers_had(costs), money.last_lines(of)
        sorts: dict[int, set[Sort]] = {}
        things = Asset.objects.filter(unit__line__in=costs, unit__voided_at=None).order_by()
        for pk, product in things.values_list("unit__line", "product").distinct():
            sorts.setdefault(pk, set()).add(product)
        for purchase in purchases:
            po = purchase.number.lower()
            self._last[po] = last[purchase.pk]
            self._of[po] = [
                Stand(line, had[line.pk], sorts.get(line.pk, set()), costs[line.pk])
                for line in of[purchase.pk]
                if line.pk in costs  # nothing comes of the others
            ]

    def choose(self, plan: AssetPlan, row: Bought, purchase: Purchase | None, beside: bool) -> None:
        """Choose the line on which a row gets a new unit, and say so of a purchase that is here;
        refuse a row that several lines are for. `beside`: untagged units of it do not fit."""
        v = row.values
        po = (v.po or "").lower()
        stands = _for(row, self._of.get(po, ()))
        if len(stands) > 1 and stands[0].open and len({*map(_part, stands)}) > 1:
            if v.cost is None:
                refuse_several(plan)
                return
            stands = []  # at a cost of its own
        stand = stands[0] if stands else _new(row, self._last.get(po, 0) + 1)
        v.stand = stand
        if purchase is None:
            return
        message = _("new unit %(unit)s (%(line)s)")
        if stand.line.pk is not None:
            plan.changes.onto = Change(stand.line.pk)
        else:
            message = _("new unit %(unit)s, on a line of its own")
        if beside:
            message += _(": none of the untagged ones fits")
        unit = f"{purchase.number}/{stand.line.number} #{stand.number}"
        said = message % {"unit": unit, "line": stand.line.description}
        plan.changes.unit = change(None, said)

    def take(self, v: AssetRow) -> None:
        """No other row gets the number of this one; the next of its product goes beside it."""
        po = (v.po or "").lower()
        stands = self._of.setdefault(po, [])
        if v.lot is not None:
            for taken in (s for s in stands if s.line.pk == v.lot.line.pk):
                taken.sorts.add(v.sort)
        elif (stand := v.stand) is not None:
            stand.last = stand.number
            stand.sorts.add(v.sort)
            if stand.line.pk is None and stand.last == 1:
                stands.append(stand)
                self._last[po] = stand.line.number


def _new(row: Bought, number: int) -> Stand:
    invoice = (row.values.invoice or "").strip()
    line = PurchaseLine(number=number, description=row.words, quantity=0, invoice_number=invoice)
    return Stand(line)


def _for(row: Bought, stands: Sequence[Stand]) -> list[Stand]:
    """The lines that are for what a row brings and may have one more of it, of equal right."""
    billed = [s for s in stands if row.invoice and _invoice(s) == row.invoice]
    alone = billed[0] if len(billed) == 1 else None
    sure = [(_sure(row, s, s is alone), s) for s in stands if _may_have(row, s)]
    best = max((how for how, _stand in sure), default=NOT)
    found = [s for how, s in sure if how == best and how > NOT]
    found = [s for s in found if s.open] or found
    return [s for s in found if _at_cost(row, s)] or found


def _may_have(row: Bought, stand: Stand) -> bool:
    """What was ordered and did not come yet is filled; a line of which nobody said what it costs in
    all grows, too."""
    invoice = _invoice(stand)
    if stand.open:
        return not invoice or not row.invoice or invoice == row.invoice
    return stand.line.amount is None and invoice == row.invoice


def _sure(row: Bought, stand: Stand, alone: bool) -> int:
    """How surely a line is for what a row brings. `alone`: the row's invoice has no other."""
    line, words = stand.line, stand.line.description.strip().lower()
    like = likeness(row.values, row.names, words)
    if row.sort in stand.sorts or like == SAME or words == row.words.lower():
        return SAME
    if line.kind == LineKind.INITIAL_BALANCE:  # it holds all sorts
        return max(like, LIKELY)
    if line.amount is not None and row.values.cost is not None and not _at_cost(row, stand):
        return NOT
    kind = row.values.category_row.name.lower()
    if like or words in (kind, f"{kind}s", f"{kind}es"):
        return max(like, LIKELY)
    # Of what a list brought and its undo took away nothing is left.
    left = words == _("Imported").lower() and not line.quantity
    return LIKELY if (left or alone) and not stand.sorts else NOT


def likeness(values: AssetRow, names: tuple[str, str], words: str) -> int:
    """How surely the words of a line name what a row brings, or are the row's own."""
    words, description = words.strip().lower(), (values.description or "").strip().lower()
    make, model = (name.strip().lower() for name in names)
    if not words:
        return NOT
    if words in (description, f"{make} {model}".strip(), model):
        return SAME
    if _within(model, words):
        return NAMED
    return LIKELY if _within(words, f"{make} {model}") or _within(description, words) else NOT


def _within(words: str, text: str) -> bool:
    """Whether a text has these words, and not only their letters."""
    return bool(words and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _part(stand: Stand) -> Decimal | None:
    """What one of a line costs."""
    line = stand.line
    if line.amount is None or not line.quantity:
        return None
    return evenly(line.amount, line.quantity)[0]


def _at_cost(row: Bought, stand: Stand) -> bool:
    """Whether a row says what one of a line costs, with freight or without."""
    said, line, bears = row.values.cost, stand.line, stand.bears
    if said is None or bears is None or not line.quantity:
        return False
    return same_cost(line, evenly(bears, line.quantity)[0], said, bears)


def _invoice(stand: Stand) -> str:
    return stand.line.invoice_number.strip().lower()


def refuse_several(plan: AssetPlan) -> None:
    """Refuse a row that several lines of its purchase are for."""
    message = _("Several lines of %s fit: give the cost, or the line's words as description.")
    plan.refuse("po", message % plan.values.po)
