"""In which order a file writes the days of its dates: its columns together tell, or the person
does. What may be another day is asked, in every column of the file."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from integrations.day_order import day_first, either_order, exchanged, month_first, turned
from integrations.options import Options

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NAMED = re.compile(r"\d{1,2}-[a-z]{3}-(\d{2}|\d{4})(?!\d)", re.I)


def _stands(text: str) -> tuple[date, str] | None:
    """A day as a spreadsheet writes what it has as a date (2025-03-08, 8-Mar-25), and what stands
    behind it."""
    found = _ISO.match(text) or _NAMED.match(text)
    if found is None:
        return None
    for pattern in ("%Y-%m-%d", "%d-%b-%Y", "%d-%b-%y"):
        try:
            return datetime.strptime(found[0], pattern).date(), text[found.end() :]  # noqa: DTZ007
        except ValueError:
            continue
    return None


def late(text: str) -> bool:
    """Whether a spreadsheet's date is after the 12th: no day and month of it were exchanged."""
    found = _stands(text)
    return found is not None and found[0].day > 12


@dataclass(frozen=True)
class Order:
    """`said`: what comes first, month or day; `asked`: it must be said, `doubted` since the dates
    of this source were written otherwise before; `sheet`: whether the dates of the columns
    `suspect`, which a spreadsheet may have exchanged, are kept or turned."""

    said: str
    asked: bool
    doubted: bool
    sheet: str
    suspect: frozenset[str]

    @classmethod
    def of(cls, options: Options, days: Collection[str]) -> "Order":
        """The order of a file's dates. `days`: its columns that become days."""
        asked = options.doubted or bool(speaking(options, options.day_first, days))
        suspect = set[str]()
        if options.order == "day" or (asked and not options.order):
            suspect = {h for h in days if h in options.day_first}
            if options.workbook:  # one column may be all dates, and another what is left as texts
                suspect |= {h for h in days if h not in options.late}
        return cls(options.order, asked, options.doubted, options.sheet, frozenset(suspect))

    def month_before_day(self, text: str, header: str, notes: list[str]) -> str:
        """A day's text as the program reads it. Raises ValueError where it may be another day."""
        if (found := _stands(text)) is not None:
            return self._stood(text, *found, notes) if header in self.suspect else text
        firm = day_first(text) or month_first(text)
        if not firm and not either_order(text):
            return text
        if not self.said:
            if not self.asked:
                return text
            notes.append("ask-order")
            raise ValueError(self._why_asked())
        if firm and day_first(text) != (self.said == "day"):
            notes.append("ask-order")
            raise ValueError(self._why_not())
        if self.said == "day":
            notes.append("turned")
            return turned(text)
        return text

    def _why_asked(self) -> str:
        if self.doubted:
            return _(
                "The dates of this file are written otherwise than is remembered for its source. "
                "Say at the columns how they are written."
            )
        return _(
            "Other dates of this file have the day first. Say at the columns how its dates are "
            "written."
        )

    def _why_not(self) -> str:
        if self.said == "day":
            return _(
                "The dates were said to have the day first, and this one has the month first. "
                "Write it as 2025-08-12, or say it otherwise at the columns."
            )
        return _(
            "The dates were said to have the month first, and this one has the day first. Write "
            "it as 2025-08-12, or say it otherwise at the columns."
        )

    def _stood(self, text: str, on: date, rest: str, notes: list[str]) -> str:
        other = exchanged(on)
        if other is None:
            return text
        if self.sheet == "turned":
            notes.append("sheet-turned")
            return other.isoformat() + rest
        if self.sheet == "kept":
            notes.append("sheet-kept")
            return text
        notes.append("ask-sheet")
        raise ValueError(
            _(
                "Other dates of this file are texts with the day first, so a spreadsheet may have "
                "exchanged day and month of this one. Say at the columns whether it did."
            )
        )


def speaking(options: Options, columns: Collection[str], days: Collection[str]) -> set[str]:
    """Those of some columns that tell how the file's dates are written: they become days, or they
    are mostly dates."""
    return {h for h in columns if h in days or h in options.dated}


def contrary(options: Options, days: Collection[str], order: str) -> bool:
    """Whether a file's dates are not written in an order."""
    against = options.month_first if order == "day" else options.day_first
    return bool(order and speaking(options, against, days))
