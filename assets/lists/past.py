"""Things as they stood on a past day: for lists, panels and exports."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan, Verification
from assets.unit_past import merged_into
from core.access import MaybeActor, inside, scope_of
from core.time import days
from people.models import School
from people.naming import named_in


def veil(state: Asset | AssetSpan) -> None:
    """Take from a state where it was and with whom: that was at a school of others."""
    state.school = School(name=_("Another school"))
    state.room = state.person = state.holder = state.home_room = None
    state.place = ""


def as_they_stood(
    assets: Iterable[Asset], day: date | None, by: MaybeActor
) -> tuple[list[Asset], set[int]]:
    """The assets with the state that they had at the end of a day, and when they had been seen last
    by then, as far as that is `by`'s to see; never to be saved. And the keys of those whose people
    show by name: now, so that a past day gives no name to others, and then. None is today."""
    rows = list(assets)
    named = named_in(by, rows)
    if day is None:
        return rows, named
    at = days.end_of_day(day)
    pks = [a.pk for a in rows]
    states = AssetSpan.objects.as_of(at).filter(asset__in=pks)
    spans = {s.asset_id: s for s in states.select_related("school", "room", "person", "holder")}
    later = [a for a in rows if a.last_verified_on and a.last_verified_on > day]
    seen = _last_seen(later, at)
    _stand(rows, spans, by)
    for asset in later:
        asset.last_verified_on = seen.get(asset.pk)
    return rows, named & named_in(by, rows)


def _last_seen(assets: list[Asset], at: datetime) -> dict[int, date]:
    """When things, or what was merged into them, had been seen last by an instant."""
    pairs = [(a, a) for a in assets] + list(merged_into(assets)) if assets else []
    sightings = Verification.objects.filter(
        asset__in={row.pk for row, _a in pairs}, seen_at__lte=at
    )
    seen = dict(sightings.order_by().values_list("asset").annotate(Max("seen_at")))
    found: dict[int, date] = {}
    for row, asset in pairs:
        if row.pk in seen:
            day = days.local_date(seen[row.pk])
            found[asset.pk] = max(found.get(asset.pk, day), day)
    return found


def _stand(rows: list[Asset], spans: dict[int, AssetSpan], by: MaybeActor) -> None:
    for asset in rows:
        if span := spans.get(asset.pk):
            for name in AssetSpan.fields:
                setattr(asset, name, getattr(span, name))
            asset.school, asset.room = span.school, span.room
            asset.person, asset.holder = span.person, span.holder
    for asset, seen in zip(rows, inside(scope_of(by, "assets.view_asset"), rows), strict=True):
        if not seen:
            veil(asset)
