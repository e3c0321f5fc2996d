"""What is known of the days of a thing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max, Min

from assets.models import Asset, AssetSpan, Assignment, Place, Status, Verification
from core.time import days


def first_span(asset: Asset) -> AssetSpan | None:
    """The span that it began with; one that lasted no time is none."""
    rows = AssetSpan.objects.known().filter(asset=asset).in_order()
    return next((s for s in rows if s.valid_to is None or s.valid_to > s.valid_from), None)


def there_since(asset: Asset) -> datetime | None:
    """When a row begins."""
    first = first_span(asset)
    return first.valid_from if first else None


#: Who says this of a thing has it at hand. Surplus and awaiting disposal are its papers, and of
#: what is missing nobody knows whether it is there.
HERE = (
    Status.RECEIVED,
    Status.IN_STOCK,
    Status.IN_USE,
    Status.IN_REPAIR,
    Status.IN_TRANSIT,
)


def known_days(rows: Sequence[Asset]) -> dict[str, date | None]:
    """On which days a thing that is all of these rows was seen and handed out, the first and the
    last time, and was checked in, put into a room, said to be here and its condition noted, the
    last time, as the order of days asks for them."""
    sightings = Verification.objects.filter(asset__in=rows)
    loans = Assignment.objects.were().filter(asset__in=rows)
    found = {
        **sightings.aggregate(seen_on=Min("seen_at"), last_seen_on=Max("seen_at")),
        **loans.aggregate(
            loaned_on=Min("opened_at"),
            last_loaned_on=Max("opened_at"),
            last_returned_on=Max("closed_at"),
        ),
        **_told(rows),
    }
    noted = (a.condition_on for a in rows if a.condition and a.status != Status.DISPOSED)
    return {
        **{name: days.local_date(at) if at else None for name, at in found.items()},
        "last_noted_on": max((day for day in noted if day), default=None),
    }


def _told(rows: Sequence[Asset]) -> dict[str, datetime | None]:
    """When an act last told of its room, or that it is here: what a loan tells stands in that, what
    it began with is older than any, and a disposal that was reopened says no more than where it
    stood."""
    found: dict[str, datetime | None] = {"last_moved_on": None, "last_here_on": None}
    for span in AssetSpan.objects.known().filter(asset__in=rows).order_by("valid_from"):
        if span.began("holder_id"):  # or the first of all
            continue
        if span.began("room_id") and span.place == Place.ROOM:
            found["last_moved_on"] = span.valid_from
        reopened = span.began("place") and span.place == Place.UNPLACED
        if span.began("status") and span.status in HERE and not reopened:
            found["last_here_on"] = span.valid_from
    return found


def first_day() -> date | None:
    """The first day of which anything is told of a thing, also of what never was."""
    began = AssetSpan.objects.aggregate(at=Min("valid_from"))["at"]
    seen = Verification.objects.aggregate(at=Min("seen_at"))["at"]
    return min((days.local_date(at) for at in (began, seen) if at), default=None)
