"""Dates are the district's local dates, instants are UTC."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from core.models.district import District

#: A well-formed date of the year 1 is a slip, and no zone or difference of years reckons with it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
OUT_OF_RANGE = _("Give a date from 1900 to 2199.")
_remembered: ContextVar[dict[str, ZoneInfo] | None] = ContextVar("zone", default=None)


@contextmanager
def remembering_zone() -> Iterator[None]:
    """Inside, the district's zone is looked up once: a request or a run asks it many times."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def remember_zone(name: str) -> None:
    """The district was just read: inside `remembering_zone` its zone need not be asked for
    again."""
    memory = _remembered.get()
    if memory is not None:
        memory["zone"] = ZoneInfo(name)


def zone() -> ZoneInfo:
    """The district's time zone (Eastern until the first-run page was answered)."""
    memory = _remembered.get()
    if memory:
        return memory["zone"]
    district = District.current()
    if district is None:
        return ZoneInfo("America/New_York")
    found = ZoneInfo(district.time_zone)
    if memory is not None:
        memory["zone"] = found
    return found


def in_range(day: date) -> bool:
    """Whether a district can mean a day that somebody gave: asked at every door before anything
    reckons with it."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def now() -> datetime:
    """This instant, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today in the district's zone."""
    return now().astimezone(zone()).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a local day, UTC."""
    return _start_of_day(day, zone())


@lru_cache(maxsize=4096)
def _start_of_day(day: date, there: ZoneInfo) -> datetime:
    return _begins(day, there)


def begin_alike(one: ZoneInfo, other: ZoneInfo, first: date, last: date) -> bool:
    """Whether in two zones each of these days begins, and the last ends, at the same instant."""
    after = (last - first).days + 2
    every = (first + timedelta(days=n) for n in range(after))
    return all(_begins(day, one) == _begins(day, other) for day in every)


def _begins(day: date, there: ZoneInfo) -> datetime:
    try:
        return datetime.combine(day, time.min, there).astimezone(UTC)
    except OverflowError:  # the calendar ends before the zone's offset is added
        return (
            datetime.max.replace(tzinfo=UTC) if day.year > 1 else datetime.min.replace(tzinfo=UTC)
        )


def end_of_day(day: date) -> datetime:
    """The last instant of a local day (one microsecond before the next begins), UTC."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


def local_date(instant: datetime) -> date:
    """The district's date at an instant."""
    return instant.astimezone(zone()).date()


def months_before(day: date, months: int) -> date:
    """The same day some months earlier (the month's last day where it has fewer)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
