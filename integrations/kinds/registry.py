"""The kinds of imports, each declared once; a part that is missing or does not fit is told when
the program starts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import NoneType
from typing import Any, get_args, get_type_hints

from integrations.fields import Field
from integrations.kinds.base import ImportKind
from integrations.kinds.labels import LABELS
from integrations.kinds.rows.changes import Change
from integrations.kinds.rows.planned import facts_of
from integrations.kinds.rows.questions import undeclared
from integrations.models.imports import KIND_LABELS, ImportSession

_kinds: dict[str, ImportKind[Any, Any, Any]] = {}
#: By name, in the order in which they are offered.
KINDS: Mapping[str, ImportKind[Any, Any, Any]] = _kinds


def register_import(kind: ImportKind[Any, Any, Any]) -> None:
    """Take a kind in. Raises TypeError, naming each part that is missing or does not fit."""
    if faults := list(_faults(kind)):
        raise TypeError(f"the import kind {kind}: {'; '.join(faults)}")
    _kinds[kind.name] = kind
    KIND_LABELS[kind.name] = kind.label


def all_declared() -> None:
    """Raise TypeError where a question is asked that no kind declares: nobody could answer it."""
    declared = [q for kind in _kinds.values() for q in kind.questions]
    if names := undeclared(declared):
        raise TypeError(f"no import kind declares the questions {names}")


def _faults(kind: ImportKind[Any, Any, Any]) -> Iterable[str]:
    missing = [p for p in ("name", "label", "fields", "row", "changes") if not hasattr(kind, p)]
    if missing:
        yield f"it has no {', '.join(missing)}"
        return
    longest = ImportSession._meta.get_field("kind").max_length or 0
    if not kind.name.isidentifier() or len(kind.name) > longest:
        yield f"its name is no word of at most {longest} letters"
    if kind.name in _kinds:
        yield "its name is taken"
    if not kind.label:
        yield "it has no label"
    if not kind.fields:
        yield "it has no fields"
    names = Counter(f.name for f in kind.fields)
    if twice := [name for name, n in names.items() if n > 1]:
        yield f"its fields {twice} stand twice"
    if unnamed := [name for name in names if name not in LABELS]:
        yield f"nobody has words for its fields {unnamed} (kinds/labels.py)"
    yield from _row_faults(kind)
    yield from _question_faults(kind)


def _row_faults(kind: ImportKind[Any, Any, Any]) -> Iterable[str]:
    types = get_type_hints(kind.row)
    said = {f.name for f in fields(kind.row) if f.init}
    for field in kind.fields:
        if field.name not in said:
            yield f"its row has no room for its field {field.name!r}"
        elif other := _given(field) - _types(types[field.name]):
            yield f"its row takes no {_names(other)} of its field {field.name!r}"
    kept = get_type_hints(kind.changes)
    for name in facts_of(kind.row):
        if name not in kept:
            yield f"it says of {name!r} and nothing is kept of its change"
        elif other := _types(types[name]) - _types(_was(kept[name])):
            yield f"of a change of {name!r} no {_names(other)} is kept"
    if unkept := sorted(kind.changes.PEOPLE - kept.keys()):
        yield f"nothing is kept of the changes {unkept} that name people"


def _question_faults(kind: ImportKind[Any, Any, Any]) -> Iterable[str]:
    """A question has one meaning, whoever asks it: it is kept by its name."""
    known = {q.name: q for other in _kinds.values() for q in other.questions}
    for question in kind.questions:
        yield from question.faults()
        if known.setdefault(question.name, question) is not question:
            yield f"the name of its question {question.name!r} is taken"


def _given(field: Field) -> set[Any]:
    """The types of what a field's cells say."""
    if field.words is not None:
        return {type(value) for value, _label in field.words.choices.values()}
    parse = getattr(field.parse, "func", field.parse)
    return {str} if parse is str else _types(get_type_hints(parse).get("return", object))


def _was(hint: Any) -> Any:
    """What a change keeps: T of `Change[T] | None`."""
    changes = [t for t in (hint, *get_args(hint)) if getattr(t, "__origin__", None) is Change]
    return get_args(changes[0])[0] if changes else NoneType


def _types(hint: Any) -> set[Any]:
    return set(get_args(hint) or [hint]) - {NoneType}


def _names(types: set[Any]) -> str:
    return " or ".join(sorted(getattr(t, "__name__", str(t)) for t in types))
