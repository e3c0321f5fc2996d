"""Which part of a written day comes first: the month, or the day."""

import re
from datetime import date

_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
#: What stands around a text that a spreadsheet must not change: ="13/8/2025", '13/8/2025.
_MARKS = "='\" "


def day_first(value: str) -> bool:
    """Whether a date can only be written day first: 31/12/2024."""
    found = _SLASHED.match(value)
    return found is not None and int(found[1]) > 12 and 1 <= int(found[3]) <= 12


def month_first(value: str) -> bool:
    """Whether a date can only be written month first: 12/31/2024."""
    found = _SLASHED.match(value)
    return found is not None and 1 <= int(found[1]) <= 12 and int(found[3]) > 12


def either_order(value: str) -> bool:
    """Whether a date is another one when its day is written first: 3/8/2025."""
    found = _SLASHED.match(value)
    return found is not None and int(found[1]) <= 12 and found[1] != found[3]


def turned(value: str) -> str:
    """A date whose day is written first, with its month first."""
    return _SLASHED.sub(r"\3/\1/\4", value, count=1)


def unmarked(cell: str) -> str:
    """A cell without the marks that keep a spreadsheet from changing it."""
    return cell.strip(_MARKS)


def surely_date(value: str) -> bool:
    """Whether a text begins as a date does and a version (13.5.24) or another number does not."""
    found = _SLASHED.match(value)
    return found is not None and (found[2] == "/" or len(found[4]) == 4)


def exchanged(on: date) -> date | None:
    """A day with its month and its day exchanged, as a spreadsheet has it that took 3/8 for the
    third of August or the eighth of March; None where that is no other day."""
    if on.day > 12 or on.day == on.month:
        return None
    return on.replace(month=on.day, day=on.month)
