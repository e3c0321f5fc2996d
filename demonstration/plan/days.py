"""The school year that the demonstration tells: the last one that is over, and this fall."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.time.days import now, today, zone


@dataclass(frozen=True)
class Year:
    """`start` is the calendar year in which the told school year begins (August)."""

    start: int

    @classmethod
    def told(cls) -> "Year":
        """The last school year whose June is over, so that this fall's hand-out can follow."""
        day = today()
        return cls((day.year if day.month >= 9 else day.year - 1) - 1)

    def day(self, month: int, day: int, later: int = 0) -> date:
        """A day of the told school year (July to June), or `later` school years on."""
        year = self.start + later + (0 if month >= 7 else 1)
        return date(year, month, day)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A local time of a day as an instant, never in the future."""
    instant = datetime.combine(day, time(hour, minute), zone()).astimezone(UTC)
    return min(instant, now() - timedelta(seconds=1))
