"""What hung on a thing when it was voided, its disposal and its loan, hangs on it again."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Model

from assets import state
from assets.custody.holders import holders
from assets.custody.rules import holder_problems, open_loans
from assets.models import Asset, AssetSpan, Assignment, Disposal, Place, Status
from assets.models.span import WHERE
from core.access import Actor, require_all
from core.journal.writing import Touched, touched
from core.models import Entry
from core.problems import refuse_if
from core.time import days
from core.two_times import retold

#: A span that was, with the state that it stands in again.
Was = list[tuple[AssetSpan, dict[str, Any]]]


@dataclass(frozen=True)
class Lent:
    """What a list says anew of who has a thing, and since when; None: it does not say."""

    person: int | None
    day: date | None


@dataclass(frozen=True)
class Stood:
    """As what a thing stood until it was voided, since which day, and on which it had left."""

    status: str
    since: date
    left: date | None


@dataclass
class Parts:
    """Of a thing the rows that an act writes beside its spans, and those that it changes."""

    rows: list[Model] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)


def voided_at(things: Iterable[int]) -> dict[int, datetime]:
    """When each of these was voided, the last time."""
    voids = Entry.objects.filter(
        subject_type="assets.asset", subject_id__in=list(things), kind="asset.voided"
    )
    return dict(voids.order_by("pk").values_list("subject_id", "effective_at"))


def voided_disposals(since: Mapping[int, datetime]) -> dict[int, Disposal]:
    """By thing the disposal that stood until its void (`since`)."""
    ended = Disposal.objects.filter(asset__in=list(since)).exclude(reopened_at=None)
    return {d.asset_id: d for d in ended if d.reopened_at == since[d.asset_id]}


def end_loans(things: Sequence[Asset], by: Actor, now: datetime) -> dict[int, Touched]:
    """Who has these has them until they are void."""
    if not things:
        return {}
    require_all(by, "assets.return_asset", things)
    loans = open_loans(things)
    ends = {"closed_at": (None, now), "closed_by_id": (None, by.pk)}
    rows = Assignment.objects.filter(pk__in=[x.pk for x in loans.values()])
    rows.update(closed_at=now, closed_by_id=by.pk)
    return {pk: touched(loan, **ends) for pk, loan in loans.items()}


def voided_loans(since: Mapping[int, datetime]) -> dict[int, Assignment]:
    """By thing the loan that its void (`since`) ended: the undo of an import that had brought
    both."""
    ended = Assignment.objects.filter(asset__in=list(since)).exclude(closed_at=None)
    rows = ended.select_related("asset")
    return {x.asset_id: x for x in rows if x.closed_at == since[x.asset_id]}


def stood(things: Iterable[int]) -> dict[int, Stood]:
    """As what each of these stands again once it is void no more."""
    since = voided_at(things)
    left = voided_disposals(since)
    found = {}
    for pk, was in retold.replaced_at(AssetSpan, since).items():
        disposal = left.get(pk)
        day = disposal.disposed_on if disposal else None
        found[pk] = Stood(was[-1].status, days.local_date(_since(was)), day)
    return found


def _since(was: Sequence[AssetSpan]) -> datetime:
    """From when it was what it was at last."""
    last = was[-1].status
    return list(takewhile(lambda span: span.status == last, reversed(was)))[-1].valid_from


def disposed_again(
    things: Sequence[Asset], since: Mapping[int, datetime], now: datetime, parts: dict[int, Parts]
) -> None:
    """They left as they had left before they were voided: on that day, so, for that price. What an
    older release did not keep is not known."""
    before = voided_disposals({a.pk: since[a.pk] for a in things if a.pk in since})
    Disposal.objects.filter(pk__in=[d.pk for d in before.values()]).update(reopened_at=None)
    for pk, kept in before.items():
        parts[pk].touched.append(touched(kept, reopened_at=(since[pk], None)))
    lost = [a for a in things if a.pk not in before]
    made = (Disposal(asset=a, method="unknown", recorded_at=now) for a in lost)
    for new in Disposal.objects.bulk_create(made):
        parts[new.asset_id].rows.append(new)


def as_lent(
    past: dict[int, Was], loans: Mapping[int, Assignment], said: Mapping[int, Lent]
) -> dict[int, dict[str, Any]]:
    """Let the spans (`past`) tell who had them: until the void, where nothing is said of that. What
    a list says anew counts as if it were the first: the same person has it still, and what it says
    no more never was. By thing the columns of its loan that change so."""
    ends: dict[int, dict[str, Any]] = {}
    for pk, loan in loans.items():
        assert loan.closed_at is not None
        if pk not in past:
            continue
        if pk not in said:
            past[pk] = _until(past[pk], loan.closed_at)
        elif _agree(loan, said[pk]):
            ends[pk] = {"closed_at": None, "closed_by_id": None}
        else:
            past[pk] = _never_lent(past[pk], loan)
            ends[pk] = {"closed_at": loan.opened_at}
    return ends


def lent_again(
    past: dict[int, Was],
    loans: Mapping[int, Assignment],
    said: Mapping[int, Lent],
    by: Actor,
    parts: dict[int, Parts],
) -> None:
    """The same (`as_lent`), and their loans are written."""
    ends = as_lent(past, loans, said)
    same = [loans[pk] for pk, columns in ends.items() if columns["closed_at"] is None]
    if same:
        require_all(by, "assets.assign_asset", [x.asset for x in same])
        people = holders({x.person_id for x in same}, by)
        refuse_if(p for one in people.values() for p in holder_problems(one))
    for pk, columns in ends.items():
        loan = loans[pk]
        changes = {name: (getattr(loan, name), value) for name, value in columns.items()}
        parts[pk].touched.append(touched(loan, **changes))
        Assignment.objects.filter(pk=loan.pk).update(**columns)


def _agree(loan: Assignment, said: Lent) -> bool:
    return loan.person_id == said.person and said.day in (None, days.local_date(loan.opened_at))


def with_nobody(values: dict[str, Any]) -> dict[str, Any]:
    """A state without whoever has the thing: what they use is in stock, and not placed."""
    values = values | {"holder_id": None}
    if values["place"] == Place.PERSON:
        values |= state.nowhere(Place.UNPLACED)
    if values["status"] == Status.IN_USE:
        values["status"] = Status.IN_STOCK
    return values


def _until(was: Was, at: datetime) -> Was:
    """The same with nobody from `at` on."""
    *earlier, (span, values) = was
    ended, open_, after = copy(span), copy(span), with_nobody(values)
    ended.valid_to = open_.valid_from = at
    open_.sets = ",".join(sorted(f for f in values if values[f] != after[f]))
    open_.listed_on = None
    return [*earlier, (ended, values), (open_, after)]


def _never_lent(was: Was, loan: Assignment) -> Was:
    """The same without a loan: it goes on as it stood before, with what befell it besides."""
    found: Was = []
    for span, values in was:
        if span.valid_from >= loan.opened_at and values["holder_id"] == loan.person_id:
            before, after = found[-1][1] if found else None, with_nobody(values)
            if before is not None and values["status"] == Status.IN_USE:
                after["status"] = before["status"]
            if before is not None and values["place"] == Place.PERSON:
                after |= {f: before[f] for f in WHERE}
            values, span = after, copy(span)
            if before == after:
                last = copy(found[-1][0])
                last.valid_to = span.valid_to
                found[-1] = (last, after)
                continue
            if before is not None:
                span.sets = ",".join(sorted(f for f in after if before[f] != after[f]))
        found.append((span, values))
    return found
