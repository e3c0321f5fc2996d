"""Whether somebody said before who pays: of a unit, of a void one that it came for, or of one on
which its thing stood before."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from core.models import Entry
from core.time import days
from funding.models import PurchaseLine, Unit, UnitShare
from funding.things import stood_on

#: Acts that say who pays for a unit.
SAID = ("unit.shared", "unit.reclassified")


def told_before(units: Sequence[Unit], *, of_things: bool = True) -> set[int]:
    """The units (keys) of which somebody said before who pays, whatever became of that; of one that
    came in the place of another, which is void, also what was said of that; of one whose thing
    stood on another before, under whatever purchase, what was said of that (`of_things`). What an
    import said first and took back when it was undone was not said."""
    was = _came_for(units)
    for pk, earlier in stood_on(was).items() if of_things else ():
        was[pk] |= earlier
    told = said_units({pk for pks in was.values() for pk in pks})
    return {pk for pk, pks in was.items() if not told.isdisjoint(pks)}


def _came_for(units: Sequence[Unit]) -> dict[int, set[int]]:
    """By unit its own key and those of the void ones that it stands for: which were void before it
    came, and had its number, or are of its purchase and nothing that came has their number now."""
    was = {unit.pk: {unit.pk} for unit in units}
    purchases = PurchaseLine.objects.filter(pk__in={unit.line_id for unit in units})
    of = Unit.objects.filter(line__purchase__in=purchases.values("purchase"))
    void = list(of.exclude(voided_at=None).select_related("line"))
    if not void:
        return was
    bought = dict(purchases.values_list("pk", "purchase"))
    places = {(old.line_id, old.number) for old in void}
    there = of.filter(voided_at=None).values_list("line", "number", "pk")
    taken = {(line, n): pk for line, n, pk in there if (line, n) in places}
    came = _recorded({*was, *taken.values()})
    for unit in units:
        for old in void:
            if old.voided_at is None or came[unit.pk] < old.voided_at:
                continue
            # One that was here before and took its number when the line became shorter is not it.
            holder = taken.get((old.line_id, old.number))
            free = holder is None or came[holder] < old.voided_at
            if holder == unit.pk or (free and old.line.purchase_id == bought[unit.line_id]):
                was[unit.pk].add(old.pk)
    return was


def _recorded(units: Collection[int]) -> dict[int, datetime]:
    """When each unit came into the register; now for one that is coming."""
    acts = _acts(units, ["unit.received"]).values_list("subject_id", "recorded_at")
    return dict.fromkeys(units, days.now()) | dict(acts)


def said_units(units: Collection[int]) -> set[int]:
    """Of these keys those of which somebody said who pays, and no import took that back."""
    rows = UnitShare.objects.filter(unit__in=units)
    told = set(rows.values_list("unit", flat=True))
    gone = told - set(rows.known().values_list("unit", flat=True))
    said: Counter[int] = Counter()
    undone: Counter[int] = Counter()  # of several imports the last is undone first
    brought: set[int] = set()  # with who pays
    for entry in _acts(gone, [*SAID, "unit.received", "unit.voided"]) if gone else ():
        pk = entry.subject_id
        _before, after = entry.changes.get("shares", ({}, {}))
        said[pk] += bool(after)
        if entry.kind == "unit.received" and after:
            brought.add(pk)
        if "undone" in entry.data and (entry.kind in SAID or pk in brought):
            undone[pk] += 1
    return told - {pk for pk, times in undone.items() if times >= said[pk]}


def _acts(units: Collection[int], kinds: Iterable[str]) -> QuerySet[Entry]:
    label = Unit._meta.label_lower
    found = Entry.objects.filter(subject_type=label, subject_id__in=units, kind__in=list(kinds))
    return found.order_by("pk")
