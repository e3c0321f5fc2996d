"""Some fields told anew for good: whatever was told of them later is told no more.

`spans.apply` yields to a later word, for a room learned late says nothing of the next move. That a
thing left is no such news: what was told of its room after that was never so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar

from django.db.models import Q

from core.db import bulk
from core.two_times.spans import StateSpan, Written, ended_numbers, make, supersede

T = TypeVar("T", bound=StateSpan)


@dataclass(frozen=True)
class Told:
    """These values hold from an instant on; `sets`: what begins there."""

    at: datetime
    values: dict[str, Any]
    sets: frozenset[str]
    listed_on: date | None = None


def over(model: type[T], subject_id: int, told: Sequence[Told], now: datetime) -> Written:
    """From the first of these instants on (in their order), the fields that `told` names are as it
    tells them and as nothing else does; every other field keeps its words. What was written; the
    caller holds the subject's lock."""
    start, names = told[0].at, frozenset(told[0].values)
    known = model.objects.known().filter(**{model.subject: subject_id})
    spans = list(known.filter(Q(valid_to=None) | Q(valid_to__gt=start)).in_order())
    first = spans[0]  # the one that held at `start`
    numbers = ended_numbers(model, subject_id)
    new: list[T] = []
    if first.valid_from < start:
        values, ends = _state(model, first), (first.valid_from, start, now)
        new.append(
            make(
                model, subject_id, values, *ends, first.sets, first.listed_on, number=next(numbers)
            )
        )
    later = [
        s
        for before, s in pairwise(spans)
        if _sets(s) - names or _others(s, names) != _others(before, names)
    ]
    moments = sorted({start, *(t.at for t in told), *(s.valid_from for s in later)})
    for at, end in zip(moments, [*moments[1:], None], strict=True):
        word = [t for t in told if t.at <= at][-1]
        state = _state(model, [s for s in spans if s.valid_from <= at or s is first][-1])
        sets = {n for t in told if t.at == at for n in t.sets}
        sets |= {n for s in later if s.valid_from == at for n in _sets(s) - names}
        if at == first.valid_from:
            sets |= _sets(first)
        number = spans[-1].number + 1 if end is None else next(numbers)
        times = (at, end, now, sets - {""}, word.listed_on)
        new.append(make(model, subject_id, state | word.values, *times, number=number))
    touched = supersede(spans, now)
    bulk.append(new)
    return Written(dict(told[-1].values), new, touched)


def _state(model: type[T], span: T) -> dict[str, Any]:
    return {f: getattr(span, f) for f in model.fields}


def _sets(span: StateSpan) -> frozenset[str]:
    return frozenset(span.sets.split(",")) - {""}


def _others(span: StateSpan, names: frozenset[str]) -> dict[str, Any]:
    """The state of a span beside the fields that are told anew."""
    return {f: getattr(span, f) for f in span.fields if f not in names}
