"""A unit stands for one thing on every day, also on those of rows that were merged.

A thing was bought by its money from the beginning, whenever we learn so. Before a merge there were
two rows: on those days the money stood on the one that brought it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.models import Asset, AssetSpan, Status
from core.access import Actor
from core.journal.writing import EntryDraft, record_many
from core.models import Entry
from core.two_times import retold, spans
from funding.models import Unit


@dataclass(frozen=True)
class Carrier:
    """A row that the money of a thing stands on: `since` another brought it by a merge, else (None)
    on all its days. What was merged itself has the days before that."""

    asset: Asset
    since: datetime | None

    def carries(self, span: AssetSpan) -> bool:
        """Whether the money stands on this row while a span of it holds."""
        late = self.since is not None and span.valid_from < self.since
        return not late and span.status != Status.VOID

    def untrue(self, unit: int | None) -> list[tuple[AssetSpan, dict[str, Any]]]:
        """What is known of the row with another unit, each with the right one."""
        known = AssetSpan.objects.known().filter(asset=self.asset).in_order()
        right = [(span, unit if self.carries(span) else None) for span in known]
        return [(span, {"unit_id": pk}) for span, pk in right if span.unit_id != pk]


def earlier_units(things: Iterable[Asset]) -> dict[int, set[int]]:
    """Per thing (key) the units on which it ever stood, as was known at any time: also as another
    row of the same make, model and serial number, or one that was merged into it."""
    rows = {thing.pk: thing for thing in things}
    is_of: dict[int, set[int]] = {pk: {pk} for pk in rows}
    serials: dict[tuple[int, str], set[int]] = {}
    for row in rows.values():
        if row.serial_key:
            serials.setdefault((row.product_id, row.serial_key), set()).add(row.pk)
    for some in _chunks(sorted({key for _product, key in serials})):
        same = Asset.objects.filter(serial_key__among=some)
        for pk, product, key in same.values_list("pk", "product_id", "serial_key"):
            is_of.setdefault(pk, set()).update(serials.get((product, key), ()))
    wanted = {pk for pk, of in is_of.items() if of}
    while wanted:
        went = [
            found
            for some in _chunks(sorted(wanted))
            for found in Asset.objects.filter(merged_into__among=some).values_list(
                "pk", "merged_into_id"
            )
        ]
        wanted = {pk for pk, into in went if not is_of[into] <= is_of.get(pk, set())}
        for pk, into in went:
            is_of.setdefault(pk, set()).update(is_of[into])
    found: dict[int, set[int]] = {pk: set() for pk in rows}
    for some in _chunks(sorted(pk for pk, of in is_of.items() if of)):
        spans = AssetSpan.objects.filter(asset__among=some).exclude(unit=None).order_by()
        back = _taken_back(some)
        for pk, number, unit in spans.values_list("asset", "number", "unit"):
            for thing in is_of[pk] if (pk, number) not in back else ():
                found[thing].add(unit)
    return found


def stood_before(new: Iterable[Asset]) -> dict[int, set[int]]:
    """`earlier_units` of things that were registered this moment: of those alone that another row
    of their make, model and serial number was before. Nothing was merged into them yet."""
    rows = [thing for thing in new if thing.serial_key]
    here: Counter[tuple[int, str]] = Counter()
    for some in _chunks(sorted({row.serial_key for row in rows})):
        same = Asset.objects.filter(serial_key__among=some).order_by()
        here.update(same.values_list("product_id", "serial_key"))
    return earlier_units(row for row in rows if here[row.product_id, row.serial_key] > 1)


def _taken_back(things: Collection[int]) -> set[tuple[int, int]]:
    """The spans (thing, number) that imports told and took back with their undo: of those things
    nobody said that they stood there."""
    voided = Entry.objects.filter(
        subject_type=Asset._meta.label_lower, subject_id__among=things, kind="asset.voided"
    )
    label = AssetSpan._meta.label_lower
    return {
        (pk, row["number"])
        for pk, data in voided.values_list("subject_id", "data")
        if data.get("undone")
        for row in data.get("touched", {}).get(label, ())
    }


def stood_on(unit_ids: Iterable[int]) -> dict[int, set[int]]:
    """Per unit the other units on which its thing ever stood. Of a thing that stood on it once,
    those that are void now: it came in their place, whatever hangs on it since."""
    asked = set(unit_ids)
    things: dict[int, Asset] = {}
    hung: set[tuple[int, int]] = set()  # unit, thing
    for some in _chunks(sorted(asked)):
        things |= {row.pk: row for row in Asset.objects.filter(unit__in=some)}
        spans = AssetSpan.objects.filter(unit__in=some).order_by()
        hung |= set(spans.values_list("unit", "asset").distinct())
    hung -= {(row.unit_id or 0, row.pk) for row in things.values()}
    for some in _chunks(sorted({pk for _unit, pk in hung} - things.keys())):
        things |= Asset.objects.in_bulk(some)
    earlier = earlier_units(things.values()) if things else {}
    void: set[int] = set()
    for some in _chunks(sorted({unit for _unit, pk in hung for unit in earlier[pk]})):
        rows = Unit.objects.filter(pk__in=some).exclude(voided_at=None)
        void |= set(rows.values_list("pk", flat=True))
    found: dict[int, set[int]] = {}
    for pk, units in earlier.items():
        found.setdefault(things[pk].unit_id or 0, set()).update(units)
    for unit, pk in hung:
        found.setdefault(unit, set()).update(earlier[pk] & void)
    return {pk: units - {pk} for pk, units in found.items() if pk in asked and units - {pk}}


def _chunks(values: Sequence[Any], size: int = 500) -> Iterator[Sequence[Any]]:
    for i in range(0, len(values), size):
        yield values[i : i + size]


def carriers(asset: Asset, but: Asset | None = None) -> list[Carrier]:
    """The rows on which a thing's money stands, today's first, then the one that brought it to that
    by a merge, and so on. `but`: a row that is merged no more."""
    found: list[Carrier] = []
    row: Asset | None = asset
    while row is not None:
        brought = _brought(row, but)
        found.append(Carrier(row, brought.effective_at if brought else None))
        row = Asset.objects.get(pk=brought.subject_id) if brought else None
    return found


def _brought(asset: Asset, but: Asset | None) -> Entry | None:
    """The last merge that brought a thing its money."""
    losers = Asset.objects.filter(merged_into=asset).exclude(pk=but.pk if but else 0)
    pks = list(losers.values_list("pk", flat=True))
    if not pks:
        return None
    last: dict[int, Entry] = {}
    for entry in Entry.objects.filter(
        subject_type="assets.asset", subject_id__in=pks, kind="asset.merged"
    ).order_by("pk"):
        last[entry.subject_id] = entry
    moved = [entry for entry in last.values() if entry.data.get("unit_moved")]
    return max(moved, key=lambda entry: entry.pk, default=None)


def brought_since(asset: Asset) -> datetime | None:
    """When a merge brought a thing its money, the last time; None: it stood on this row always."""
    brought = _brought(asset, None)
    return brought.effective_at if brought else None


def rows_of(asset: Asset) -> list[Asset]:
    """All rows of one thing: its own, and what was merged into it."""
    return [asset, *(row for row, _asset in merged_into([asset]))]


def merged_into(assets: Sequence[Asset]) -> Iterator[tuple[Asset, Asset]]:
    """Each row that was merged into one of these, or into one that was, beside that of these. Who
    holds the lock of the row that stays has them: nobody else writes their days."""
    last = {asset.pk: asset for asset in assets}
    while last:
        rows = Asset.objects.filter(merged_into__in=last).order_by("pk")
        found = [(row, last[row.merged_into_id or 0]) for row in rows]
        yield from found
        last = {row.pk: asset for row, asset in found}


def told(
    changes: Sequence[spans.Change], now: datetime, *, but: Asset | None = None
) -> dict[int, spans.Written]:
    """Write units as what bought things all the time (core/two_times/spans.py, `apply`)."""
    wrong = {
        change.subject_id: carriers(Asset.objects.get(pk=change.subject_id), but)[0].untrue(
            change.values["unit_id"]
        )
        for change in changes
    }
    written = retold.with_values(AssetSpan, wrong, now)
    for change in changes:
        written[change.subject_id].holds = dict(change.values)
    return written


def told_of_merged(rows: Sequence[Carrier], unit: int | None, *, by: Actor, now: datetime) -> None:
    """The money of the row that stays stood on these merged ones, on the days before."""
    wrong = {row.asset.pk: found for row in rows if (found := row.untrue(unit))}
    _write({row.asset.pk: row.asset for row in rows}, wrong, by, now, into=None)


def is_of_these_alone(taken: Mapping[int, int], *, by: Actor, now: datetime) -> dict[int, datetime]:
    """After units were told to be these things (asset by unit): what else they stood for on past
    days, as an older release left it, is told without them. What was merged into the very thing
    keeps its days. Per unit that such a row had, since when. The caller holds the units' locks."""
    # What this act wrote itself is left out: an import would read all of it again.
    past = AssetSpan.objects.known().filter(unit__among=taken, known_from__lt=now)
    ended = past.exclude(valid_to=None).select_related("asset").in_order()
    theirs: dict[int, list[tuple[AssetSpan, dict[str, Any]]]] = defaultdict(list)
    assets = {}
    for span in ended:
        owner = taken[span.unit_id or 0]
        if owner != span.asset_id and owner not in _winners(span.asset):
            assets[span.asset_id] = span.asset
            theirs[span.asset_id].append((span, {"unit_id": None}))
    _write(assets, theirs, by, now, into=taken)
    had: dict[int, datetime] = {}
    every = (span for rows in theirs.values() for span, _values in rows)
    for span in sorted(every, key=lambda s: s.valid_from):
        had.setdefault(span.unit_id or 0, span.valid_from)
    return had


def _write(
    assets: Mapping[int, Asset],
    theirs: Mapping[int, Sequence[tuple[AssetSpan, dict[str, Any]]]],
    by: Actor,
    now: datetime,
    into: Mapping[int, int] | None,
) -> None:
    """Tell past days with other units. `into`: which thing has a unit now; None: what each of these
    was merged into."""
    if not theirs:
        return
    written = retold.with_values(AssetSpan, theirs, now)
    record_many(
        EntryDraft(
            "asset.unit_passed",
            assets[pk],
            by,
            school_id=assets[pk].school_id,
            at=rows[0][0].valid_from,
            data={"asset": into[rows[0][0].unit_id or 0] if into else assets[pk].merged_into_id},
            rows=written[pk].rows,
            touched=written[pk].touched,
        )
        for pk, rows in theirs.items()
    )


def _winners(asset: Asset) -> set[int]:
    """What it was merged into, and what that was."""
    found: set[int] = set()
    while asset.merged_into_id is not None and asset.merged_into_id not in found:
        found.add(asset.merged_into_id)
        asset = Asset.objects.get(pk=asset.merged_into_id)
    return found
