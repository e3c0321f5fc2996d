"""Writing the journal. Actions call `record`; nobody else does."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models

from core.access import Actor
from core.db import bulk
from core.facts import columns
from core.facts.salts import new_salt
from core.journal import acts
from core.models.entry import Entry, Via
from core.models.words import EntryWords
from core.time import days


@dataclass(frozen=True)
class RequestContext:
    """Through what the present work came in."""

    via: str = Via.COMMAND
    request_id: str = ""
    run_id: int | None = None


_context: ContextVar[RequestContext] = ContextVar("request_context")


def context() -> RequestContext:
    """The present request's context; work outside a request is a command."""
    return _context.get(RequestContext())


@contextmanager
def working(via: str, request_id: str = "", run_id: int | None = None) -> Iterator[RequestContext]:
    """Mark the work inside as coming through `via`."""
    new = RequestContext(via, request_id or uuid.uuid4().hex, run_id)
    token = _context.set(new)
    try:
        with days.remembering_zone():
            yield new
    finally:
        _context.reset(token)


@dataclass(frozen=True)
class Touched:
    """A row of a part that was there and is another now: its key, and what changed, old -> new.
    `gone`: it was taken away."""

    model: type[models.Model]
    key: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    gone: bool = False
    salt: str = ""


def touched(row: models.Model, **changes: tuple[Any, Any]) -> Touched:
    """A row of a part that changed, old -> new; it was read before or after, its key is the
    same."""
    table = columns.table(row)
    assert table is not None
    key = {name: getattr(row, table.columns[name].attname) for name in table.key}
    return Touched(type(row), key, changes, salt=getattr(row, "salt", ""))


def removed(row: models.Model) -> Touched:
    """A row of a part that was taken away."""
    return replace(touched(row), gone=True)


@dataclass(frozen=True)
class EntryDraft:
    """An entry before it is written: one for each act and subject.

    `created` writes every column of the subject. `rows` are new rows of its parts, `touched` those
    that changed. `changes` is what the act says; where the row became something else (news of the
    past does not move the present), `row` says what. `gone`: the subject is no more."""

    kind: str
    subject: models.Model
    by: Actor
    school_id: int | None = None
    school_before_id: int | None = None
    at: datetime | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    created: bool = False
    rows: Sequence[models.Model] = ()
    touched: Sequence[Touched] = ()
    row: Mapping[str, tuple[Any, Any]] | None = None
    gone: bool = False


#: Keys of an entry's data under which somebody's words stand, as the digest of core.EntryWords.
WORDS = "reason"


def record_many(drafts: Iterable[EntryDraft]) -> None:
    """Append entries in this transaction. Their times are now unless a draft says when it was
    true."""
    act = acts.present()
    if act is not None:
        act.take(entries(drafts, act.words))
        return
    words: dict[str, EntryWords] = {}
    _append(entries(drafts, words), words)


def _append(rows: list[Entry], words: Mapping[str, EntryWords]) -> None:
    if rows:
        bulk.append(list(words.values()))
        bulk.append(rows)


@contextmanager
def one_act() -> Iterator[None]:
    """Inside, what several steps tell of one subject becomes one entry, written at the end; after
    an error none is. Use it in the transaction, where an act takes more than one step."""
    if acts.present() is not None:
        yield  # a step of another act
        return
    with acts.act() as act:
        yield
    _append(list(act.told.values()), act.words)


def entries(drafts: Iterable[EntryDraft], words: dict[str, EntryWords]) -> list[Entry]:
    """The entries of drafts, not written; the words of their reasons are added to `words`."""
    now = days.now()
    here = context()
    return [
        Entry(
            kind=d.kind,
            subject_type=d.subject._meta.label_lower,
            subject_id=d.subject.pk,
            school_id=d.school_id,
            school_before_id=d.school_before_id,
            effective_at=d.at or now,
            recorded_at=now,
            by_id=d.by.pk,
            via=here.via,
            changes=_changes(d),
            data=_data(d, words),
            request_id=here.request_id,
            run_id=here.run_id,
        )
        for d in drafts
    ]


def _changes(draft: EntryDraft) -> dict[str, Any]:
    table = columns.table(draft.subject)
    if table is None:
        return {k: [columns.plain(a), columns.plain(b)] for k, (a, b) in draft.changes.items()}
    told = table.encode_changes(draft.subject, draft.changes)
    if draft.created:
        told |= {name: [None, value] for name, value in table.encode(draft.subject).items()}
    return told


def _data(draft: EntryDraft, words: dict[str, EntryWords]) -> dict[str, Any]:
    """What else the entry says, under names that core/journal/folding.py reads: `whole`, `gone`,
    `row`, `rows`, `touched`."""
    data = {k: columns.plain(v) for k, v in draft.data.items()}
    if reason := data.get(WORDS):
        found = words.setdefault(str(reason), EntryWords.of(str(reason)))
        data[WORDS] = {"words": found.digest}
    if draft.created:
        data["whole"] = True
    if draft.gone:
        data["gone"] = True
    if draft.row is not None:
        table = columns.table(draft.subject)
        assert table is not None
        data["row"] = table.encode_changes(draft.subject, draft.row)
    for part in draft.rows:
        table = columns.table(part)
        assert table is not None, f"{part._meta.label} is no part of anything"
        data.setdefault("rows", {}).setdefault(table.label, []).append(table.encode(part))
    for one in draft.touched:
        table = columns.table(one.model._meta.label_lower)
        assert table is not None
        told = {name: table.columns[name].encode(v, one.salt) for name, v in one.key.items()}
        told |= table.encode_changes(one, one.changes)
        if one.gone:
            told["gone"] = True
        data.setdefault("touched", {}).setdefault(table.label, []).append(told)
    return data


def record(
    kind: str,
    subject: models.Model,
    *,
    by: Actor,
    school_id: int | None = None,
    school_before_id: int | None = None,
    at: datetime | None = None,
    **more: Any,
) -> None:
    """Append one entry (`EntryDraft` says what `more` may be). `at` is when it became true
    (instant, UTC); default now."""
    if school_id is None:
        school_id = getattr(subject, "school_id", None)
    record_many([EntryDraft(kind, subject, by, school_id, school_before_id, at, **more)])


def changed(instance: models.Model, **values: Any) -> dict[str, tuple[Any, Any]]:
    """Set attributes and return what differs, old -> new. Does not write. A row gets its salt with
    the first word that is to be masked."""
    changes: dict[str, tuple[Any, Any]] = {}
    table = columns.table(instance)
    for name, value in values.items():
        field_ = instance._meta.get_field(name)
        attname = field_.attname if isinstance(field_, models.ForeignKey) else name
        new = value.pk if isinstance(value, models.Model) else value
        old = getattr(instance, attname)
        if old != new:
            changes[name] = (old, new)
            if isinstance(value, models.Model):
                setattr(instance, name, value)
            else:
                setattr(instance, attname, new)
            if table and name in table.masks and new and not getattr(instance, "salt", "-"):
                instance.salt = new_salt()  # type: ignore[attr-defined]  # just asked for
    return changes


def save_changes(instance: models.Model, changes: Sequence[str] | dict[str, Any]) -> None:
    """Write only the named fields (a whole-row save would undo a concurrent change)."""
    if changes:
        table = columns.table(instance)
        masks = table is not None and not {*table.masks}.isdisjoint(changes)
        instance.save(update_fields=[*changes, *(["salt"] if masks else [])])
