"""Query parameters: what each may be, said once for the reader and for the contract."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.api.fields import LARGEST_ID
from core.problems import Problem, invalid_if
from core.text.lines import LINE
from core.text.plain import came_whole, not_text

MAX_LIMIT = 200


@dataclass(frozen=True)
class Kind:
    """How a value is read (ValueError says why not), and the same as JSON schema."""

    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    description: str = ""
    #: Several values: with commas between them, or (as some generated clients do) the name again.
    many: bool = False

    def about(self, description: str) -> "Kind":
        return replace(self, description=description)


def whole(least: int, most: int, **schema: Any) -> Kind:
    """A whole number between two."""

    def read(value: str) -> int:
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", value) or not least <= int(value) <= most:
            words = {"least": least, "most": most}
            raise ValueError(_("Write a whole number from %(least)s to %(most)s.") % words)
        return int(value)

    return Kind(read, {"type": "integer", "minimum": least, "maximum": most, **schema})


def _text(value: str) -> str:
    if len(value) > 200 or not re.fullmatch(LINE[1:-1], value):
        raise ValueError(_("Write at most 200 characters in one line."))
    return value


def _day(value: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(_("Write the date as 2025-08-12."))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(_("There is no such day.")) from error


ID = whole(1, LARGEST_ID)
SEAL = whole(0, LARGEST_ID, default=0)
LIMIT = whole(1, MAX_LIMIT, default=50)
TEXT = Kind(_text, {"type": "string", "maxLength": 200, "pattern": LINE})
DAY = Kind(_day, {"type": "string", "format": "date"})
CURSOR = Kind(_text, {"type": "string"}, "`next` of the page before")


def choice(values: Iterable[str]) -> Kind:
    """One of some words."""
    offered = list(values)

    def read(value: str) -> str:
        if value not in offered:
            raise ValueError(_("Write one of: %s.") % ", ".join(offered))
        return value

    return Kind(read, {"type": "string", "enum": offered})


BOOLEAN = Kind(lambda v: choice(["true", "false"]).read(v) == "true", {"type": "boolean"})


def several(kind: Kind) -> Kind:
    """Values of a kind with commas between them, at most 200."""

    def read(value: str) -> list[Any]:
        parts = value.split(",")
        if len(parts) > MAX_LIMIT:
            raise ValueError(_("At most 200 values."))
        return [kind.read(p) for p in parts]

    items = {"type": "array", "items": kind.schema, "minItems": 1, "maxItems": MAX_LIMIT}
    return Kind(read, items, "with commas between them", many=True)


def read_query(query: QueryDict, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The query's values by name. Raises Invalid with one problem for each that is unknown,
    repeated or not of its kind."""
    found, problems = {}, []
    for name, values in query.lists():
        shown = f"?{name[:60]}"
        if not all(map(came_whole, (name, *values))):
            problems.append(not_text())
        elif name not in kinds:
            message = _("There is no parameter called %s.") % name[:60]
            problems.append(Problem("unknown-parameter", message, shown))
        elif len(values) > 1 and not kinds[name].many:
            problems.append(Problem("repeated", _("This parameter stands here twice."), shown))
        else:
            try:
                found[name] = kinds[name].read(",".join(values))
            except ValueError as error:
                problems.append(Problem("parameter", str(error), shown))
    invalid_if(problems)
    return found
