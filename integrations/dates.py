"""Days as files write them; each function raises ValueError with the sentence of the preview."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from core.time import days
from integrations.day_order import day_first, turned

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
#: A year of two digits: 8/12/25, 12-Aug-25.
_SHORT = re.compile(r"(\d{1,2}([/.-])(?:\d{1,2}|[a-z]{3})\2)(\d{2})", re.I | re.ASCII)
#: A day as digits alone that a spreadsheet would not write: 040125, 41525 beside 121525.
_PACKED = re.compile(r"\d{6}|0\d{4,6}", re.ASCII)
_PATTERNS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%d-%b-%Y",
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
#: As two digits of a year they may be of the last century.
_LAST_SHORT = {"12/31/99", "12-31-99", "31-Dec-99", "31/12/99", "31.12.99", "31-12-99"}
#: So many years ahead something may end; and a thing of two digits may be older than these.
AHEAD = 25
#: So many years ahead a number is still a day as a spreadsheet counts them.
FAR = 10
_ZERO = date(1899, 12, 30)
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
    # Digits alone are eight: 202511 may be a month of a year, 2025224 the days of a year.
    patterns = _PATTERNS if not text.isdecimal() else ("%Y%m%d",) if len(text) == 8 else ()
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def is_instant(value: str) -> bool:
    """Whether a text is a time of day with its zone."""
    return bool(_ZONE.search(value)) and _CLOCK.search(value) is not None


def is_midnight(value: str) -> bool:
    """Whether an instant is the first of a day where it was written."""
    return _MIDNIGHT.search(value) is not None


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


def full_year(value: str, *, ahead: bool) -> str:
    """A day with all digits of its year where only two are written; `ahead`: of what may end in
    years to come. Raises ValueError where that may be one century or the other."""
    text = _CLOCK.sub("", " ".join(value.split()))
    found = _SHORT.fullmatch(text)
    if found is None:
        return value
    this = days.today().year
    late = this - this % 100 + int(found[3])
    if ahead and text in _LAST_SHORT:
        raise ValueError(_("%s can be a day, or none. Write its year with four digits.") % text)
    sure, old = (this + AHEAD, this + 2 * AHEAD) if ahead else (this + 1, this + AHEAD)
    if sure < late <= old:
        words = {"said": text, "early": late - 100, "late": late}
        message = _("%(said)s can be of %(early)s or of %(late)s. Write its year with four digits.")
        raise ValueError(message % words)
    return f"{found[1]}{late if late <= sure else late - 100}"


def day(value: str) -> date:
    """2025-08-12, 08/12/2025, 8/12/25 (two digits: up to 1 year ahead, else the past),
    Aug 12, 2025, each also with a time of day, or a spreadsheet's serial number."""
    text = _CLOCK.sub("", " ".join(value.split()))
    found = None if day_first(text) else _written(full_year(text, ahead=False))
    if found is not None and 1900 <= found.year <= 2100:
        return found
    if is_serial(text):
        return of_serial(text)
    if text.isdecimal():
        raise ValueError(
            _("Digits alone can be several days. Write the date as 2025-08-12 or 08/12/2025.")
        )
    raise ValueError(_("Write the date as 2025-08-12 or 08/12/2025."))


def is_serial(value: str) -> bool:
    """Whether a number is a day as a spreadsheet counts them: one of five digits, not far ahead."""
    if len(value) != 5 or not (value.isascii() and value.isdecimal()) or value < "20000":
        return False
    return of_serial(value).year <= days.today().year + FAR


def of_serial(value: str) -> date:
    """The day of a number that `is_serial`."""
    return _ZERO + timedelta(days=int(value))


def is_packed(value: str) -> bool:
    """Whether digits alone may be a day without separators, and no spreadsheet's number."""
    return _PACKED.fullmatch(value) is not None


def past_day(value: str) -> date:
    """A day on which something was so already: not after today in the district."""
    found = day(value)
    if found > days.today():
        raise ValueError(_("%s is in the future.") % value)
    return found
