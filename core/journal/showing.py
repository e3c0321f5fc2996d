"""What of an entry somebody sees: one list of what may be shown, for every page, export and feed.

Each app registers the keys of its entries (columns, keys of `data`, columns of the dependent rows
in `data["rows"]`) with the permission that shows them. What is not registered is hidden. No key is
shown to whom the noun itself is closed (core.journal.nouns).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access import MaybeActor, scope_of
from core.journal.acts import ROWS
from core.journal.nouns import Doors
from core.journal.reaching import people_named, reached
from core.models.entry import Entry
from core.models.words import EntryWords

#: Words that somebody typed about all that an act changed.
REASON = "reason"
#: Whoever may open the noun sees it.
OPEN = ""
_keys: dict[str, dict[str, str]] = {}
#: Keys that tell what several awards pay: only who sees them all is told in one piece.
_whole: set[tuple[str, str]] = set()
#: Keys that hold people: sentences name them or not; the feed gives their ids to who sees names.
_people: set[tuple[str, str]] = set()
#: Entries of any record may have these.
ANY = "*"


def register_keys(
    label: str, keys: str, permission: str = OPEN, *, whole: bool = False, people: bool = False
) -> None:
    """Let keys (words of one text) of a model's entries and rows be shown to who holds a permission
    where the entry is. `whole`: only to who holds it everywhere; `people`: they hold people."""
    names = keys.split()
    _keys.setdefault(label, {}).update(dict.fromkeys(names, permission))
    _whole.update((label, key) for key in names if whole)
    _people.update((label, key) for key in names if people)


def registered(label: str) -> frozenset[str]:
    """The keys that are shown to somebody."""
    return frozenset(_keys.get(label, ()))


class Shown:
    """The changes and data of some entries as one reader sees them. `ids`: they are handed out as
    they are, and not told in sentences that name people or call them by pseudonyms."""

    def __init__(self, entries: Iterable[Entry], by: MaybeActor, *, ids: bool = False) -> None:
        entries = list(entries)
        self._ids = ids
        datas = EntryWords.objects.said(e.data for e in entries)
        self._said = {id(e): data for e, data in zip(entries, datas, strict=True)}
        self._doors = Doors(entries, by)
        self._held: dict[str, dict[int, bool]] = {}
        self._everywhere: dict[str, bool] = {}
        asked = {p for keys in _keys.values() for p in keys.values()} - {OPEN}
        self._named = (
            {id(e) for e, n in zip(entries, people_named(entries, by), strict=True) if n}
            if ids
            else set()
        )
        for permission in asked:
            scope = scope_of(by, permission)
            held = reached(entries, scope)
            self._held[permission] = {id(e): h for e, h in zip(entries, held, strict=True)}
            self._everywhere[permission] = scope.everything

    def changes(self, entry: Entry) -> dict[str, Any]:
        return self._only(entry, entry.subject_type, entry.changes)

    def data(self, entry: Entry) -> dict[str, Any]:
        """The data with the words of its reason, the subject's own `row` by column, and the rows of
        its parts, new (`rows`) and changed (`touched`), by model and column."""
        data = self._said[id(entry)]
        found = self._only(entry, entry.subject_type, data)
        if REASON in found and not self._all_changed(entry):
            del found[REASON]  # it may name the award, or say the price
        if not self._doors.subject(entry):
            return found
        if isinstance(row := data.get("row"), Mapping):
            found["row"] = self._only(entry, entry.subject_type, row)
        for name in ROWS:
            if isinstance(parts := data.get(name), Mapping):
                kept = {label: self._rows(entry, label, some) for label, some in parts.items()}
                found[name] = {label: some for label, some in kept.items() if some}
        return found

    def _rows(self, entry: Entry, label: str, rows: Any) -> list[dict[str, Any]]:
        kept = (self._only(entry, label, row) for row in rows if isinstance(row, Mapping))
        return [row for row in kept if row]

    def _all_changed(self, entry: Entry) -> bool:
        """Whether the reader is shown each column that the entry changes and somebody is shown."""
        label = entry.subject_type
        shown = {*_keys.get(label, ()), *_keys[ANY]}
        changed = (k for k in entry.changes if {k, k.removesuffix("_id")} & shown)
        return all(self._may(entry, label, key) for key in changed)

    def _only(self, entry: Entry, label: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is registered for the model, under a column's name or its key's (`_id`); nothing of
        a subject, or of a part, that the reader may not open."""
        if not (self._doors.subject(entry) and self._doors.part(entry, label)):
            return {}
        return {k: v for k, v in values.items() if self._may(entry, label, k)}

    def _may(self, entry: Entry, label: str, key: str) -> bool:
        keys = _keys.get(label)
        if keys is None:
            return False
        if key not in keys and key not in _keys[ANY]:
            key = key.removesuffix("_id")
        permission = keys.get(key, _keys[ANY].get(key))
        if permission is None:
            return False
        if self._ids and (label, key) in _people and id(entry) not in self._named:
            return False
        if permission == OPEN:
            return True
        if (label, key) in _whole:
            return self._everywhere[permission]
        return self._held[permission][id(entry)]
