"""Since when the money of a unit was there: as long as the thing that hangs on it, else since its
receipt."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Min

from core.access import Actor
from core.db import bulk
from core.journal.writing import EntryDraft, record_many
from core.time import days
from core.two_times.ends import again
from core.two_times.spans import Written, supersede
from funding.actions.numbers import number_shares
from funding.actions.said import DATED, Said, entries_of, said_of
from funding.actions.second_person import moved_data, refuse_fallen
from funding.actions.units import morning
from funding.models import Unit, UnitShare
from funding.things import acquired_on


def there_since(unit_ids: Iterable[int]) -> dict[int, datetime]:
    """Per unit the instant from which awards paid for it: its receipt, or the day on which its
    thing was acquired where that is earlier. Never the future."""
    units = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "received_on"))
    acquired = acquired_on(units)
    return {pk: morning(min(day, acquired.get(pk) or day)) for pk, day in units.items()}


def unpaid_since(unit_ids: Iterable[int]) -> dict[int, datetime]:
    """Per unit the instant from which nobody paid for it: since it was there, or since the last
    award that paid for it ended. Where one pays now, nobody asks."""
    since = there_since(unit_ids)
    paid = UnitShare.objects.known().filter(unit__in=list(since)).exclude(valid_to=None)
    ended = dict(paid.order_by().values_list("unit").annotate(Max("valid_to")))
    return {pk: max(start, ended.get(pk, start)) for pk, start in since.items()}


def paid_since(unit_ids: Iterable[int]) -> dict[int, datetime]:
    """Per unit that awards pay for now, the instant from which they do."""
    rows = UnitShare.objects.standing().filter(unit__in=list(unit_ids))
    return dict(rows.order_by().values_list("unit").annotate(Min("valid_from")))


def said_since(unit_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """Per unit from when it holds what is said of who pays, where nobody says since when: from now
    on where awards pay, else since nobody does. Each unit has its own."""
    return unpaid_since(unit_ids) | dict.fromkeys(paid_since(unit_ids), now)


def given_back(
    before: Mapping[int, datetime], *, by: Actor, still: Mapping[int, datetime] | None = None
) -> None:
    """Things let go of units (keys, with when each thing was there): their money begins with their
    receipt again, or with what they `still` stand for on past days. A receipt that nobody dated is
    on the day again that stood in for it at first."""
    units = Unit.objects.filter(pk__in=before, voided_at=None).in_bulk()
    stood = stood_in(units.values())
    starts = {unit: (still or {}).get(pk) or morning(stood[pk]) for pk, unit in units.items()}
    other = {
        unit: start
        for unit, start in starts.items()
        if days.local_date(start) != days.local_date(before[unit.pk])
    }
    paid_from(other, by=by, before=before)


def stood_in(units: Collection[Unit]) -> dict[int, date]:
    """Per unit the day of its receipt; where nobody said that, the one that stood in for it before
    things moved it."""
    found = {unit.pk: unit.received_on for unit in units}
    listed = [unit.pk for unit in units if unit.listed_on is not None]
    first: dict[int, date] = {}
    for entry in entries_of(listed, DATED) if listed else ():
        if moved := entry.changes.get("received_on"):
            first.setdefault(entry.subject_id, date.fromisoformat(moved[0]))
    return found | first


def paid_from(
    starts: Mapping[Unit, datetime], *, by: Actor, before: Mapping[int, datetime] | None = None
) -> None:
    """The money of these units begins at these instants. What awards paid from the receipt on, or
    from when the thing was there `before` (by unit), they paid from then on; nothing was paid
    earlier; what an officer dated later stays. A receipt that nobody dated was then. The caller's
    act is what is permitted, and says why. Raises Refused (`approval-required`) where awards fall
    away that nobody moves alone."""
    before = before or {}
    asked = {u.pk: start for u, start in starts.items() if u.pk in before or _differs(u, start)}
    if not asked:
        return
    with transaction.atomic():
        # An officer may share one of them this moment: one of us waits and sees the other's rows.
        locked = Unit.objects.select_for_update().filter(pk__in=asked, voided_at=None)
        units = {u.pk: u for u in locked.order_by("pk")}
        said = said_of(units, before)
        moved, alone = _begin(said, asked, by)
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
                data=said[unit.pk].data() | moved_data(alone.get(unit.pk)),
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


def _begin(
    said: Mapping[int, Said], starts: Mapping[int, datetime], by: Actor
) -> tuple[dict[int, Written], dict[int, Decimal]]:
    """The money of each unit begins at its start; and by unit what fell away by that."""
    now = days.now()
    done = {pk: Written() for pk in said}
    gone: list[UnitShare] = []
    fresh: list[UnitShare] = []
    fallen: list[UnitShare] = []
    for pk, one in said.items():
        first = one.stands[0].valid_from if one.stands else None
        if first is not None and days.local_date(first) == days.local_date(starts[pk]):
            continue
        pieces = one.since(starts[pk])
        wanted = {piece.key: piece for piece in pieces}
        for share in one.stands:
            key = (share.award_id, share.amount, share.valid_from, share.valid_to)
            if wanted.pop(key, None) is None:
                gone.append(share)
        pays = {piece.pays for piece in pieces}
        fallen += [s for s in one.stands if (s.award_id, s.amount) not in pays]
        fresh += [again(p.share, now, start=p.start, end=p.end) for p in wanted.values()]
    # Before anything is written: who paid before a day is not unsaid by dating the thing after it.
    alone = refuse_fallen(fallen, starts, by) if fallen else {}
    for share, how in zip(gone, supersede(gone, now), strict=True):
        done[share.unit_id].touched.append(how)
    number_shares(fresh)
    bulk.append(fresh)
    for share in fresh:
        done[share.unit_id].rows.append(share)
    return done, alone
