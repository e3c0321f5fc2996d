"""What keeps somebody in the register: what they hold, and records that the law wants kept."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from assets.models import Asset, AssetSpan
from core.problems import Problem
from core.text.written import day as shown
from core.time import days
from funding.models import Parameter, UnitShare
from funding.models.award import Family
from people.models import Person

YEARS = "ecf_retention_years"


def holding_problems(rows: Sequence[Person], day: date) -> Iterator[Problem]:
    """Who has things is known by name as long as they have them."""
    tags = Asset.objects.filter(Q(holder__in=rows) | Q(person__in=rows)).order_by("tag_order", "pk")
    if listed := list(tags.values_list("tag", flat=True)[:6]):
        named = ", ".join(listed[:5]) + (" …" if len(listed) > 5 else "")
        message = _("They still hold items: %s. Nobody is erased before these are checked in.")
        yield Problem("holds", message % named)


def ecf_problems(rows: Sequence[Person], day: date) -> Iterator[Problem]:
    """Who had a thing or a service of the Emergency Connectivity Fund is kept by name for ten
    years after its last day (47 CFR 54.1715)."""
    last = last_ecf_day(rows, day)
    if last is None:
        return
    years = Parameter.objects.in_force_or_none(YEARS, "all", day)
    if years is None or not years.value.isdecimal():
        message = _(
            "They had an item of the Emergency Connectivity Fund until %(last)s, and the "
            "parameter %(key)s has no value: nobody can tell until when that is kept."
        )
        yield Problem("kept-unknown", message % {"last": shown(last), "key": YEARS})
        return
    until = years_after(last, int(years.value))
    if day <= until:
        message = _(
            "They had an item or service of the Emergency Connectivity Fund until "
            "%(last)s. Who had it is kept by name until %(until)s (47 CFR 54.1715)."
        )
        words = {"last": shown(last), "until": shown(until)}
        yield Problem("kept", message % words, data={"until": until.isoformat()})


def last_ecf_day(rows: Sequence[Person], day: date) -> date | None:
    """The last day on which somebody had a thing that ECF money paid for, or on which it was
    delivered, whichever is later; None where they never had one. What they have is not over."""
    spans = AssetSpan.objects.known().filter(Q(holder__in=rows) | Q(person__in=rows))
    found = list(spans.values_list("unit_id", "asset__unit_id", "valid_to", "unit__received_on"))
    units = {pk for now, today, _end, _came in found for pk in (now, today) if pk}
    # What was moved to other money since was ECF's when they had it.
    shares = UnitShare.objects.known().filter(unit__in=units, award__program__family=Family.ECF)
    paid = set(shares.values_list("unit_id", flat=True))
    last: date | None = None
    for then, now, end, came in found:
        if {then, now} & paid:
            ended = max(days.local_date(end) if end else day, came or date.min)
            last = max(last or ended, ended)
    return last


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
