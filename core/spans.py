"""State in two times: when it was true (valid) and when we knew it (known).

A span says: from `valid_from` on, until `valid_to`, these were the values; we knew that from
`known_from` until `known_to`. Rows are only added; `valid_to` and `known_to` are set once, each
with the instant at which we learned it. So `as_of(at)` and `as_of(at, known_at)` are plain
filters over one table, as fast as today's list (docs/decisions/two-times.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import connection, models
from django.db.models import F, Q

from core import bulk, days, statements
from core.guards import guard

S = TypeVar("S", bound="Span")
SET_ONCE = ("valid_to", "closed_known", "known_to")


def as_of_q(at: datetime, known_at: datetime | None = None, path: str = "") -> Q:
    """The spans that held at an instant, as we know now or as we knew at `known_at`."""

    def q(**kwargs: Any) -> Q:
        return Q(**{path + key: value for key, value in kwargs.items()})

    began = q(valid_from__lte=at)
    open_ = q(valid_to=None) | q(valid_to__gt=at)
    if known_at is None:
        return began & open_ & q(known_to=None)
    known = q(known_from__lte=known_at) & (q(known_to=None) | q(known_to__gt=known_at))
    return began & known & (open_ | q(closed_known__gt=known_at))


class SpanQuerySet(models.QuerySet[S], Generic[S]):
    def as_of(self, at: datetime, known_at: datetime | None = None) -> Self:
        """What held at `at` (instant), as known now or at `known_at`."""
        return self.filter(as_of_q(at, known_at))

    def known(self) -> Self:
        """What we hold to be true today, over all time."""
        return self.filter(known_to=None)

    def in_order(self) -> Self:
        """As they became true; one that was replaced at the instant of its beginning comes
        before the one that replaced it."""
        return self.order_by("valid_from", F("valid_to").asc(nulls_last=True), "pk")


class Span(models.Model):
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    known_from = models.DateTimeField()
    closed_known = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def guard_spans(model: type[Span]) -> None:
    """Declare a span table append-only but for its ends."""
    guard(model._meta.db_table, SET_ONCE)


class StateSpan(Span):
    """Spans that each carry the whole state of one subject; `sets` names what began with it."""

    sets = models.CharField(max_length=160, blank=True)
    #: The day of the list whose word alone stands for this span's days before it; None: evidenced.
    listed_on = models.DateField(null=True)

    objects: ClassVar[SpanQuerySet[Any]]
    subject: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]  # attribute names (with _id for relations)
    #: An act that tells one of these evidences the span that begins with it.
    evidence: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def began(self, name: str) -> bool:
        """Whether a field was told anew with this span; `*` asks for the first of all."""
        sets = self.sets.split(",")
        return name in sets or "*" in sets


T = TypeVar("T", bound=StateSpan)


@dataclass(frozen=True)
class Change:
    """New values of a subject's state from an instant on; `before` is its whole state today."""

    subject_id: int
    at: datetime
    before: dict[str, Any]
    values: dict[str, Any]


def apply(model: type[T], changes: Sequence[Change], now: datetime) -> dict[int, dict[str, Any]]:
    """Write state changes; returns per subject the values that hold today because of them.

    A backdated value reaches up to the next span that set the same field, so a later fact
    keeps its word. The caller holds the subjects' locks.
    """
    if not changes:
        return {}
    listed = _listed(model, [c.subject_id for c in changes if c.at < now])
    moments: dict[datetime, list[int]] = {}
    for change in changes:
        moments.setdefault(change.at, []).append(change.subject_id)
    late: set[int] = set()
    for at, subjects in moments.items():
        late |= _close(model, subjects, at, now)
    holds: dict[int, dict[str, Any]] = {}
    new: list[T] = []
    for change in changes:
        if change.subject_id in late:
            holds[change.subject_id] = _backdate(model, change, now, new)
        else:
            state = change.before | change.values
            rest = _still_listed(model, listed.get(change.subject_id), change.at, change.values)
            new.append(
                make(model, change.subject_id, state, change.at, None, now, change.values, rest)
            )
            holds[change.subject_id] = change.values
    bulk.append(new)
    return holds


def _listed(model: type[T], subjects: list[int]) -> dict[int, date]:
    """Of which of these the open span is partly the word of a list, and of which day."""
    if not subjects:
        return {}
    rows = model._default_manager.filter(
        **{f"{model.subject}__in": subjects}, known_to=None, valid_to=None, listed_on__isnull=False
    )
    return dict(rows.values_list(model.subject, "listed_on"))


def _still_listed(
    model: type[T], listed_on: date | None, start: datetime, told: Iterable[str]
) -> date | None:
    """Whether what begins at `start` is the word of a list still, once an act told some of it."""
    if listed_on is None or not model.evidence.isdisjoint(told):
        return None
    return listed_on if days.local_date(start) < listed_on else None


def _close(model: type[T], subjects: list[int], at: datetime, now: datetime) -> set[int]:
    """End the open spans that began by `at`; the subjects whose open span began only later."""
    # The usual act is about now: then all are closed, and nothing has to be read.
    closed = sum(
        _close_some(model, subjects[i : i + statements.ROWS], at, now)
        for i in range(0, len(subjects), statements.ROWS)
    )
    if closed == len(subjects):
        return set()
    open_ = model._default_manager.filter(
        **{f"{model.subject}__in": subjects}, known_to=None, valid_to=None
    )
    return set(open_.values_list(model.subject, flat=True))


def _close_some(model: type[T], subjects: list[int], at: datetime, now: datetime) -> int:
    start, learned = (connection.ops.adapt_datetimefield_value(t) for t in (at, now))
    text = (
        f"UPDATE {connection.ops.quote_name(model._meta.db_table)} "
        "SET valid_to = %s, closed_known = %s WHERE known_to IS NULL AND valid_to IS NULL "
        f"AND valid_from <= %s AND {model.subject} IN ({', '.join(['%s'] * len(subjects))})"
    )  # names of our own model; the values travel beside the statement
    with connection.cursor() as cursor:
        cursor.execute(text, [start, learned, start, *subjects])
        return int(cursor.rowcount)


def since(model: type[T], subject_id: int, name: str) -> datetime:
    """From when a field of a subject has the value it has today."""
    rows = model.objects.known().filter(**{model.subject: subject_id})
    began: datetime = next(s.valid_from for s in rows.order_by("-valid_from") if s.began(name))
    return began


def make(
    model: type[T],
    subject_id: int,
    state: dict[str, Any],
    start: datetime,
    end: datetime | None,
    now: datetime,
    sets: Iterable[str] | str,
    listed_on: date | None = None,
) -> T:
    return model(
        **{model.subject: subject_id},
        **state,
        valid_from=start,
        valid_to=end,
        known_from=now,
        closed_known=now if end else None,
        sets=sets if isinstance(sets, str) else ",".join(sorted(sets)),
        listed_on=listed_on,
    )


def _backdate(model: type[T], change: Change, now: datetime, new: list[T]) -> dict[str, Any]:
    spans = list(
        model.objects.known()
        .filter(Q(valid_to=None) | Q(valid_to__gt=change.at), **{model.subject: change.subject_id})
        .in_order()
    )
    pending = dict(change.values)
    superseded: list[int] = []

    def state(span: T) -> dict[str, Any]:
        return {f: getattr(span, f) for f in model.fields}

    subject = change.subject_id
    if spans and spans[0].valid_from > change.at:
        # Before the first thing we knew: it began then, with this value.
        first_known = spans[0]
        values = state(first_known) | pending
        rest = _still_listed(model, first_known.listed_on, change.at, pending)
        end = first_known.valid_from
        new.append(make(model, subject, values, change.at, end, now, pending, rest))
    for span in spans:
        if span.valid_from <= change.at:
            superseded.append(span.pk)
            before = (span.valid_from, change.at, now, span.sets, span.listed_on)
            new.append(make(model, subject, state(span), *before))
            values = state(span) | pending
            rest = _still_listed(model, span.listed_on, change.at, pending)
            new.append(make(model, subject, values, change.at, span.valid_to, now, pending, rest))
            continue
        sets = set(span.sets.split(","))
        first = "*" in sets
        pending = {} if first else {f: v for f, v in pending.items() if f not in sets}
        if not pending:
            break
        superseded.append(span.pk)
        values = state(span) | pending
        ends = (span.valid_from, span.valid_to, now, span.sets, span.listed_on)
        new.append(make(model, subject, values, *ends))
    if superseded:
        model._default_manager.filter(pk__in=superseded).update(known_to=now)
    return pending
