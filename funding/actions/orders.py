"""What lists raised the quantity of purchase lines by, and take back when they are undone."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.access import Actor
from core.db import bulk
from core.journal.writing import EntryDraft, changed, record_many, save_changes, touched
from core.models import Entry
from funding.models import Purchase, PurchaseLine, Unit

_LINE, _UNIT = PurchaseLine._meta.label_lower, Unit._meta.label_lower
#: Entries of a purchase in which a list says that more is there than was ordered.
_GROWN = "purchase.received"


def numbers_had(lines: Collection[int]) -> dict[int, set[int]]:
    """Per line the numbers that nothing new may have: of what stands, and of what somebody said
    that it never was. What an undone import brought was not there: its number is free again."""
    units = Unit.objects.filter(line__in=lines).values_list("pk", "line", "number", "voided_at")
    rows = list(units)
    void = [pk for pk, _line, _number, at in rows if at is not None]
    undone = _undone(void) if void else set()
    had: dict[int, set[int]] = {line: set() for line in lines}
    for pk, line, number, _at in rows:
        if pk not in undone:
            had[line].add(number)
    return had


def _undone(void: Sequence[int]) -> set[int]:
    acts = Entry.objects.filter(subject_type=_UNIT, subject_id__in=void, kind="unit.voided")
    return {pk for pk, data in acts.values_list("subject_id", "data") if data.get("undone")}


def take_back(lines: Sequence[PurchaseLine], by: Actor) -> None:
    """Lines whose units an undone import took away are as long as people ordered, or as what still
    stands on them: else nobody knows what is to come. The caller has locked them."""
    if not lines:
        return
    ordered = _ordered_by_people(lines)
    here: dict[int, list[Unit]] = {line.pk: [] for line in lines}
    for unit in Unit.objects.filter(line__in=lines, voided_at=None).order_by("number"):
        here[unit.line_id].append(unit)
    told = []
    for line in lines:
        if line.pk not in ordered:
            continue  # nothing tells who ordered it
        left = max(ordered[line.pk], len(here[line.pk]))
        if left < line.quantity:
            numbered(here[line.pk], left, by)
            # Whatever it costs in all was said of more.
            less = changed(line, quantity=left, amount=None)
            save_changes(line, less)
            told.append(
                EntryDraft(
                    "purchase.line_changed",
                    line.purchase,
                    by,
                    changes=less,
                    row={},
                    touched=[touched(line, **less)],
                    data={"line": line.number, "reason": _("Import undone"), "undone": True},
                )
            )
    record_many(told)


def numbered(here: Sequence[Unit], quantity: int, by: Actor) -> dict[int, int]:
    """What was received of a line that is shorter now has the numbers that it has: beyond it, that
    of a unit that never was. The numbers before, by the keys of those that move."""
    free = iter(sorted(set(range(1, quantity + 1)) - {unit.number for unit in here}))
    moved = {unit.pk: unit.number for unit in here if unit.number > quantity}
    told = []
    for unit in here:
        if unit.pk in moved:
            changes = changed(unit, number=next(free))
            told.append((unit, changes))
    bulk.write([unit for unit, _changes in told], ["number"])
    record_many(EntryDraft("unit.numbered", unit, by, changes=changes) for unit, changes in told)
    return moved


def _ordered_by_people(lines: Sequence[PurchaseLine]) -> dict[int, int]:
    """Per line (key) the last quantity that anybody said but a list: one that a list made has
    none. What an upgrade wrote down counts as said."""
    wanted = {line.pk for line in lines}
    acts = Entry.objects.filter(
        subject_type=Purchase._meta.label_lower,
        subject_id__in={line.purchase_id for line in lines},
    )
    found: dict[int, int] = {}
    for kind, run, data in acts.order_by("pk").values_list("kind", "run_id", "data"):
        if kind == _GROWN or data.get("undone"):
            continue
        by_list = run and kind == "purchase.line_added"
        for row in _said(data, "rows"):
            found[row["id"]] = 0 if by_list else row.get("quantity", 0)
        for row in _said(data, "touched"):
            if "quantity" in row:
                found[row["id"]] = row["quantity"][1] or 0
    return {pk: quantity for pk, quantity in found.items() if pk in wanted}


def _said(data: Mapping[str, Any], how: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data.get(how, {}).get(_LINE, [])
    return rows
