"""The day on which a thing was acquired, put right: it was there since, with its money."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import gettext as _

from assets.custody.known import first_span, known_days, there_since
from assets.models import Asset, AssetSpan, Disposal
from assets.register.beginnings import before_list
from assets.unit_past import carriers, rows_of
from core.access import Actor
from core.journal.writing import record
from core.problems import Problem
from core.time import days
from core.two_times import first_spans
from funding.actions import given_back, paid_from, stood_in
from funding.models import Unit
from funding.rules.chronology import Chronology, chronology_problems, shown


def acquired_problems(
    asset: Asset, acquired_on: date | None, unit: Unit | None
) -> Iterator[Problem]:
    """Why a thing cannot have been acquired on this day, or hang on this unit."""
    if acquired_on == asset.acquired_on and (unit.pk if unit else None) == asset.unit_id:
        return
    yield from order_problems(rows_of(asset), acquired_on, unit)


def order_problems(
    rows: Sequence[Asset], acquired_on: date | None, unit: Unit | None
) -> Iterator[Problem]:
    """Why a thing that is all of these rows cannot have been acquired on this day, or hang on this
    unit."""
    disposals = Disposal.objects.filter(asset__in=rows, reopened_at=None)
    left = disposals.aggregate(day=Min("disposed_on"))["day"]
    yield from chronology_problems(
        Chronology(
            today=days.today(),
            acquired_on=acquired_on,
            received_on=unit.received_on if unit and unit.listed_on is None else None,
            disposed_on=left,
            **known_days(rows),
        )
    )
    if acquired_on is not None:
        ends = [first.valid_to for row in rows if (first := first_span(row)) and first.valid_to]
        end = min(ends, default=None)
        if end is not None and end <= days.start_of_day(acquired_on):
            message = _("Something happened to it on %(day)s, before it was acquired on %(first)s.")
            words = {"day": shown(days.local_date(end)), "first": shown(acquired_on)}
            yield Problem("happened-before-acquired", message % words, "acquired_on")


def money_since(asset: Asset) -> list[date]:
    """When a thing that has a unit came as money tells it: the day on which it was acquired, else
    those on which the row that brought the money, and the money itself, begin."""
    row, unit = _paid_rows([asset]).get(asset.pk), asset.unit
    first = there_since(row) if row else None
    if row is None or first is None or unit is None:
        return []
    if asset.acquired_on is not None:
        return [asset.acquired_on]
    return [days.local_date(t) for t in (first, _paid(asset, row, unit, first))]


def came_otherwise(asset: Asset, first: datetime) -> bool:
    """Whether a row that begins at `first` came on another day, as is known now."""
    began = days.local_date(first)
    if asset.acquired_on is not None or asset.unit is None or asset.unit.listed_on is None:
        return asset.acquired_on not in (None, began)
    return stood_in([asset.unit])[asset.unit.pk] < began


def was_there_since(asset: Asset, *, by: Actor) -> None:
    """After its acquired day or unit changed: its state and money begin when it came. Where a row
    that was merged into it brought the money, that row was there since then too."""
    row = _paid_rows([asset]).get(asset.pk, asset)
    before = there_since(row)
    unit = asset.unit
    start = _begins(asset, asset, unit if row.pk == asset.pk else None, by)
    if row.pk != asset.pk:
        start = _begins(row, asset, unit, by)
    if unit is not None and before is not None and start is not None:
        paid_from({unit: _paid(asset, row, unit, start)}, by=by, before={unit.pk: before})


def _paid(asset: Asset, row: Asset, unit: Unit, start: datetime) -> datetime:
    """From when awards paid for its unit, where the row that its money stood on first is there
    since `start`."""
    own = _acquired(asset, row) is not None or unit.listed_on is not None
    return start if own else days.start_of_day(unit.received_on)


def paid_as_it_was_there(
    assets: Sequence[Asset], *, by: Actor, before: Mapping[int, datetime] | None = None
) -> None:
    """After these got units that others had, or nobody: the money begins with them. `before`: by
    unit, since when what had it was there."""
    units = Unit.objects.in_bulk([a.unit_id for a in assets if a.unit_id])
    mine = [a for a in assets if a.unit_id]
    there, rows = began_by_unit(mine), _paid_rows(mine)
    starts = {
        units[a.unit_id]: _paid(a, rows[a.pk], units[a.unit_id], there[a.unit_id])
        for a in mine
        if a.unit_id
    }
    paid_from(starts, by=by, before=before)


def began_by_unit(assets: Sequence[Asset]) -> dict[int, datetime]:
    """By unit of these things the instant from which its thing was there; or, where a merge brought
    the money, the row that it stood on first."""
    rows = _paid_rows(assets)
    first = _first_by("asset", [row.pk for row in rows.values()])
    return {a.unit_id: first[rows[a.pk].pk] for a in assets if a.unit_id}


def _paid_rows(assets: Sequence[Asset]) -> dict[int, Asset]:
    """By thing that has a unit the row that its money stood on first."""
    mine = {a.pk: a for a in assets if a.unit_id}
    merged = Asset.objects.filter(merged_into__in=mine).values_list("merged_into", flat=True)
    stays = set(merged) if mine else set()
    return {pk: carriers(a)[-1].asset if pk in stays else a for pk, a in mine.items()}


def let_go(freed: Mapping[int, datetime], *, by: Actor) -> None:
    """After things let go of units (`freed`: what `began_by_unit` said before): the money is as old
    as the receipt again, or as what had it before that was merged."""
    if freed:
        given_back(freed, by=by, still=_first_by("unit", list(freed)))


def begins_again(row: Asset, as_was: AssetSpan, *, by: Actor) -> bool:
    """A row begins as it did once (that span), if nothing else was told of its first days since."""
    rows = AssetSpan.objects.known().filter(asset=row).in_order()
    lasted = [s for s in rows if s.valid_to is None or s.valid_to > s.valid_from]
    first, *more = lasted
    gone = [first]
    if first.valid_to == as_was.valid_from and more:
        gone = lasted[:2]  # it was told to have been there before that, too
    end = gone[-1].valid_to
    if end is not None and end <= as_was.valid_from:
        return False
    if first.valid_from != as_was.valid_from:
        written = first_spans.begin_again(AssetSpan, gone, as_was, days.now())
        at = as_was.valid_from
        record("asset.dated", row, by=by, at=at, rows=written.rows, touched=written.touched)
    return True


def _first_by(name: str, keys: list[int]) -> dict[int, datetime]:
    """By thing or unit the first instant that is told of it."""
    known = AssetSpan.objects.known().lasting().filter(**{f"{name}__in": keys})
    rows = known.order_by().values(name).annotate(first=Min("valid_from"))
    return dict(rows.values_list(name, "first"))


def _acquired(asset: Asset, row: Asset) -> date | None:
    return asset.acquired_on or row.acquired_on


def _begins(row: Asset, asset: Asset, unit: Unit | None, by: Actor) -> datetime | None:
    """Let a row of a thing begin when that came; from when it was there. `unit`: what paid for it
    on its first days; one that another row brought says nothing of this one."""
    first = first_span(row)
    if first is None:
        return None
    start = _came(asset, row, unit, first)
    if row.pk != asset.pk and first.valid_to is not None and first.valid_to <= start:
        return start  # something befell that row before: it stands as it was told
    if days.local_date(start) != days.local_date(first.valid_from):
        room = first.room_id
        before = {f: getattr(first, f) for f in AssetSpan.fields} | before_list(first, room)
        written = first_spans.begin_at(AssetSpan, first, start, before, days.now())
        record("asset.dated", row, by=by, at=start, rows=written.rows, touched=written.touched)
    return start


def _came(asset: Asset, row: Asset, unit: Unit | None, first: AssetSpan) -> datetime:
    """From when it was there. Where only a list's word stands for its first days, nobody says any
    more that it was there before its receipt or registration; but it was before what befell it. A
    receipt that nobody dated is no later for a thing that does not say when it came, either."""
    acquired_on = _acquired(asset, row)
    if acquired_on is not None:
        return min(days.start_of_day(acquired_on), days.now())
    start = row.registered_at
    received = days.start_of_day(stood_in([unit])[unit.pk]) if unit else None
    dated = unit is not None and unit.listed_on is None
    if not dated and first.listed_on is not None:
        start = min(start, max(days.start_of_day(first.listed_on), first.valid_from))
    if received is not None:
        start = received if dated else min(start, received)
    if start <= first.valid_from:
        return start
    return min(start, first.valid_to or start) if first.listed_on else first.valid_from
