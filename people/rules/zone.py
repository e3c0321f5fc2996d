"""Why the district cannot live in another time zone: what is told of a day stays on that day."""

from collections.abc import Callable, Iterator
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.problems import Problem
from core.time import days

_first_days: list[Callable[[], date | None]] = []


def register_first_day(find: Callable[[], date | None]) -> None:
    """Add how an app above finds the first day of which it tells anything."""
    if find not in _first_days:
        _first_days.append(find)


def zone_problems(was: str, name: str) -> Iterator[Problem]:
    """Why the zone cannot be this one. A day is kept as the instant at which it began: in a zone
    whose days begin at other hours what was told of it would stand on another day."""
    if name not in available_timezones():
        yield Problem("time-zone", _("Choose a time zone."), "time_zone")
        return
    first = min((day for find in _first_days if (day := find())), default=None)
    if first is None or days.begin_alike(ZoneInfo(was), ZoneInfo(name), first, days.today()):
        return
    message = _(
        "The time zone stays %(was)s: items or money are here since %(day)s, and what was told of "
        "a day would stand on another one in %(name)s. It is chosen in the first steps, before "
        "anything is entered; after that only a zone whose days began at the same moments will do."
    )
    words = {"was": was, "name": name, "day": date_format(first, "SHORT_DATE_FORMAT")}
    yield Problem("zone-kept", message % words, "time_zone")
