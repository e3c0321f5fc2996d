"""One entry for each act and subject, although an act may take several steps.

A correction tells the tag now and the room since a year ago; a merge gives codes and then what was
paid. Each step writes its rows by itself; what they tell of one subject is joined here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from core.models.entry import Entry
from core.models.words import EntryWords

#: Keys of an entry's data under which rows of parts stand, by table.
ROWS = ("rows", "touched")


@dataclass
class Act:
    """What was told so far, by subject, and the words of its reasons."""

    told: dict[tuple[str, int], Entry] = field(default_factory=dict)
    words: dict[str, EntryWords] = field(default_factory=dict)

    def take(self, entries: Iterable[Entry]) -> None:
        """Let a step of the act speak."""
        for entry in entries:
            subject = (entry.subject_type, entry.subject_id)
            before = self.told.get(subject)
            self.told[subject] = entry if before is None else joined(before, entry)


_present: ContextVar[Act | None] = ContextVar("act", default=None)


def present() -> Act | None:
    """The act that the present work is a step of; None where it is an act of its own."""
    return _present.get()


@contextmanager
def act() -> Iterator[Act]:
    """Inside, steps are gathered; whoever opened it writes what they told."""
    token = _present.set(here := Act())
    try:
        yield here
    finally:
        _present.reset(token)


def joined(first: Entry, then: Entry) -> Entry:
    """Two entries of one act about one subject as one: it is called by its first step, is true
    once the last of both is, and says from what each column changed to what."""
    data = {**then.data, **first.data}
    for name in ROWS:
        parts = _parts(first.data.get(name, {}), then.data.get(name, {}))
        if parts:
            data[name] = parts
    changes = _chain(first.changes, then.changes)
    if first.data.get("whole"):
        changes = _chain(first.changes, then.data.get("row", then.changes))
    elif "row" in first.data or "row" in then.data:
        row = _chain(*(e.data.get("row", e.changes) for e in (first, then)))
        data.pop("row", None)
        if row != changes:
            data["row"] = row
    first.changes, first.data = changes, data
    first.effective_at = max(first.effective_at, then.effective_at)
    first.recorded_at = then.recorded_at
    if then.school_before_id is not None:  # this step took it to another school
        first.school_id = then.school_id
        first.school_before_id = first.school_before_id or then.school_before_id
    return first


def _chain(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """What differs after both, old -> new."""
    told = dict(first)
    for name, (old, new) in then.items():
        told[name] = [told[name][0] if name in told else old, new]
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


def _parts(first: Mapping[str, list[Any]], then: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    return {label: [*first.get(label, []), *then.get(label, [])] for label in {**first, **then}}
