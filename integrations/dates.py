"""Days as files write them; each function raises ValueError with the sentence of the preview."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from core.time import days

#: A zone behind a time of day: such a text is an instant. Zone names but UTC's are no such zones.
_ZONE = re.compile(r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$", re.I)
_CLOCK = re.compile(
    r",?[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AP]\.?M\.?)?(\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$",
    re.I,
)
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00([.,]0+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$", re.I)
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T "
    r"](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$",
    re.I,
)
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_PATTERNS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%m/%d/%y",
    "%m-%d-%y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
)
#: What databases write for a day that is not: their last ones, and the first of their calendars.
_LAST = {date(9999, 12, 31), date(9999, 12, 30), date(9999, 1, 1), date(2999, 12, 31)}
_FIRST = {
    date(1, 1, 1),
    date(1753, 1, 1),
    date(1899, 12, 30),
    date(1899, 12, 31),
    date(1900, 1, 1),
    date(1970, 1, 1),
}
_NO_DAY = re.compile(r"[0\s/.:-]*0[0\s/.:-]*|2958465", re.ASCII)
_DAY_ZERO = re.compile(r"0?1/0?0/1900|1900-01-00")
#: Days from the first day of a spreadsheet's calendar to that of an old Mac's.
FROM_1904 = 1462


def is_never(value: str, *, happens_once: bool) -> bool:
    """Whether a text stands for no day: 00/00/0000, 12/31/9999. `happens_once`: of something that
    may not have happened yet, which did not happen on the first day of a calendar either."""
    text = _CLOCK.sub("", " ".join(value.split()))
    if _NO_DAY.fullmatch(text):
        return True
    if happens_once and _DAY_ZERO.fullmatch(text):
        return True
    found = _written(text)
    return found in _LAST or (happens_once and found in _FIRST)


def _written(text: str) -> date | None:
    """A day of any year that is written out; with the day first where it can be nothing else."""
    text = turned(text) if day_first(text) else text
    for pattern in _PATTERNS:
        try:
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        return None if pattern.endswith("%y") else found
    return None


def is_instant(value: str) -> bool:
    """Whether a text is a time of day with its zone."""
    return bool(_ZONE.search(value)) and _CLOCK.search(value) is not None


def is_midnight(value: str) -> bool:
    """Whether an instant is the first of a day where it was written."""
    return _MIDNIGHT.search(value) is not None


def day_first(value: str) -> bool:
    """Whether a date can only be written day first: 31/12/2024."""
    found = _SLASHED.match(value)
    return found is not None and int(found[1]) > 12 and 1 <= int(found[3]) <= 12


def either_order(value: str) -> bool:
    """Whether a date is another one when its day is written first: 3/8/2025."""
    found = _SLASHED.match(value)
    return found is not None and int(found[1]) <= 12 and found[1] != found[3]


def turned(value: str) -> str:
    """A date whose day is written first, with its month first."""
    return _SLASHED.sub(r"\3/\1/\4", value, count=1)


def local(value: str) -> str:
    """An instant as the day it was in the district. Raises ValueError for what is no instant."""
    found = _ISO.search(" ".join(value.split()))
    if found is None or len(value) > 60:
        raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025."))
    on, hours, minutes, seconds, zone = found.groups()
    zone = "+0000" if zone.upper() in ("Z", "UTC", "GMT") else zone.replace(":", "")
    text = f"{on} {int(hours):02}:{minutes}:{seconds or '00'} {zone}"
    try:
        return days.local_date(datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025.")) from None


def day(value: str) -> date:
    """2025-08-12, 08/12/2025, 8/12/25 (two digits: up to 1 year ahead, else the past),
    Aug 12, 2025, each also with a time of day, or a spreadsheet's serial number."""
    value = _CLOCK.sub("", " ".join(value.split()))
    for pattern in _PATTERNS:
        try:
            found = datetime.strptime(value, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        if pattern.endswith("%y") and found.year > days.today().year + 1:
            found = found.replace(year=found.year - 100)
        if 1900 <= found.year <= 2100:
            return found
    if is_serial(value):
        return date(1899, 12, 30) + timedelta(days=int(value))
    raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025."))


def is_serial(value: str) -> bool:
    """Whether a number is a day as a spreadsheet counts them."""
    return value.isascii() and value.isdecimal() and 20000 <= int(value[:9]) <= 80000


def past_day(value: str) -> date:
    """A day on which something was so already: not after today in the district."""
    found = day(value)
    if found > days.today():
        raise ValueError(_("%s is in the future.") % value)
    return found
