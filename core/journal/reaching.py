"""Which entries somebody's memberships reach, and whose people they show by name."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps

from core.access import NAMES, MaybeActor, Scope, scope_of
from core.models.entry import Entry


def reached(entries: Sequence[Entry], scope: Scope) -> list[bool]:
    """Which entries a scope reaches: by the school where it happened, along another way to its
    subject, or, for what belongs to no school, as that is reached. One query for each sort of
    subject."""
    if scope.everything or scope.empty:
        return [scope.everything] * len(entries)
    beyond = scope.beyond_schools()
    asked: dict[tuple[str, bool], set[int]] = {}
    for e in entries:
        if e.school_id not in scope.schools:
            asked.setdefault((e.subject_type, e.school_id is None), set()).add(e.subject_id)
    there: dict[tuple[str, bool], set[int]] = {}
    for (label, nowhere), pks in asked.items():
        model: Any = apps.get_model(label)
        eyes = scope if nowhere else beyond
        if not hasattr(model, "scope_q"):
            there[label, nowhere] = pks if nowhere else set()
        elif not eyes.empty and (nowhere or getattr(model, "beyond_school", False)):
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
    sees a thing along another way sees it wherever it was."""
    if scope.everything:
        return set()
    came = [e for e in entries if e.school_before_id and e.school_before_id not in scope.schools]
    beyond = reached(came, scope.beyond_schools())
    return {id(e) for e, open_ in zip(came, beyond, strict=True) if not open_}


def _seen_unnamed(label: str, pks: set[int], by: MaybeActor, scope: Scope) -> set[int]:
    """Which of these subjects somebody sees, and not where `scope` reaches."""
    model: Any = apps.get_model(label)
    if not hasattr(model, "scope_q") or not getattr(model, "beyond_school", False):
        return set()  # who sees it sees it by its school, which is where people show by name
    seeing = scope_of(by, model.seen_with, token=False)
    if seeing.along <= scope.along and seeing.schools <= scope.schools:
        return set()
    seen, by_name = (
        model._base_manager.filter(model.scope_q(eyes), pk__in=pks) for eyes in (seeing, scope)
    )
    return set(seen.values_list("pk", flat=True)) - set(by_name.values_list("pk", flat=True))
