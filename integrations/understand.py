"""A cell as its column means it: what was changed on the way is noted, what could mean two things
is asked."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.codes.remarks import is_several
from assets.codes.shape import unstarred
from core.files.tabular import typed
from core.text.lines import has_lines, in_one_line
from integrations import cells, dates, no_codes
from integrations.fields import Field
from integrations.options import Options
from integrations.ordering import Order
from integrations.words.nothing import stands_for_none

_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
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
    "lines": gettext_lazy("%(column)s: texts of several lines were put in one (cells: %(n)s)."),
    "format": gettext_lazy(
        "%(column)s: numbers in a format that is not understood were taken without it "
        "(cells: %(n)s)."
    ),
    "grades": gettext_lazy(
        "%(column)s: lists of several grades are nobody's, and were not taken over (cells: %(n)s)."
    ),
    "century": gettext_lazy(
        "%(column)s: years of two digits were taken as of the last century, 8/12/68 is "
        "08/12/1968 (cells: %(n)s)."
    ),
    "ask-quantity": gettext_lazy(
        "Rows mean several items each. Say at the columns what they are (rows: %(n)s)."
    ),
    "school-beside": gettext_lazy(
        "%(column)s: what is no school here stands beside one that is, and was not read "
        "(cells: %(n)s)."
    ),
    "no-room": gettext_lazy(
        "%(column)s: a building beside no room was not taken over, since an item is in rooms "
        "alone (cells: %(n)s)."
    ),
    "no-holder": gettext_lazy(
        "%(column)s: the day of a hand-out beside nobody was not taken over (cells: %(n)s)."
    ),
    "steady": gettext_lazy(
        "%(column)s: since when an item is in stock or in use was not taken over, which its "
        "acquisition, rooms and holders say (cells: %(n)s)."
    ),
    "zero": gettext_lazy("%(column)s: dashes were taken as zero (cells: %(n)s)."),
    "unknown": gettext_lazy("%(column)s: dashes were taken as unknown (cells: %(n)s)."),
}


class Cell(NamedTuple):
    """What a cell says; `empty` where it says nothing, `problem` where it cannot be taken; `silent`
    where its word leaves things as they are, `counted` where each cell of its words counts."""

    value: Any = None
    problem: str = ""
    notes: tuple[str, ...] = ()
    empty: bool = False
    silent: bool = False
    counted: bool = False


#: What kind of cells a parser reads; any other reads words.
_SHAPES: dict[Any, str] = {
    cells.day: "day",
    cells.past_day: "day",
    cells.code: "code",
    cells.thing_code: "code",
    cells.aln: "code",
    cells.nces_id: "code",
    cells.money: "money",
    cells.percent: "percent",
    cells.text: "text",
    cells.name: "text",
}


def _shape(parse: Callable[[str], Any]) -> str:
    return _SHAPES.get(getattr(parse, "func", parse), "word")


def is_day(parse: Callable[[str], Any]) -> bool:
    """Whether a parser reads days."""
    return _shape(parse) == "day"


def is_amount(field: Field) -> bool:
    """Whether a column's cells are amounts."""
    return field.amount or _shape(field.parse) in ("money", "percent")


def understand(field: Field, header: str, raw: str, options: Options, order: Order) -> Cell:
    """A cell of the column `header`, which becomes the field. `options`: what the file's columns
    are like and what the person said of them; `order`: of its dates."""
    shape = _shape(field.parse)
    notes: list[str] = []
    text = typed(raw)
    if raw.startswith("=") and (found := _FORMULA.fullmatch(text)):
        text = found[1].replace('""', '"').strip()
        notes.append("mark")
    elif shape == "code" and text.startswith("'") and text[1:].isdecimal():
        text = text[1:]
        notes.append("mark")
    if shape == "code" and (inside := unstarred(text)) != text:
        text = inside
        notes.append("stars")
    if field.prose:
        text = _prose(text, notes)
    plain = text.strip().lower()
    if not plain:
        return Cell(empty=True, notes=tuple(notes))
    if shape != "word" and stands_for_none(field.name, shape, plain):
        return Cell(empty=True, notes=("empty",))
    if shape == "day" and dates.is_never(text, happens_once=field.happens_once):
        return Cell(empty=True, notes=("never",))
    try:
        if shape in ("code", "text") and not field.prose:
            _refuse_odd(field, raw, text, notes, codes_look_so=header in options.undated)
        if shape == "day":
            text = _day(text, field, header, options, order, notes)
        elif shape == "money" and _DASH.fullmatch(text.strip()):
            return _dash(options.dash)
        value = field.parse(text)
    except ValueError as error:
        return Cell(problem=str(error), notes=tuple(n for n in notes if n.startswith("ask-")))
    if shape == "money" and cells.has_dust(text.strip()):
        notes.append("dust")
    return Cell(value, notes=tuple(notes))


def _prose(text: str, notes: list[str]) -> str:
    """A text of many words in one line, without what a workbook says of a number's format."""
    if has_lines(text):
        text = in_one_line(text)
        notes.append("lines")
    if (bare := cells.without_format(text)) != text:
        notes.append("format")
    return bare


def _refuse_odd(
    field: Field, raw: str, text: str, notes: list[str], *, codes_look_so: bool
) -> None:
    """Raises ValueError where a cell holds what was to be calculated, several codes, a code with a
    remark, or what a spreadsheet made of a grade (9-12), a tag or a room."""
    if raw.startswith("=") and "mark" not in notes:
        message = _("This is a formula without its result: %s. Write what it shows.")
        raise ValueError(message % raw[:100])
    if field.one_code and is_several(text):
        raise ValueError(_("These seem to be several: %s. Write one in a row.") % text[:100])
    text = text.strip()
    if field.name in ("tag", "serial"):  # what a thing is known by
        no_codes.refuse_remark(text)
    if field.name == "grade":
        cells.refuse_made(text)
    if not (field.free or field.day_too):
        no_codes.refuse_shown(text, codes_look_so=codes_look_so)
    if field.one_code:
        no_codes.refuse_amount(text)


def _dash(meant: str) -> Cell:
    if meant == "zero":
        return Cell(cells.money("0"), notes=("zero",))
    if meant == "unknown":
        return Cell(empty=True, notes=("unknown",))
    return Cell(
        problem=_("A dash can be zero or unknown. Say which, at the columns."), notes=("ask-dash",)
    )


def _day(
    text: str, field: Field, header: str, options: Options, order: Order, notes: list[str]
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
    full = dates.full_year(text, ahead=field.ahead)
    if full != text and not full.endswith(f"20{full[-2:]}"):
        notes.append("century")
    return order.month_before_day(full, header, notes)


def sentences(counted: Mapping[tuple[str, str], int]) -> list[str]:
    """What was changed or dropped, a sentence a column and kind of thing."""
    return [
        str(NOTES[note]) % {"column": header, "n": n}
        for (header, note), n in sorted(counted.items())
    ]
