"""What a page is asked for in its address."""

import re
from datetime import date

from django.utils.translation import gettext as _

from core.problems import Invalid, Problem, invalid_if
from core.text.lines import control_problems, is_seen
from core.time import days


def day_asked(text: str, field: str) -> date | None:
    """A day of the past or today, as YYYY-MM-DD; None for nothing. Raises Invalid."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        raise Invalid(Problem("date", _("Give the date as YYYY-MM-DD."), field))
    if day.year < days.FIRST_YEAR:
        raise Invalid(Problem("out-of-range", str(days.OUT_OF_RANGE), field))
    if day > days.today():
        raise Invalid(Problem("in-the-future", _("Choose today or a day before it."), field))
    return day


def line_asked(text: str, field: str, longest: int) -> str:
    """A text in one line that may be left out. Raises Invalid."""
    invalid_if(control_problems(text, field))
    return text.strip()[:longest] if is_seen(text) else ""


def number_asked(text: object) -> int | None:
    """A whole number as a page sends it (a row's key, a version, a position); None for everything
    else, also for one that no row can have."""
    sent = str(text or "")
    return int(sent) if re.fullmatch(r"[0-9]{1,18}", sent) else None
