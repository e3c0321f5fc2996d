"""The day on which a thing was acquired, put right: it was there since, with its money."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import F, Min, Q
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Assignment, Verification
from assets.register.beginnings import before_list
from core.access import Actor
from core.journal.writing import record
from core.problems import Problem
from core.time import days, first_spans
from funding.actions import given_back, paid_from
from funding.models import Unit
from funding.rules.chronology import Chronology, chronology_problems, shown


def acquired_problems(
    asset: Asset, acquired_on: date | None, unit: Unit | None
) -> Iterator[Problem]:
    """Why a thing cannot have been acquired on this day, or hang on this unit."""
    if acquired_on == asset.acquired_on and (unit.pk if unit else None) == asset.unit_id:
        return
    seen = Verification.objects.filter(asset=asset).aggregate(day=Min("seen_at"))["day"]
    loans = Assignment.objects.were().filter(asset=asset)
    handed = loans.aggregate(day=Min("opened_at"))["day"]
    left = asset.disposals.filter(reopened_at=None).values_list("disposed_on", flat=True).first()
    yield from chronology_problems(
        Chronology(
            today=days.today(),
            acquired_on=acquired_on,
            received_on=unit.received_on if unit and unit.listed_on is None else None,
            seen_on=days.local_date(seen) if seen else None,
            disposed_on=left,
            loaned_on=days.local_date(handed) if handed else None,
        )
    )
    if acquired_on is not None:
        first = _first(asset)
        end = first.valid_to if first else None
        if end is not None and end <= days.start_of_day(acquired_on):
            message = _("Something happened to it on %(day)s, before it was acquired on %(first)s.")
            words = {"day": shown(days.local_date(end)), "first": shown(acquired_on)}
            yield Problem("happened-before-acquired", message % words, "acquired_on")


def was_there_since(asset: Asset, *, by: Actor) -> None:
    """After its acquired day or unit changed: its state and money begin when it came."""
    first = _first(asset)
    if first is None:
        return
    start = _came(asset, first)
    if days.local_date(start) != days.local_date(first.valid_from):
        room = first.room_id
        before = {f: getattr(first, f) for f in AssetSpan.fields} | before_list(first, room)
        written = first_spans.begin_at(AssetSpan, first, start, before, days.now())
        record("asset.dated", asset, by=by, at=start, rows=written.rows, touched=written.touched)
    unit = asset.unit
    if unit is not None:
        paid_from({unit: _paid(asset, unit, start)}, by=by, before={unit.pk: first.valid_from})


def _paid(asset: Asset, unit: Unit, start: datetime) -> datetime:
    """From when awards paid for its unit, where it is there since `start`."""
    own = asset.acquired_on is not None or unit.listed_on is not None
    return start if own else days.start_of_day(unit.received_on)


def paid_as_it_was_there(
    assets: Sequence[Asset], *, by: Actor, before: Mapping[int, datetime] | None = None
) -> None:
    """After these got units that others had, or nobody: the money begins with them. `before`: by
    unit, since when what had it was there."""
    units = Unit.objects.in_bulk([a.unit_id for a in assets if a.unit_id])
    mine = [a for a in assets if a.unit_id]
    there = began_by_unit(mine)
    starts = {
        units[a.unit_id]: _paid(a, units[a.unit_id], there[a.unit_id]) for a in mine if a.unit_id
    }
    paid_from(starts, by=by, before=before)


def began_by_unit(assets: Sequence[Asset]) -> dict[int, datetime]:
    """By unit of these things the instant from which its thing was there."""
    units = {a.pk: a.unit_id for a in assets if a.unit_id}
    if not units:
        return {}
    first = _first_by("asset", list(units))
    return {unit: first[pk] for pk, unit in units.items()}


def let_go(freed: Mapping[int, datetime], *, by: Actor) -> None:
    """After things let go of units (`freed`: what `began_by_unit` said before): the money is as old
    as the receipt again, or as what had it before that was merged."""
    if freed:
        given_back(freed, by=by, still=_first_by("unit", list(freed)))


def _first_by(name: str, keys: list[int]) -> dict[int, datetime]:
    """By thing or unit the first instant that is told of it."""
    lasted = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
    known = AssetSpan.objects.known().filter(lasted, **{f"{name}__in": keys})
    rows = known.order_by().values(name).annotate(first=Min("valid_from"))
    return dict(rows.values_list(name, "first"))


def _came(asset: Asset, first: AssetSpan) -> datetime:
    """From when it was there. Where only a list's word stands for its first days, nobody says any
    more that it was there before its receipt or registration; but it was before what befell it."""
    unit = asset.unit
    if asset.acquired_on is not None:
        return min(days.start_of_day(asset.acquired_on), days.now())
    start = asset.registered_at
    if unit is not None and unit.listed_on is None:
        start = days.start_of_day(unit.received_on)
    elif first.listed_on is not None:
        start = min(start, max(days.start_of_day(first.listed_on), first.valid_from))
    if start <= first.valid_from:
        return start
    return min(start, first.valid_to or start) if first.listed_on else first.valid_from


def _first(asset: Asset) -> AssetSpan | None:
    """The span that it began with; one that lasted no time is none."""
    rows = AssetSpan.objects.known().filter(asset=asset).in_order()
    return next((s for s in rows if s.valid_to is None or s.valid_to > s.valid_from), None)
