"""Since when the money of a unit was there: as long as the thing that hangs on it, else since its
receipt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from core.access import Actor
from core.db import bulk
from core.journal.writing import EntryDraft, record_many
from core.models import Entry
from core.time import days
from core.time.ends import again
from core.time.spans import Written, supersede
from funding.actions.numbers import number_shares
from funding.actions.second_person import SAID
from funding.actions.units import morning
from funding.models import Unit, UnitShare
from funding.things import acquired_on

DATED = "unit.paid_from"


def there_since(unit_ids: Iterable[int]) -> dict[int, datetime]:
    """Per unit the instant from which awards paid for it: its receipt, or the day on which its
    thing was acquired where that is earlier. Never the future."""
    units = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "received_on"))
    acquired = acquired_on(units)
    return {pk: morning(min(day, acquired.get(pk) or day)) for pk, day in units.items()}


def given_back(
    before: Mapping[int, datetime], *, by: Actor, still: Mapping[int, datetime] | None = None
) -> None:
    """Things let go of units (keys, with when each thing was there): their money begins with their
    receipt again, or with what they `still` stand for on past days. A receipt that nobody dated is
    on the day again that stood in for it at first."""
    units = Unit.objects.filter(pk__in=before, voided_at=None).in_bulk()
    stood = _stood_in([pk for pk, unit in units.items() if unit.listed_on is not None])
    starts = {
        unit: (still or {}).get(pk) or morning(stood.get(pk, unit.received_on))
        for pk, unit in units.items()
    }
    other = {
        unit: start
        for unit, start in starts.items()
        if days.local_date(start) != days.local_date(before[unit.pk])
    }
    paid_from(other, by=by, before=before)


def _stood_in(unit_ids: Sequence[int]) -> dict[int, date]:
    """Of units of which nobody said when they were received: the day that stood in for it before
    things moved it."""
    found: dict[int, date] = {}
    for entry in _entries(unit_ids, DATED) if unit_ids else ():
        if moved := entry.changes.get("received_on"):
            found.setdefault(entry.subject_id, date.fromisoformat(moved[0]))
    return found


def paid_from(
    starts: Mapping[Unit, datetime], *, by: Actor, before: Mapping[int, datetime] | None = None
) -> None:
    """The money of these units begins at these instants. What awards paid from the receipt on, or
    from when the thing was there `before` (by unit), they paid from then on; nothing was paid
    earlier; what an officer dated later stays. A receipt that nobody dated was then. The caller's
    act is what is permitted, and says why."""
    before = before or {}
    asked = {u.pk: start for u, start in starts.items() if u.pk in before or _differs(u, start)}
    if not asked:
        return
    with transaction.atomic():
        # An officer may share one of them this moment: one of us waits and sees the other's rows.
        locked = Unit.objects.select_for_update().filter(pk__in=asked, voided_at=None)
        units = {u.pk: u for u in locked.order_by("pk")}
        said = _said(units, before)
        moved = _begin(said, asked)
        told = []
        for pk, unit in units.items():
            day, was = days.local_date(asked[pk]), unit.received_on
            if unit.listed_on is not None and was != day:
                unit.received_on = day
                told.append((unit, {"received_on": (was, day)}))
            elif moved[pk].touched or moved[pk].rows:
                told.append((unit, {}))
        bulk.write([unit for unit, changes in told if changes], ["received_on"])
        record_many(
            EntryDraft(
                DATED,
                unit,
                by,
                at=asked[unit.pk],
                changes=changes,
                data=said[unit.pk].told(),
                rows=moved[unit.pk].rows,
                touched=moved[unit.pk].touched,
            )
            for unit, changes in told
        )


def _differs(unit: Unit, start: datetime) -> bool:
    day = days.local_date(start)
    if day == unit.received_on:
        return False
    return unit.listed_on is not None or day < days.local_date(morning(unit.received_on))


@dataclass
class _Said:
    """What was last said of who pays for a unit, and how it stands now, dated by its thing.
    `open_`: the first of it is as old as what it paid for, nobody said another day."""

    stands: list[UnitShare]
    shares: list[UnitShare]
    open_: bool

    def told(self) -> dict[str, Any]:
        """As the next who dates it finds it: what falls away before a later day is not forgotten
        should the day be put right again."""
        return {"said": [s.number for s in self.shares], "open": self.open_} if self.shares else {}

    def since(self, start: datetime) -> Iterator[tuple[UnitShare, datetime]]:
        """The shares that hold at `start` or later, each with its beginning."""
        first = min((s.valid_from for s in self.shares), default=start)
        for share in self.shares:
            ours = self.open_ and share.valid_from == first
            begins = start if ours else max(share.valid_from, start)
            if share.valid_to is None or share.valid_to > begins:
                yield share, begins


def _said(units: Mapping[int, Unit], before: Mapping[int, datetime]) -> dict[int, _Said]:
    last: dict[int, Entry] = {}
    for entry in _entries(list(units), DATED, *SAID):
        last[entry.subject_id] = entry
    dated = {pk: e.data for pk, e in last.items() if e.kind == DATED and "said" in e.data}
    every: dict[int, list[UnitShare]] = {pk: [] for pk in units}
    shares = UnitShare.objects.all() if dated else UnitShare.objects.known()
    for share in shares.filter(unit__in=list(units)).order_by("valid_from", "pk"):
        every[share.unit_id].append(share)
    found = {}
    for pk, unit in units.items():
        stands = [s for s in every[pk] if s.known_to is None]
        first = stands[0].valid_from if stands else None
        found[pk] = _Said(stands, stands, first in (morning(unit.received_on), before.get(pk)))
        if pk in dated:
            was = [s for s in every[pk] if s.number in dated[pk]["said"]]
            found[pk] = _Said(stands, was, dated[pk]["open"])
    return found


def _entries(unit_ids: Sequence[int], *kinds: str) -> Iterable[Entry]:
    label = Unit._meta.label_lower
    found = Entry.objects.filter(subject_type=label, subject_id__in=unit_ids, kind__in=kinds)
    return found.order_by("pk")


def _begin(said: Mapping[int, _Said], starts: Mapping[int, datetime]) -> dict[int, Written]:
    """The money of each unit begins at its start."""
    now = days.now()
    done = {pk: Written() for pk in said}
    gone: list[UnitShare] = []
    fresh: list[UnitShare] = []
    for pk, one in said.items():
        first = one.stands[0].valid_from if one.stands else None
        if first is not None and days.local_date(first) == days.local_date(starts[pk]):
            continue
        wanted = {
            (share.award_id, share.amount, begins, share.valid_to): share
            for share, begins in one.since(starts[pk])
        }
        for share in one.stands:
            key = (share.award_id, share.amount, share.valid_from, share.valid_to)
            if wanted.pop(key, None) is None:
                gone.append(share)
        fresh += [
            again(share, now, start=begins, end=end)
            for (_award, _amount, begins, end), share in wanted.items()
        ]
    for share, how in zip(gone, supersede(gone, now), strict=True):
        done[share.unit_id].touched.append(how)
    number_shares(fresh)
    bulk.append(fresh)
    for share in fresh:
        done[share.unit_id].rows.append(share)
    return done
