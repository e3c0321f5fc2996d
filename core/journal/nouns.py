"""To whom the nouns of entries are told: to who may open the noun's own page or address.

An entry of an award tells of an award. Whoever is refused the award's page reads of the entry that
something became of an award, when and by whom, and nothing that stands on that page: no value, no
row of its parts, no reason. A token that lacks the permission lacks it here, too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps

from core.access import MaybeActor, Scope, System, scope_of
from core.journal.acts import ROWS
from core.journal.reaching import reached
from core.models.entry import Entry
from core.permissions import known_permission
from core.registering import take_all

_nouns: dict[str, str] = {}
#: What belongs to whatever it is a row of, and is told with that.
_parts: set[str] = set()


def register_noun(permission: str, *labels: str, of_any: bool = False) -> None:
    """Say which permission the page of these models asks. `of_any`: parts of any record, told with
    it; the permission is asked where an entry is about one of them by itself."""
    known_permission(permission, f"the noun {', '.join(labels)}")
    take_all(_nouns, dict.fromkeys(labels, permission), "who may open a noun")
    if of_any:
        _parts.update(labels)


def registered() -> Mapping[str, str]:
    """The permission that each noun asks, by model."""
    return _nouns


def parts_of(entry: Entry) -> set[str]:
    """The models of the rows that an entry tells beside its subject."""
    kept = (entry.data.get(name) for name in ROWS)
    return {label for rows in kept if isinstance(rows, Mapping) for label in rows}


class Doors:
    """Which nouns of some entries one reader may open."""

    def __init__(self, entries: Sequence[Entry], by: MaybeActor) -> None:
        self._entries, self._by = entries, by
        self._asking: dict[str, list[Entry]] = {}
        for entry in entries:
            labels = {entry.subject_type, *parts_of(entry)} & _nouns.keys()
            for permission in {_nouns[label] for label in labels}:
                self._asking.setdefault(permission, []).append(entry)
        self._open: dict[str, set[int]] = {}
        self._seen: dict[str, set[int] | None] = {}

    def subject(self, entry: Entry) -> bool:
        """Whether its reader may open what the entry is about."""
        label = entry.subject_type
        if not self._opened(entry, label):
            return False
        if label not in self._seen:
            self._seen[label] = self._own(label)
        seen = self._seen[label]
        return seen is None or entry.subject_id in seen

    def part(self, entry: Entry, label: str) -> bool:
        """Whether they may, besides, open what a row of it is."""
        return label in _parts or self._opened(entry, label)

    def _opened(self, entry: Entry, label: str) -> bool:
        permission = _nouns.get(label)
        if permission is None:
            return False
        if permission not in self._open:
            self._open[permission] = self._where(permission)
        return id(entry) in self._open[permission]

    def _where(self, permission: str) -> set[int]:
        """The entries (by `id`) where it is held: at the school, the school that the thing left
        by the act, or where the subject is now, whose page tells what became of it elsewhere."""
        scope, asking = scope_of(self._by, permission), self._asking[permission]
        found = zip(asking, reached(asking, scope), strict=True)
        here = {id(e) for e, near in found if near or e.school_before_id in scope.schools}
        if scope.empty or len(here) == len(asking):
            return here
        left: dict[str, set[int]] = {}
        for e in asking:
            if id(e) not in here and e.school_id is not None:  # of none: asked by `reached`
                left.setdefault(e.subject_type, set()).add(e.subject_id)
        now = {(label, pk) for label, pks in left.items() for pk in _in_sight(label, pks, scope)}
        return here | {id(e) for e in asking if (e.subject_type, e.subject_id) in now}

    def _own(self, label: str) -> set[int] | None:
        """The subjects that show to the reader, of models that say so by no scope: a report by the
        eyes that it was made with, an import by its owner. None: as the scope says."""
        model: Any = apps.get_model(label)
        rows = model._default_manager.all()
        if isinstance(self._by, System) or hasattr(model, "scope_q"):
            return None
        if not hasattr(rows, "visible_to"):
            return None
        pks = {e.subject_id for e in self._entries if e.subject_type == label}
        return set(rows.visible_to(self._by).filter(pk__in=pks).values_list("pk", flat=True))


def _in_sight(label: str, pks: set[int], scope: Scope) -> set[int]:
    """Which of these subjects a scope reaches where they stand today."""
    model: Any = apps.get_model(label)
    if not hasattr(model, "scope_q"):
        return set()
    rows = model._base_manager.filter(model.scope_q(scope), pk__in=pks)
    return set(rows.values_list("pk", flat=True))
