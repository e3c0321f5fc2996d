"""Since when the money of a unit was there: as long as the thing that hangs on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from core.access import Actor
from core.db import bulk
from core.journal.writing import EntryDraft, record_many
from core.time import days
from core.time.ends import again
from core.time.spans import Written, supersede
from funding.actions.numbers import number_shares
from funding.actions.units import morning
from funding.models import Unit, UnitShare
from funding.things import acquired_on


def there_since(unit_ids: Iterable[int]) -> dict[int, datetime]:
    """Per unit the instant from which awards paid for it: its receipt, or the day on which its
    thing was acquired where that is earlier. Never the future."""
    units = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "received_on"))
    acquired = acquired_on(units)
    return {pk: morning(min(day, acquired.get(pk) or day)) for pk, day in units.items()}


def paid_from(
    starts: Mapping[Unit, datetime], *, by: Actor, before: Mapping[int, datetime] | None = None
) -> None:
    """Date the money of units by their things: what awards paid from the receipt on, or from when
    the thing was there `before` (by unit), they paid from its beginning on; a receipt that nobody
    dated was then. What an officer dated otherwise stays. The caller's act is what is permitted,
    and says why."""
    before = before or {}
    asked = {u.pk: start for u, start in starts.items() if u.pk in before or _differs(u, start)}
    if not asked:
        return
    with transaction.atomic():
        # An officer may share one of them this moment: one of us waits and sees the other's rows.
        locked = Unit.objects.select_for_update().filter(pk__in=asked, voided_at=None)
        units = {u.pk: u for u in locked.order_by("pk")}
        moved = _move_shares(
            {pk: {morning(u.received_on), before.get(pk)} for pk, u in units.items()}, asked
        )
        told = []
        for pk, unit in units.items():
            day, said = days.local_date(asked[pk]), unit.received_on
            if unit.listed_on is not None and said != day:
                unit.received_on = day
                told.append((unit, {"received_on": (said, day)}))
            elif moved[pk].touched:
                told.append((unit, {}))
        bulk.write([unit for unit, changes in told if changes], ["received_on"])
        record_many(
            EntryDraft(
                "unit.paid_from",
                unit,
                by,
                at=asked[unit.pk],
                changes=changes,
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


def _move_shares(
    dated: Mapping[int, set[datetime | None]], starts: Mapping[int, datetime]
) -> dict[int, Written]:
    """The first that awards paid of each unit, where it began at one of the instants by which it
    was dated, begins at its start."""
    now = days.now()
    gone: list[UnitShare] = []
    done = {pk: Written() for pk in dated}
    fresh: list[UnitShare] = []
    first: dict[int, datetime] = {}
    known = UnitShare.objects.known().filter(unit__in=dated).order_by("unit", "valid_from", "pk")
    for share in known:
        old, new = first.setdefault(share.unit_id, share.valid_from), starts[share.unit_id]
        same_day = days.local_date(old) == days.local_date(new)
        if share.valid_from != old or old not in dated[share.unit_id] or same_day:
            continue
        gone.append(share)
        if share.valid_to is None or share.valid_to > new:
            fresh.append(again(share, now, start=new, end=share.valid_to))
    for share, said in zip(gone, supersede(gone, now), strict=True):
        done[share.unit_id].touched.append(said)
    number_shares(fresh)
    bulk.append(fresh)
    for share in fresh:
        done[share.unit_id].rows.append(share)
    return done
