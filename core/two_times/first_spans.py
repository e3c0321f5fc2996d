"""The first spans of a subject: from when it was there, and what was told or listed of it then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from core.db import bulk
from core.time import days
from core.two_times.spans import StateSpan, Written, ended_numbers, make, supersede

T = TypeVar("T", bound=StateSpan)


@dataclass(frozen=True)
class Beginning:
    """A span that a new subject begins with, with its whole state. A list may date some of what
    it says and not the rest: then there are several, one after the other."""

    subject_id: int
    valid_from: datetime
    values: dict[str, Any]
    valid_to: datetime | None = None
    sets: str = "*"
    listed_on: date | None = None


def begin(model: type[T], items: Iterable[Beginning], now: datetime) -> dict[int, list[T]]:
    """Write the first spans of new subjects; the spans by subject, in their order."""
    new: dict[int, list[T]] = {}
    for x in items:
        ends = (x.valid_from, x.valid_to, now, x.sets, x.listed_on)
        spans = new.setdefault(x.subject_id, [])
        number = 1 if x.valid_to is None else -1 - len(spans)
        spans.append(make(model, x.subject_id, x.values, *ends, number=number))
    bulk.append([span for spans in new.values() for span in spans])
    return new


def begin_at(
    model: type[T], first: T, at: datetime, before: dict[str, Any], now: datetime
) -> Written:
    """A subject was there from `at` on, not from its first span on: earlier with the state
    `before`, as was listed when it came; or later, where nothing was told of the time between.
    What was written, for its entry."""
    subject = {model.subject: getattr(first, model.subject)}
    state = {f: getattr(first, f) for f in model.fields}
    listed_on = first.listed_on or days.local_date(first.valid_from)
    gone = model.objects.known().filter(**subject, valid_from__lte=first.valid_from)
    numbers = ended_numbers(model, getattr(first, model.subject))
    ended = supersede(gone, now)
    last = first.number + 1 if first.valid_to is None else next(numbers)
    told = [f for f in model.fields if state[f] != before[f]]
    pk, end = subject[model.subject], first.valid_to
    if at < first.valid_from and told:
        new = [
            make(
                model, pk, before, at, first.valid_from, now, "*", listed_on, number=next(numbers)
            ),
            make(model, pk, state, first.valid_from, end, now, told, first.listed_on, number=last),
        ]
    else:
        rest = listed_on if days.local_date(at) < listed_on else None
        new = [make(model, pk, state, at, end, now, "*", rest, number=last)]
    bulk.append(new)
    return Written(rows=new, touched=ended)


def begin_again(model: type[T], gone: Sequence[T], as_was: T, now: datetime) -> Written:
    """A subject began as it did once, not with these spans: with the state of their last, until
    that ends. What was written, for its entry."""
    last = gone[-1]
    pk = getattr(last, model.subject)
    state = {f: getattr(last, f) for f in model.fields}
    ended = supersede(gone, now)
    number = last.number + 1 if last.valid_to is None else next(ended_numbers(model, pk))
    times = (as_was.valid_from, last.valid_to, now, as_was.sets, as_was.listed_on)
    new = [make(model, pk, state, *times, number=number)]
    bulk.append(new)
    return Written(rows=new, touched=ended)
