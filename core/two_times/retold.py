"""A subject's whole history told anew: it never was, or it was after all.

What was believed before stays askable with known_at, as ever.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from django.db.models import Min

from core.db import bulk
from core.two_times import spans

T = TypeVar("T", bound=spans.StateSpan)


def never_was(
    model: type[T], changes: Sequence[spans.Change], now: datetime
) -> dict[int, spans.Written]:
    """Nothing that is known of these subjects holds any more: from their first day on they have
    these values. What was written by subject; the caller holds their locks."""
    found = _by_subject(model, model.objects.known(), [c.subject_id for c in changes])
    done = {}
    for change in changes:
        known = found[change.subject_id]
        open_ = next(span for span in known if span.valid_to is None)
        state = change.before | change.values
        start, number = known[0].valid_from, open_.number + 1
        span = spans.make(model, change.subject_id, state, start, None, now, "*", number=number)
        done[change.subject_id] = spans.Written(dict(change.values), [span])
    return _written(done, found, now)


def _was_after_all(
    model: type[T],
    before: Mapping[int, Sequence[tuple[T, dict[str, Any]]]],
    now: datetime,
) -> dict[int, spans.Written]:
    """What was known of these subjects before an act holds again, each span with the state that is
    given beside it: what hangs on it may be gone. The last is open. What was written by subject;
    the caller holds their locks."""
    if not before:
        return {}
    found = _by_subject(model, model.objects.known(), before)
    ended = _ended_numbers(model, before)
    done = {}
    for subject, was in before.items():
        opened = next(span for span in found[subject] if span.valid_to is None).number + 1
        rows = [
            spans.make(
                model,
                subject,
                state,
                span.valid_from,
                span.valid_to,
                now,
                span.sets,
                span.listed_on,
                number=opened if span.valid_to is None else next(ended[subject]),
            )
            for span, state in was
        ]
        done[subject] = spans.Written(dict(was[-1][1]), rows)
    return _written(done, found, now)


def after_all(
    model: type[T], before: Mapping[int, Sequence[tuple[T, dict[str, Any]]]]
) -> Callable[[Sequence[spans.Change], datetime], dict[int, spans.Written]]:
    """How an act writes subjects of whom some were as known `before` after all; what it tells of
    the others holds from its instant on."""

    def write(told: Sequence[spans.Change], now: datetime) -> dict[int, spans.Written]:
        from_now = [one for one in told if one.subject_id not in before]
        return _was_after_all(model, before, now) | spans.apply(model, from_now, now)

    return write


def with_values(
    model: type[T], rows: Mapping[int, Sequence[tuple[T, Mapping[str, Any]]]], now: datetime
) -> dict[int, spans.Written]:
    """These spans (by subject) held with other values, each with its own; what they began with is
    the same. What was written by subject; the caller holds their locks."""
    ended = _ended_numbers(model, rows)
    done = {}
    for subject, was in rows.items():
        new = [
            spans.make(
                model,
                subject,
                {f: getattr(span, f) for f in model.fields} | dict(values),
                span.valid_from,
                span.valid_to,
                now,
                span.sets,
                span.listed_on,
                number=span.number + 1 if span.valid_to is None else next(ended[subject]),
            )
            for span, values in was
        ]
        done[subject] = spans.Written({}, new)
    return _written(done, {pk: [span for span, _v in was] for pk, was in rows.items()}, now)


def replaced_at(model: type[T], instants: Mapping[int, datetime]) -> dict[int, list[T]]:
    """By subject the spans that an act of this instant said were not true, in their order."""
    gone = model.objects.exclude(known_to=None)
    found = _by_subject(model, gone, instants)
    return {
        pk: kept
        for pk, at in instants.items()
        if (kept := [span for span in found[pk] if span.known_to == at])
    }


def _by_subject(model: type[T], rows: Any, subjects: Iterable[int]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for span in rows.filter(**{f"{model.subject}__in": list(subjects)}).in_order():
        found[getattr(span, model.subject)].append(span)
    return found


def _ended_numbers(model: type[T], subjects: Iterable[int]) -> dict[int, Iterator[int]]:
    rows = model._default_manager.filter(**{f"{model.subject}__in": list(subjects)})
    lowest = dict(rows.values_list(model.subject).annotate(Min("number")).order_by())
    return {pk: count(min(0, lowest[pk]) - 1, -1) for pk in subjects}


def _written(
    done: dict[int, spans.Written], known: Mapping[int, Sequence[T]], now: datetime
) -> dict[int, spans.Written]:
    subjects = list(done)
    every = [span for pk in subjects for span in known[pk]]
    for span, said in zip(every, spans.supersede(every, now), strict=True):
        done[getattr(span, type(span).subject)].touched.append(said)
    bulk.append([row for written in done.values() for row in written.rows])
    return done
