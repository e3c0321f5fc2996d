"""From an instant on, nothing holds any more that was believed of it: who pays is told anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from core.journal.writing import Touched, touched
from core.two_times import spans

S = TypeVar("S", bound=spans.Span)


@dataclass
class Ended(Generic[S]):
    """What became of spans that ended: each with how its entry tells it, and those that end
    earlier than we believed, to be numbered and added by the caller."""

    told: list[tuple[S, Touched]] = field(default_factory=list)
    earlier: list[S] = field(default_factory=list)


def end_from(
    model: type[S], rows: Iterable[S], at: Callable[[S], datetime], now: datetime
) -> Ended[S]:
    """End spans that are known (`rows`) at the instant that `at` says of each. One that is open
    closes then; one that begins then or later is superseded; one that ended later ended then
    instead. The caller holds the subjects' locks."""
    done: Ended[S] = Ended()
    superseded: list[S] = []
    closing: dict[datetime, list[S]] = {}
    for span in rows:
        when = at(span)
        if span.valid_to is not None and span.valid_to <= when:
            continue
        if span.valid_from < when and span.valid_to is None:
            closing.setdefault(when, []).append(span)
            continue
        superseded.append(span)
        if span.valid_from < when:
            done.earlier.append(again(span, now, start=span.valid_from, end=when))
    done.told += zip(superseded, spans.supersede(superseded, now), strict=True)
    for when, some in closing.items():
        ends = {"valid_to": (None, when), "closed_known": (None, now)}
        done.told += [(span, touched(span, **ends)) for span in some]
        rows_ = model._default_manager.filter(pk__in=[span.pk for span in some])
        rows_.update(valid_to=when, closed_known=now)
    return done


def again(span: S, now: datetime, *, start: datetime, end: datetime | None) -> S:
    """The same said of another time, as we know it from now on; the caller numbers and adds it."""
    model = type(span)
    own = {f.name for f in spans.Span._meta.fields} | {model._meta.pk.name}
    values = {f.attname: getattr(span, f.attname) for f in model._meta.fields if f.name not in own}
    learned = now if end else None
    return model(**values, valid_from=start, valid_to=end, known_from=now, closed_known=learned)
