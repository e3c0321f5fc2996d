"""What is no tag, serial, id, room or model by its look: a day, an amount or a time that a
spreadsheet made of one, and a code with a remark beside it."""

import re

from django.utils.translation import gettext as _

from assets.codes.broken import AMOUNT, NAMED, TIME
from assets.codes.remarks import remark_in

_SLASHED = re.compile(r"(\d{1,4})/(\d{1,4})/(\d{1,5})", re.ASCII)


def is_no_day(text: str) -> bool:
    """Whether a code is parted as a day is, and is none: those of its column are codes."""
    found = _SLASHED.fullmatch(text)
    return found is not None and not _is_day(found)


def _is_day(found: "re.Match[str]") -> bool:
    first, second, year = map(int, found.groups())
    parted = min(first, second) in range(1, 13) and max(first, second) < 32
    return parted and 1900 <= year < 2100


def refuse_shown(value: str, *, codes_look_so: bool) -> None:
    """Raises ValueError for a day or a time as a spreadsheet shows it; `codes_look_so`: what looks
    so in this column is a code."""
    found = None if codes_look_so else _SLASHED.fullmatch(value)
    if (found and _is_day(found)) or NAMED.fullmatch(value):
        message = _("A spreadsheet turned this into a date: %s. Format the column as text.")
        raise ValueError(message % value)
    if TIME.fullmatch(value):
        message = _("A spreadsheet turned this into a time: %s. Format the column as text.")
        raise ValueError(message % value)


def refuse_amount(value: str) -> None:
    """Raises ValueError where a cell that means a thing or a person holds an amount."""
    if AMOUNT.fullmatch(value):
        message = _("This is an amount, or yes or no, and nothing's code: %s.")
        raise ValueError(message % value)


def refuse_remark(value: str) -> None:
    """Raises ValueError where a tag or serial says more than itself: nobody finds the thing by it,
    and what it says is lost."""
    found = remark_in(value)
    if found and found["only"]:
        message = _("This is no code: %s. Leave the cell empty, and say it under Status.")
        raise ValueError(message % value)
    if found:
        message = _(
            "It says more than a code: %s. Write the code alone, and what is said of it in a "
            "column of its own, such as Status."
        )
        raise ValueError(message % value[:100])
