"""A cell as its column means it: what was changed on the way is noted, what could mean two things
is asked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files.tabular import typed
from integrations import cells, dates
from integrations.options import Options
from integrations.ordering import Order

#: What people and machines write into a cell that they leave empty.
EMPTY = {
    "n/a",
    "n.a.",
    "n\\a",
    "none",
    "null",
    "nil",
    "(blank)",
    "blank",
    "(none)",
    "not applicable",
    "not available",
    "not specified",
    "not recorded",
    "no tag",
    "no serial",
    "untagged",
    "no asset tag",
    "no serial number",
    "to be filled by o.e.m.",
    "to be filled by oem",
    "default string",
    "system serial number",
    "unknown",
    "tbd",
    "t.b.d.",
    "tba",
    "to be determined",
    "#na",
}
#: May be a name or a code of a place elsewhere.
EMPTY_CODES = {"na"}
#: A person may be called None or Null, and a thing described as untagged: of these only what is no
#: word is taken for empty. Nobody calls a school or an award so.
NAMES = {"first_name", "last_name", "description"}
NO_WORDS = {"n/a", "n.a.", "n\\a", "(none)", "(blank)", "not applicable", "tbd", "t.b.d.", "#na"}
#: Days of what may not have happened, or does not end.
HAPPENS_ONCE = {
    "left_on",
    "disposed_on",
    "loaned_on",
    "last_verified_on",
    "status_on",
    "period_end",
    "obligate_by",
    "liquidate_by",
}
#: Days that may lie years ahead.
AHEAD = {"left_on", "period_start", "period_end", "obligate_by", "liquidate_by"}
_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_LINE, _DASHES = re.compile(r"[-‐-―−=_*~.]+"), re.compile(r"[-‐-―−]+")
_DASH = re.compile(r"(US)?\$\s*[-–—]+")

NOTES: dict[str, Any] = {
    "empty": gettext_lazy("%(column)s: N/A, none and the like were taken as empty (cells: %(n)s)."),
    "mark": gettext_lazy(
        "%(column)s: the marks that keep a spreadsheet from changing a number were taken "
        'off, ="00123" is 00123 (cells: %(n)s).'
    ),
    "stars": gettext_lazy(
        "%(column)s: the start and stop signs of a barcode were taken off, *A123* is A123 "
        "(cells: %(n)s)."
    ),
    "instant": gettext_lazy(
        "%(column)s: times with a zone were taken as the day that it was in the district "
        "(cells: %(n)s)."
    ),
    "midnight": gettext_lazy(
        "%(column)s: every time in it is midnight, so they were taken as days (cells: %(n)s)."
    ),
    "never": gettext_lazy(
        "%(column)s: days that stand for none, such as 12/31/9999, 1/1/1900 and 00/00/0000, were "
        "taken as empty (cells: %(n)s)."
    ),
    "clock": gettext_lazy("%(column)s: the time of day was left out (cells: %(n)s)."),
    "serial": gettext_lazy(
        "%(column)s: numbers were taken as days as a spreadsheet counts them, 45881 is "
        "08/12/2025 (cells: %(n)s)."
    ),
    "turned": gettext_lazy("%(column)s: dates were read with the day first (cells: %(n)s)."),
    "dust": gettext_lazy(
        "%(column)s: amounts with a tail of tiny fractions were rounded to the cent (cells: %(n)s)."
    ),
    "ask-dash": gettext_lazy(
        "%(column)s: a dash can be zero or unknown. Say which, at the columns (cells: %(n)s)."
    ),
    "ask-order": gettext_lazy(
        "%(column)s: it is not known whether its dates have the month or the day first. Say it "
        "at the columns, for all dates of the file (cells: %(n)s)."
    ),
    "ask-sheet": gettext_lazy(
        "%(column)s: some dates of the file are texts with the day first, and a spreadsheet may "
        "have exchanged day and month of the others. Say at the columns whether it did "
        "(cells: %(n)s)."
    ),
    "sheet-kept": gettext_lazy(
        "%(column)s: what a spreadsheet has as dates was taken as it stands (cells: %(n)s)."
    ),
    "sheet-turned": gettext_lazy(
        "%(column)s: day and month of what a spreadsheet has as dates were exchanged "
        "(cells: %(n)s)."
    ),
    "century": gettext_lazy(
        "%(column)s: years of two digits were taken as of the last century, 8/12/68 is "
        "08/12/1968 (cells: %(n)s)."
    ),
    "ask-quantity": gettext_lazy(
        "Rows mean several things each. Say at the columns what they are (rows: %(n)s)."
    ),
    "school-beside": gettext_lazy(
        "%(column)s: what is no school here stands beside one that is, and was not read "
        "(cells: %(n)s)."
    ),
    "no-room": gettext_lazy(
        "%(column)s: a building beside no room was not taken over, since a thing is in rooms "
        "alone (cells: %(n)s)."
    ),
    "no-holder": gettext_lazy(
        "%(column)s: the day of a hand-out beside nobody was not taken over (cells: %(n)s)."
    ),
    "steady": gettext_lazy(
        "%(column)s: since when a thing is in stock or in use was not taken over, which its "
        "acquisition, rooms and holders say (cells: %(n)s)."
    ),
    "zero": gettext_lazy("%(column)s: dashes were taken as zero (cells: %(n)s)."),
    "unknown": gettext_lazy("%(column)s: dashes were taken as unknown (cells: %(n)s)."),
}


@dataclass(frozen=True)
class Cell:
    """What a cell says; `empty` where it says nothing, `problem` where it cannot be taken."""

    value: Any = None
    problem: str = ""
    notes: tuple[str, ...] = ()
    empty: bool = False


def _base(parse: Callable[[str], Any]) -> Any:
    return getattr(parse, "func", parse)


def _shape(parse: Callable[[str], Any]) -> str:
    """What kind of cells a parser reads: code, day, money, percent, text or word."""
    base = _base(parse)
    if base in (cells.day, cells.past_day):
        return "day"
    return {
        cells.code: "code",
        cells.thing_code: "code",
        cells.aln: "code",
        cells.nces_id: "code",
        cells.money: "money",
        cells.percent: "percent",
        cells.text: "text",
        cells.name: "text",
    }.get(base, "word")


def is_day(parse: Callable[[str], Any]) -> bool:
    """Whether a parser reads days."""
    return _shape(parse) == "day"


def is_amount(name: str, parse: Callable[[str], Any]) -> bool:
    """Whether a column's cells are amounts: what several things share is not what each has."""
    return name == "quantity" or _shape(parse) in ("money", "percent")


def understand(
    name: str,
    parse: Callable[[str], Any],
    header: str,
    raw: str,
    options: Options,
    order: Order,
) -> Cell:
    """A cell of the column `header`, which becomes the field `name`, read by `parse`. `options`:
    what the file's columns are like and what the person said of them; `order`: of its dates."""
    shape = _shape(parse)
    notes: list[str] = []
    text = typed(raw)
    if found := _FORMULA.fullmatch(text):
        text = found[1].replace('""', '"').strip()
        notes.append("mark")
    elif shape == "code" and re.fullmatch(r"'\d+", text):
        text = text[1:]
        notes.append("mark")
    if shape == "code" and (inside := cells.unstarred(text)) != text:
        text = inside
        notes.append("stars")
    plain = text.strip().lower()
    if not plain:
        return Cell(empty=True, notes=tuple(notes))
    if shape != "word" and _stands_for_none(name, shape, plain):
        return Cell(empty=True, notes=("empty",))
    if shape == "day" and dates.is_never(text, happens_once=name in HAPPENS_ONCE):
        return Cell(empty=True, notes=("never",))
    try:
        if shape == "day":
            text = _day(text, name, header, options, order, notes)
        elif shape == "money" and _DASH.fullmatch(text.strip()):
            return _dash(options.dash)
        value = parse(text)
    except ValueError as error:
        return Cell(problem=str(error), notes=tuple(n for n in notes if n.startswith("ask-")))
    if shape == "money" and cells.has_dust(text.strip()):
        notes.append("dust")
    return Cell(value, notes=tuple(notes))


def _stands_for_none(name: str, shape: str, plain: str) -> bool:
    """Whether a cell holds a word, or a line of dashes, for nothing."""
    if plain in (NO_WORDS if name in NAMES else EMPTY):
        return True
    if shape not in ("code", "text"):
        return plain in EMPTY_CODES or bool(_DASHES.fullmatch(plain))
    in_code = plain in EMPTY_CODES and shape == "code" and name != "code"
    return in_code or bool(_LINE.fullmatch(plain))


def _dash(meant: str) -> Cell:
    if meant == "zero":
        return Cell(cells.money("0"), notes=("zero",))
    if meant == "unknown":
        return Cell(empty=True, notes=("unknown",))
    return Cell(
        problem=_("A dash can be zero or unknown. Say which, at the columns."), notes=("ask-dash",)
    )


def _day(
    text: str, name: str, header: str, options: Options, order: Order, notes: list[str]
) -> str:
    """A day's text with what its column and the others say of it: zone, order, calendar."""
    text = " ".join(text.split())
    if dates.is_instant(text):
        if header in options.midnight and dates.is_midnight(text):
            notes.append("midnight")
            return text
        notes.append("instant")
        return dates.local(text)
    if dates.is_serial(text):
        if header in options.packed:
            raise ValueError(
                _(
                    "Other cells of this column are days as digits alone, so this can be several "
                    "days. Write the date as 2025-08-12 or 08/12/2025."
                )
            )
        notes.append("serial")
        counted = int(text) + (dates.FROM_1904 if options.from_1904 else 0)
        text = dates.of_serial(str(counted)).isoformat()
    elif ":" in text:
        notes.append("clock")
    full = dates.full_year(text, ahead=name in AHEAD)
    if full != text and not full.endswith(f"20{full[-2:]}"):
        notes.append("century")
    return order.month_before_day(full, header, notes)


def sentences(counted: Mapping[tuple[str, str], int]) -> list[str]:
    """What was changed or dropped, a sentence a column and kind of thing."""
    return [
        str(NOTES[note]) % {"column": header, "n": n}
        for (header, note), n in sorted(counted.items())
    ]
