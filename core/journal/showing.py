"""What of an entry somebody sees: one list of what may be shown, for every page, export and feed.

Each app registers the keys of its entries (columns, keys of `data`, columns of the dependent rows
in `data["rows"]`) with the permission that shows them. What is not registered is hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps

from core.access import NAMES, MaybeActor, Scope, scope_of
from core.models.entry import Entry
from core.models.words import EntryWords

#: Whoever sees the entry sees it.
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


def reached(entries: Sequence[Entry], scope: Scope) -> list[bool]:
    """Which entries a scope reaches: by the school where it happened, by the thing's award, or, for
    what belongs to no school, as its subject is reached. One query for each sort of subject."""
    if scope.everything or scope.empty:
        return [scope.everything] * len(entries)
    by_award = Scope(awards=scope.awards, permission=scope.permission)
    asked: dict[tuple[str, bool], set[int]] = {}
    for e in entries:
        if e.school_id not in scope.schools:
            asked.setdefault((e.subject_type, e.school_id is None), set()).add(e.subject_id)
    there: dict[tuple[str, bool], set[int]] = {}
    for (label, nowhere), pks in asked.items():
        model: Any = apps.get_model(label)
        eyes = scope if nowhere else by_award
        if not hasattr(model, "scope_q"):
            there[label, nowhere] = pks if nowhere else set()
        elif not eyes.empty and (nowhere or getattr(model, "reached_by_award", False)):
            rows = model._base_manager.filter(model.scope_q(eyes), pk__in=pks)
            there[label, nowhere] = set(rows.values_list("pk", flat=True))
    return [
        e.school_id in scope.schools
        or e.subject_id in there.get((e.subject_type, e.school_id is None), ())
        for e in entries
    ]


def named(entries: Sequence[Entry], by: MaybeActor) -> list[bool]:
    """Which entries tell their people by name: those that a membership that names people reaches,
    but not of a subject that shows to its reader by other memberships alone. Its page calls the
    same people by pseudonyms, and a name beside them would say whose these are."""
    scope = scope_of(by, NAMES)
    found = reached(entries, scope)
    if scope.everything or scope.empty:
        return found
    asked: dict[str, set[int]] = {}
    for entry, name in zip(entries, found, strict=True):
        if name:
            asked.setdefault(entry.subject_type, set()).add(entry.subject_id)
    hidden = {
        (label, pk) for label, pks in asked.items() for pk in _seen_unnamed(label, pks, by, scope)
    }
    return [
        name and (e.subject_type, e.subject_id) not in hidden
        for e, name in zip(entries, found, strict=True)
    ]


def people_named(entries: Sequence[Entry], by: MaybeActor) -> list[bool]:
    """Which entries tell the people in them by name: the `named`, but of a thing that an act took
    out of a school where its reader names nobody, not those whom it was with there."""
    veiled = came_from_unseen(entries, scope_of(by, NAMES))
    found = named(entries, by)
    return [name and id(e) not in veiled for e, name in zip(entries, found, strict=True)]


def came_from_unseen(entries: Sequence[Entry], scope: Scope) -> set[int]:
    """The entries (by `id`) that took something out of a school which a scope does not reach. Who
    sees a thing by its award sees it wherever it was."""
    if scope.everything:
        return set()
    came = [e for e in entries if e.school_before_id and e.school_before_id not in scope.schools]
    by_award = reached(came, Scope(awards=scope.awards, permission=scope.permission))
    return {id(e) for e, open_ in zip(came, by_award, strict=True) if not open_}


def _seen_unnamed(label: str, pks: set[int], by: MaybeActor, scope: Scope) -> set[int]:
    """Which of these subjects somebody sees, and not where `scope` reaches."""
    model: Any = apps.get_model(label)
    if not hasattr(model, "scope_q") or not getattr(model, "reached_by_award", False):
        return set()  # who sees it sees it by its school, which is where people show by name
    seeing = scope_of(by, model.seen_with, token=False)
    if seeing.awards <= scope.awards and seeing.schools <= scope.schools:
        return set()
    seen, by_name = (
        model._base_manager.filter(model.scope_q(eyes), pk__in=pks) for eyes in (seeing, scope)
    )
    return set(seen.values_list("pk", flat=True)) - set(by_name.values_list("pk", flat=True))


class Shown:
    """The changes and data of some entries as one reader sees them. `ids`: they are handed out as
    they are, and not told in sentences that name people or call them by pseudonyms."""

    def __init__(self, entries: Iterable[Entry], by: MaybeActor, *, ids: bool = False) -> None:
        entries = list(entries)
        self._ids = ids
        datas = EntryWords.objects.said(e.data for e in entries)
        self._said = {id(e): data for e, data in zip(entries, datas, strict=True)}
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
        if isinstance(row := data.get("row"), Mapping):
            found["row"] = self._only(entry, entry.subject_type, row)
        for name in ("rows", "touched"):
            if isinstance(parts := data.get(name), Mapping):
                kept = {label: self._rows(entry, label, some) for label, some in parts.items()}
                found[name] = {label: some for label, some in kept.items() if some}
        return found

    def _rows(self, entry: Entry, label: str, rows: Any) -> list[dict[str, Any]]:
        kept = (self._only(entry, label, row) for row in rows if isinstance(row, Mapping))
        return [row for row in kept if row]

    def _only(self, entry: Entry, label: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is registered for the model, under a column's name or its key's (`_id`)."""
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
