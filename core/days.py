"""Dates are the district's local dates, instants are UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def zone() -> ZoneInfo:
    """The district's time zone (Eastern until the first-run page was answered)."""
    from core.models.district import District

    district = District.current()
    return ZoneInfo(district.time_zone if district else "America/New_York")


def now() -> datetime:
    """This instant, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today in the district's zone."""
    return now().astimezone(zone()).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a local day, UTC."""
    return datetime.combine(day, time.min, zone()).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The last instant of a local day (one microsecond before the next begins), UTC."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


def local_date(instant: datetime) -> date:
    """The district's date at an instant."""
    return instant.astimezone(zone()).date()
