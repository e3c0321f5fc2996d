"""Which lines the entries of a purchase tell to whom: those that show on its page."""

from collections.abc import Mapping, Sequence

from core.access import MaybeActor, scope_of
from core.journal.acts import ROWS
from core.journal.parts import Hidden
from core.models import Entry
from funding import whole
from funding.models import Purchase, PurchaseLine
from funding.money import lines_seen

_PURCHASE, _LINE = Purchase._meta.label_lower, PurchaseLine._meta.label_lower
#: How the kinds of entries begin that are about one line, with what came of it.
OF_LINE = ("purchase.line_", "purchase.received")


def all_lines(by: MaybeActor) -> bool:
    """Whether somebody sees each line of each purchase, those that are gone too."""
    return scope_of(by, Purchase.seen_with, token=False).everything


def hidden_lines(entries: Sequence[Entry], by: MaybeActor) -> dict[int, Hidden]:
    """The entries of purchases (by `id`) that tell of lines which somebody does not see. A line
    that is gone shows to who sees the whole of its purchase: whose it was cannot be told."""
    if all_lines(by):
        return {}
    rows = {id(e): _rows(e) for e in entries if e.subject_type == _PURCHASE}
    mine = [e for e in entries if rows.get(id(e)) or (id(e) in rows and _number(e))]
    if not mine:
        return {}
    told = lines_seen({e.subject_id for e in mine}, by).values_list("pk", "purchase", "number")
    seen = {pk for pk, _purchase, _number in told}
    numbers = {(purchase, number) for _pk, purchase, number in told}
    seen |= _of_whole({pk: e.subject_id for e in mine for pk in rows[id(e)] - seen}, by)
    found = {}
    for e in mine:
        unseen = rows[id(e)] - seen
        # What tells no row of a line names it by its number, and a line that came stays.
        if unseen or (not rows[id(e)] and (e.subject_id, _number(e)) not in numbers):
            about = e.kind.startswith(OF_LINE)
            found[id(e)] = Hidden(frozenset((_LINE, pk) for pk in unseen), about)
    return found


def _of_whole(unseen: Mapping[int, int], by: MaybeActor) -> set[int]:
    """The lines (by key, with their purchases) that are gone, of purchases that show as a whole."""
    if not unseen:
        return set()
    there = PurchaseLine.objects.filter(pk__in=unseen).values_list("pk", flat=True)
    gone = {pk: unseen[pk] for pk in set(unseen) - set(there)}
    open_ = whole.of_purchases(set(gone.values()), by)
    return {pk for pk, purchase in gone.items() if purchase in open_}


def _rows(entry: Entry) -> set[int]:
    """The lines (keys) of which an entry tells a row."""
    parts = (entry.data.get(name) for name in ROWS)
    found = (row for p in parts if isinstance(p, Mapping) for row in p.get(_LINE, ()))
    return {pk for row in found if isinstance(pk := row.get("id"), int)}


def _number(entry: Entry) -> int:
    """The line that an entry names, 0 for none."""
    number = entry.data.get("line")
    return number if isinstance(number, int) else 0
