"""State in two times: when it was true (valid) and when we knew it (known).

A span says: from `valid_from` on, until `valid_to`, these were the values; we knew that from
`known_from` until `known_to`. Rows are only added; `valid_to` and `known_to` are set once, each
with the instant at which we learned it. So `as_of(at)` and `as_of(at, known_at)` are plain
filters over one table, as fast as today's list (docs/decisions/two-times.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any, ClassVar, TypeVar

from django.db import connection, models
from django.db.models import Min, Q

from core.db import bulk, statements
from core.journal.guards import guard
from core.journal.writing import Touched, touched
from core.time import days
from core.two_times.as_of import SpanQuerySet

S = TypeVar("S", bound="Span")
SET_ONCE = ("valid_to", "closed_known", "known_to")


class Span(models.Model):
    #: Among the spans of one subject, by which an entry names it: up from 1 along the spans that
    #: were open, down from -1 for those that were written with their end.
    number = models.IntegerField(default=0)
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

    def carried(self, told: dict[str, Any], pending: dict[str, Any]) -> dict[str, Any]:
        """What of an earlier act (`told`) still holds here, of what was not told anew
        (`pending`)."""
        return pending

    def told(self) -> frozenset[str]:
        """The fields that were told anew with this span, `*` in the first of all. Fields that say
        one thing together are told together, whichever of them changed."""
        return frozenset(self.sets.split(","))

    def began(self, name: str) -> bool:
        """Whether a field was told anew with this span; `*` asks for the first of all."""
        return not {name, "*"}.isdisjoint(self.told())


T = TypeVar("T", bound=StateSpan)


@dataclass(frozen=True)
class Change:
    """New values of a subject's state from an instant on; `before` is its whole state today."""

    subject_id: int
    at: datetime
    before: dict[str, Any]
    values: dict[str, Any]


@dataclass
class Written:
    """What became of the spans of one subject, as its entry tells it, and the values that hold
    today because of that."""

    holds: dict[str, Any] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)


def apply(model: type[T], changes: Sequence[Change], now: datetime) -> dict[int, Written]:
    """Write state changes; what was written by subject.

    A backdated value reaches up to the next span that set the same field, so a later fact
    keeps its word. The caller holds the subjects' locks."""
    if not changes:
        return {}
    listed = _listed(model, [c.subject_id for c in changes if c.at < now])
    moments: dict[datetime, list[int]] = {}
    for change in changes:
        moments.setdefault(change.at, []).append(change.subject_id)
    closed: dict[int, Touched] = {}
    for at, subjects in moments.items():
        closed |= _close(model, subjects, at, now)
    done: dict[int, Written] = {}
    for change in changes:
        ended = closed.get(change.subject_id)
        if ended is None:
            done[change.subject_id] = _backdate(model, change, now)
            continue
        state = change.before | change.values
        rest = _still_listed(model, listed.get(change.subject_id), change.at, change.values)
        span = make(
            model,
            change.subject_id,
            state,
            change.at,
            None,
            now,
            change.values,
            rest,
            number=int(ended.key["number"]) + 1,
        )
        done[change.subject_id] = Written(dict(change.values), [span], [ended])
    bulk.append([row for written in done.values() for row in written.rows])
    return done


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


def _close(model: type[T], subjects: list[int], at: datetime, now: datetime) -> dict[int, Touched]:
    """End the open spans that began by `at`, by subject. A subject that is not there has an open
    span that began only later."""
    # The usual act is about now: then all are closed, and nothing has to be read.
    closed: dict[int, Touched] = {}
    for i in range(0, len(subjects), statements.ROWS):
        closed |= _close_some(model, subjects[i : i + statements.ROWS], at, now)
    return closed


def _close_some(
    model: type[T], subjects: list[int], at: datetime, now: datetime
) -> dict[int, Touched]:
    start, learned = (connection.ops.adapt_datetimefield_value(t) for t in (at, now))
    text = (
        f"UPDATE {connection.ops.quote_name(model._meta.db_table)} "
        "SET valid_to = %s, closed_known = %s WHERE known_to IS NULL AND valid_to IS NULL "
        f"AND valid_from <= %s AND {model.subject} IN ({', '.join(['%s'] * len(subjects))}) "
        f"RETURNING {model.subject}, number, known_from, valid_from"
    )  # names of our own model; the values travel beside the statement
    with connection.cursor() as cursor:
        cursor.execute(text, [start, learned, start, *subjects])
        rows = cursor.fetchall()
    ends = {"valid_to": (None, at), "closed_known": (None, now)}
    return {
        pk: Touched(
            model,
            {"known_from": _instant(known), "valid_from": _instant(valid), "number": number},
            ends,
        )
        for pk, number, known, valid in rows
    }


def _instant(value: Any) -> datetime:
    """An instant as a raw cursor gives it (SQLite gives text)."""
    found: datetime = value
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else found


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
    *,
    number: int,
) -> T:
    values = {
        **state,
        model.subject: subject_id,
        "number": number,
        "valid_from": start,
        "valid_to": end,
        "known_from": now,
        "closed_known": now if end else None,
        "sets": sets if isinstance(sets, str) else ",".join(sorted(sets)),
        "listed_on": listed_on,
    }
    # By position: a model takes twenty names several times slower, and every act makes a span.
    return model(*[values.get(name) for name in _columns(model)])


@cache
def _columns(model: type[StateSpan]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.concrete_fields)


def ended_numbers(model: type[T], subject_id: int) -> Iterator[int]:
    """Numbers for spans of a subject that are written with their end."""
    rows = model._default_manager.filter(**{model.subject: subject_id})
    lowest = rows.aggregate(lowest=Min("number"))["lowest"] or 0
    return count(min(0, lowest) - 1, -1)


def supersede(spans: Iterable[Any], now: datetime) -> list[Touched]:
    """Other spans say it now; as an entry tells it."""
    rows = list(spans)
    if rows:
        pks = [span.pk for span in rows]
        type(rows[0])._default_manager.filter(pk__in=pks).update(known_to=now)
    return [touched(span, known_to=(None, now)) for span in rows]


def _backdate(model: type[T], change: Change, now: datetime) -> Written:
    subject = change.subject_id
    known = model.objects.known().filter(**{model.subject: subject})
    spans = list(known.filter(Q(valid_to=None) | Q(valid_to__gt=change.at)).in_order())
    numbers = ended_numbers(model, subject)
    pending = dict(change.values)
    superseded: list[T] = []
    new: list[T] = []

    def state(span: T) -> dict[str, Any]:
        return {f: getattr(span, f) for f in model.fields}

    def add(
        values: dict[str, Any],
        start: datetime,
        end: datetime | None,
        sets: Any,
        listed_on: date | None,
        instead: T,
    ) -> None:
        # The open one goes on counting up.
        number = instead.number + 1 if end is None else next(numbers)
        new.append(make(model, subject, values, start, end, now, sets, listed_on, number=number))

    if spans and spans[0].valid_from > change.at:
        # Before the first thing we knew: it began then, with this value.
        first_known = spans[0]
        rest = _still_listed(model, first_known.listed_on, change.at, pending)
        values = state(first_known) | pending
        add(values, change.at, first_known.valid_from, pending, rest, first_known)
    for span in spans:
        if span.valid_from <= change.at:
            superseded.append(span)
            add(state(span), span.valid_from, change.at, span.sets, span.listed_on, span)
            rest = _still_listed(model, span.listed_on, change.at, pending)
            add(state(span) | pending, change.at, span.valid_to, pending, rest, span)
            continue
        sets = span.told()
        first = "*" in sets
        pending = {} if first else {f: v for f, v in pending.items() if f not in sets}
        if not pending:
            break
        pending = span.carried(change.values, pending)
        superseded.append(span)
        values = state(span) | pending
        add(values, span.valid_from, span.valid_to, span.sets, span.listed_on, span)
    return Written(pending, new, supersede(superseded, now))
