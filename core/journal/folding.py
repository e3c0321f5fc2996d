"""Folding the journal: what its entries say each row must be, compared with the tables, both ways.

Entries and tables are read side by side in the order of their subjects, so that memory stays flat
whatever the size. What an entry holds is said in core/facts/columns.py and
core/journal/writing.py.
"""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from core.facts.columns import Table, Values, parts, tables
from core.facts.salts import ERASED
from core.journal.each_row import ODD
from core.journal.table_rows import CHUNK, in_use, part_rows, rows_of, without_number
from core.models.entry import Entry


@dataclass
class Counts:
    """What was looked at of one table."""

    rows: int = 0
    entries: int = 0
    pending: int = 0


@dataclass
class Subject:
    """What the entries say of one subject, and of the rows of its parts. Before its first whole
    entry (or its baseline) nothing is said."""

    whole: bool = False
    gone: bool = False
    row: Values = field(default_factory=dict)
    parts: dict[str, list[Values]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def take(self, table: Table, number: int, changes: Values, data: Values) -> None:
        """Let one entry speak."""
        if data.get("whole"):
            self._begin(table, number, changes, baseline=bool(data.get("baseline")))
        elif not self.whole:
            return
        else:
            told = data.get("row", changes)
            self._change(self.row, {n: p for n, p in told.items() if n in table.columns}, number)
        rows_of = data.get("rows")
        # The entry of a backup counts its rows under this name.
        for label, rows in rows_of.items() if isinstance(rows_of, dict) else ():
            self.parts.setdefault(label, []).extend(rows)
        for label, rows in data.get("touched", {}).items():
            for told in rows:
                self._touch(label, dict(told), number)
        if data.get("gone"):
            self.gone = True

    def _begin(self, table: Table, number: int, changes: Values, *, baseline: bool) -> None:
        row = {n: p[1] for n, p in changes.items() if n in table.columns and p[1] not in (None, "")}
        if self.whole and not baseline:
            self.faults.append(f"entry {number} creates it a second time")
        elif self.whole and row != self.row:
            self.faults.append(f"entry {number} says it differs from what entries before said")
        self.whole, self.row, self.parts = True, row, {}

    def _change(self, row: Values, told: Mapping[str, Any], number: int) -> None:
        for name, (old, new) in told.items():
            if not _was(row, name, old):
                self.faults.append(f"entry {number} changes {name} from what it was not")
            if new is None or new == "":
                row.pop(name, None)
            else:
                row[name] = new

    def _touch(self, label: str, told: Values, number: int) -> None:
        gone = told.pop("gone", False)
        changes = {n: v for n, v in told.items() if isinstance(v, list)}
        key = [(n, v) for n, v in told.items() if n not in changes]
        for row in self.parts.get(label, []):
            same = all(row.get(n) == v for n, v in key)
            if same and all(_was(row, n, pair[0]) for n, pair in changes.items()):
                break
        else:
            self.faults.append(f"entry {number} speaks of a row of {label} that is not there")
            return
        if gone:
            self.parts[label].remove(row)
        self._change(row, changes, number)


def _was(row: Values, name: str, old: Any) -> bool:
    """Whether a column had the value that an entry changes; what was erased can't be told."""
    return old == ERASED or row.get(name) == (None if old == "" else old)


def fold(counts: dict[str, Counts], pending: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each row that is not what the journal says, each that no entry tells of, and
    each that entries tell of and is not there. `pending`: of which rows baselines are still being
    written (core.journal.baselines)."""
    for table in tables():
        counts[table.label] = Counts()
    nouns, used = [table for table in tables() if not table.of], in_use()
    for table in nouns:
        if any(one.label in used for one in (table, *parts(table))):
            yield from _fold_noun(table, counts, pending, used)
    yield from _of_nothing({noun.label for noun in nouns}, used)
    yield from without_number(used)


def _of_nothing(nouns: set[str], used: Container[str]) -> Iterator[str]:
    """Rows of parts that name a kind of thing which there is not."""
    for part in tables():
        if len(part.of) == 2 and part.label in used:
            rows = part.model._default_manager.exclude(**{f"{part.of[0]}__in": nouns})
            for pk in rows.order_by("pk").values_list("pk", flat=True):
                yield f"{part.label} {pk}: it belongs to nothing that there is."


def _fold_noun(
    table: Table, counts: dict[str, Counts], pending: Mapping[str, int], used: Container[str]
) -> Iterator[str]:
    mine = {p.label: _Streams(part_rows(p, table)) for p in parts(table) if p.label in used}
    entries, rows = (
        _Streams(_entries(table)),
        _Streams(rows_of(table, table.model._meta.pk.attname)),
    )
    streams = [entries, rows, *mine.values()]
    here = counts[table.label]
    while (pk := min((s.next for s in streams if s.next is not None), default=None)) is not None:
        subject = Subject()
        for number, changes, data in entries.take(pk):
            here.entries += 1
            try:
                subject.take(table, number or 0, changes, data)
            except ODD as error:  # no code of this house could have written it
                subject.faults.append(f"entry {number} cannot be read: {type(error).__name__}")
        row = rows.take(pk)
        found = {label: stream.take(pk) for label, stream in mine.items()}
        here.rows += len(row)
        for label, some in found.items():
            counts[label].rows += len(some)
        if not subject.whole and (row or any(found.values())):
            if pk <= pending.get(table.label, 0):
                here.pending += 1
            else:
                yield f"{table.label} {pk}: no entry says what it is."
            continue
        for fault in (*subject.faults, *_differences(subject, row, found)):
            yield f"{table.label} {pk}: {fault}."


def _differences(
    subject: Subject, row: list[tuple[Values, list[str]]], found: Mapping[str, list[Any]]
) -> Iterator[str]:
    if not subject.whole:
        return
    if not row and not subject.gone:
        yield "entries tell of it and it is not there"
        return
    if row and subject.gone:
        yield "it is there, and an entry says that it is gone"
        return
    for values, faults in row:
        yield from _compare(subject.row, values)
        yield from faults
    for label in {*subject.parts, *found}:
        said, there = subject.parts.get(label, []), [values for values, _f in found.get(label, [])]
        for _values, faults in found.get(label, []):
            yield from faults
        if said != there:
            yield from _compare_many(label, said, there)


def _compare(said: Values, there: Values) -> Iterator[str]:
    if said != there:
        for name in sorted({*said, *there}):
            if said.get(name) != there.get(name):
                yield f"{name} is not what the journal says"


def _compare_many(label: str, said: list[Values], there: list[Values]) -> Iterator[str]:
    """Rows in any order; equal ones as often as they are said."""
    one, other = (sorted(json.dumps(v, sort_keys=True) for v in rows) for rows in (said, there))
    if one == other:
        return
    left = list(other)
    missing = []
    for text in one:
        if text in left:
            left.remove(text)
        else:
            missing.append(text)
    if missing:
        yield f"{len(missing)} row(s) of {label} that entries tell of are not there so"
    if left:
        yield f"{len(left)} row(s) of {label} are there that no entry tells of so"


class _Streams:
    """A stream of (key, *rest) in the order of the keys, taken key by key."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=lambda row: row[0])
        self.next: int | None = None
        self._group: Iterator[tuple[Any, ...]] = iter(())
        self._forward()

    def _forward(self) -> None:
        self.next, self._group = next(self._groups, (None, iter(())))

    def take(self, key: int) -> list[Any]:
        """What stands under a key; nothing where the stream is further on."""
        if key != self.next:
            return []
        found = [row[1:] for row in self._group]
        self._forward()
        return found


def _entries(table: Table) -> Iterator[tuple[int, int | None, Values, Values]]:
    rows = Entry.objects.filter(subject_type=table.label).order_by("subject_id", "id")
    names = ("subject_id", "seal__number", "changes", "data")
    yield from rows.values_list(*names).iterator(chunk_size=CHUNK)
