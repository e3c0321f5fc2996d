"""What of an entry somebody sees: one list of what may be shown, for every page, export and feed.

Each app registers the keys of its entries (columns, keys of `data`, columns of the dependent rows
in `data["rows"]`) with the permission that shows them. What is not registered is hidden. No key is
shown to whom the noun itself is closed (core.journal.nouns).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.access import MaybeActor, scope_of
from core.journal.acts import ROWS
from core.journal.nouns import Doors
from core.journal.parts import NOTHING, hidden_in
from core.journal.reaching import people_named, reached
from core.models.entry import Entry
from core.models.words import EntryWords
from core.permissions import known_permission
from core.registering import take_all

#: Words that somebody typed about all that an act changed.
REASON = "reason"
#: Whoever may open the noun sees it.
OPEN = ""
_keys: dict[str, dict[str, str]] = {}
#: Keys that tell what several awards pay: only who sees them all is told in one piece.
_whole: set[tuple[str, str]] = set()
#: Keys that hold people: sentences name them or not; the feed gives their ids to who sees names.
_people: set[tuple[str, str]] = set()
#: Of some keys of people those that a reader is told.
ToldKeys = Callable[[set[int], MaybeActor], set[int]]
_told_keys: list[ToldKeys] = []
#: Keys that hold records of one noun, which may be somebody else's: which of those are told.
_told_records: dict[str, ToldKeys] = {}
#: The entries (by `id`) that tell of another record, which is not the reader's, in keys of its own:
#: whether these came with the entry (or were given back).
OthersWords = Callable[[Sequence[Entry], MaybeActor], dict[int, bool]]
_others: list[tuple[OthersWords, frozenset[str]]] = []
#: Entries of any record may have these.
ANY = "*"


def register_keys(
    label: str, keys: str, permission: str = OPEN, *, whole: bool = False, people: bool = False
) -> None:
    """Let keys (words of one text) of a model's entries and rows be shown to who holds a permission
    where the entry is. `whole`: only to who holds it everywhere; `people`: they hold people."""
    names = keys.split()
    if permission != OPEN:
        known_permission(permission, f"the keys {keys} of {label}")
    take_all(_keys.setdefault(label, {}), dict.fromkeys(names, permission), f"who sees {label}")
    _whole.update((label, key) for key in names if whole)
    _people.update((label, key) for key in names if people)


def register_people(told: ToldKeys) -> None:
    """Say which keys of people a reader is told: one of another school has a name on a thing here,
    and a record that is not the reader's."""
    _told_keys.append(told)


def register_records(keys: str, told: ToldKeys) -> None:
    """Say which records a reader is told in keys of any entry (words of one text) that hold them: a
    thing comes from a school, and a room, that are not the reader's."""
    take_all(_told_records, dict.fromkeys(keys.split(), told), "which records are told")


def register_others(words: OthersWords, keys: str) -> None:
    """Say which entries tell of another record in some keys (words of one text)."""
    _others.append((words, frozenset(keys.split())))


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
        self._told = set(self._keys_of_people(entries)) if ids else set()
        for told in _told_keys:
            self._told = told(self._told, by)
        self._records = self._told_of(entries, by) if ids else {}
        self._others = [(words(entries, by), keys) for words, keys in _others]
        self._hidden = hidden_in(entries, by)
        for permission in asked:
            scope = scope_of(by, permission)
            held = reached(entries, scope)
            self._held[permission] = {id(e): h for e, h in zip(entries, held, strict=True)}
            self._everywhere[permission] = scope.everything

    def changes(self, entry: Entry) -> dict[str, Any]:
        if self._hidden.get(id(entry), NOTHING).about:
            return {}
        found = self._only(entry, entry.subject_type, entry.changes)
        if self._ids and any(told.get(id(entry)) is False for told, _keys in self._others):
            own = {k: [None, v[1]] for k, v in entry.changes.items() if self._is_of_other(entry, k)}
            found |= self._only(entry, entry.subject_type, own, of_other=True)
        return found

    def data(self, entry: Entry) -> dict[str, Any]:
        """The data with the words of its reason, the subject's own `row` by column, and the rows of
        its parts, new (`rows`) and changed (`touched`), by model and column."""
        data, hidden = self._said[id(entry)], self._hidden.get(id(entry))
        # Beside its rows it says of them what they are, or why.
        found = self._only(entry, entry.subject_type, {} if hidden else data)
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
        rows = [row for row in rows if isinstance(row, Mapping)]
        told = self._hidden.get(id(entry), NOTHING).without(label, rows)
        kept = (self._only(entry, label, row) for row in told)
        return [row for row in kept if row]

    def _all_changed(self, entry: Entry) -> bool:
        """Whether the reader is shown each column that the entry changes and somebody is shown."""
        label = entry.subject_type
        shown = {*_keys.get(label, ()), *_keys[ANY]}
        changed = (k for k in entry.changes if {k, k.removesuffix("_id")} & shown)
        return all(self._may(entry, label, key) for key in changed)

    def _only(
        self, entry: Entry, label: str, values: Mapping[str, Any], *, of_other: bool = False
    ) -> dict[str, Any]:
        """What is registered for the model, under a column's name or its key's (`_id`); nothing of
        a subject, or of a part, that the reader may not open, or of a record (unless `of_other`)
        that is none of its own."""
        if not (self._doors.subject(entry) and self._doors.part(entry, label)):
            return {}
        found = {
            k: v
            for k, v in values.items()
            if self._may(entry, label, k)
            and self._tells(label, k, v)
            and (of_other or not self._is_of_other(entry, k))
        }
        return self._with_records(found) if self._ids else found

    def _with_records(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values without records that the reader may not open: where one was before, nothing is
        told to have been there; where one is now, nothing is told."""
        kept = {}
        for name, value in values.items():
            key = _record_key(name)
            hidden = set(_keys_in(value)) - self._records[key] if key else set()
            if not hidden:
                kept[name] = value
            elif isinstance(value, list) and value[-1] not in hidden:
                kept[name] = [None, value[-1]]
        return kept

    def _told_of(self, entries: Sequence[Entry], by: MaybeActor) -> dict[str, set[int]]:
        """By key the records that the reader is told, of those that stand in these entries."""
        asked: dict[ToldKeys, set[int]] = {told: set() for told in _told_records.values()}
        for _label, values in self._parts(entries):
            for name, value in values.items():
                if key := _record_key(name):
                    asked[_told_records[key]].update(_keys_in(value))
        found = {told: told(some, by) for told, some in asked.items()}
        return {key: found[told] for key, told in _told_records.items()}

    def _is_of_other(self, entry: Entry, key: str) -> bool:
        return any(key in keys and id(entry) in told for told, keys in self._others)

    def _tells(self, label: str, key: str, value: Any) -> bool:
        """Whether a reader of ids is told whoever stands there: of several, each of them."""
        return not self._ids or not _is_of_people(label, key) or self._told >= set(_keys_in(value))

    def _keys_of_people(self, entries: Iterable[Entry]) -> Iterator[int]:
        """Whoever stands in these entries."""
        for label, values in self._parts(entries):
            for key, value in values.items():
                if _is_of_people(label, key):
                    yield from _keys_in(value)

    def _parts(self, entries: Iterable[Entry]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What stands in these entries: of their subjects and of the rows beside them."""
        for entry in entries:
            data = self._said[id(entry)]
            row = data.get("row")
            parts = [(entry.subject_type, some) for some in (entry.changes, data, row)]
            for name in ROWS:
                if isinstance(some := data.get(name), Mapping):
                    parts += [(label, row) for label, rows in some.items() for row in rows]
            yield from ((label, some) for label, some in parts if isinstance(some, Mapping))

    def _may(self, entry: Entry, label: str, key: str) -> bool:
        keys = _keys.get(label)
        if keys is None:
            return False
        if key not in keys and key not in _keys[ANY]:
            key = key.removesuffix("_id")
        permission = keys.get(key, _keys[ANY].get(key))
        if permission is None:
            return False
        if self._ids and _is_of_people(label, key) and id(entry) not in self._named:
            return False
        if permission == OPEN:
            return True
        if (label, key) in _whole:
            return self._everywhere[permission]
        return self._held[permission][id(entry)]


def _is_of_people(label: str, key: str) -> bool:
    return (label, key) in _people or (label, key.removesuffix("_id")) in _people


def _record_key(name: str) -> str | None:
    """The key of records that a column or a word of data is, if it is one."""
    name = name.removesuffix("_id")
    return name if name in _told_records else None


def _keys_in(value: Any) -> Iterator[int]:
    """The keys of a value, or of an old and a new one."""
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, int):
            yield one
