"""Writing the journal. Actions call `record`; nobody else does."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

from core import bulk, days
from core.access import Actor
from core.models.entry import Entry, Via

#: The one signal of the house: sent once after a transaction that recorded entries committed.
recorded = Signal()


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


@contextmanager
def in_run(run_id: int) -> Iterator[None]:
    """Mark the work inside as done by a Run, keeping how it came in."""
    token = _context.set(replace(context(), run_id=run_id))
    try:
        yield
    finally:
        _context.reset(token)


def plain(value: Any) -> Any:
    """A value as the journal keeps it: JSON, with ids for rows and exact strings for money."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


@dataclass(frozen=True)
class EntryDraft:
    """An entry before it is written."""

    kind: str
    subject: models.Model
    by: Actor
    school_id: int | None = None
    school_before_id: int | None = None
    at: datetime | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)


def record_many(drafts: Iterable[EntryDraft]) -> None:
    """Append entries in this transaction. Their times are now unless a draft says when it was
    true."""
    now = days.now()
    here = context()
    rows = [
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
            changes={k: [plain(a), plain(b)] for k, (a, b) in d.changes.items()},
            data={k: plain(v) for k, v in d.data.items()},
            request_id=here.request_id,
            run_id=here.run_id,
        )
        for d in drafts
    ]
    if rows:
        bulk.append(rows)
        transaction.on_commit(lambda: recorded.send(sender=Entry), robust=True)


def record(
    kind: str,
    subject: models.Model,
    *,
    by: Actor,
    school_id: int | None = None,
    school_before_id: int | None = None,
    at: datetime | None = None,
    changes: dict[str, tuple[Any, Any]] | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Append one entry. `at` is when it became true (instant, UTC); default now."""
    if school_id is None:
        school_id = getattr(subject, "school_id", None)
    draft = EntryDraft(
        kind, subject, by, school_id, school_before_id, at, changes or {}, data or {}
    )
    record_many([draft])


def changed(instance: models.Model, **values: Any) -> dict[str, tuple[Any, Any]]:
    """Set attributes and return what differs, old -> new. Does not write."""
    changes: dict[str, tuple[Any, Any]] = {}
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
    return changes


def save_changes(instance: models.Model, changes: Sequence[str] | dict[str, Any]) -> None:
    """Write only the named fields (a whole-row save would undo a concurrent change)."""
    if changes:
        instance.save(update_fields=list(changes))
