"""What a page is asked for in its address."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.access import MaybeActor
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


class Reader(Protocol):
    """How a page reads a text that is not blank. Raises Invalid."""

    def read(self, text: str, name: str, by: MaybeActor) -> Any:
        """What is asked by the parameter `name`."""


@dataclass(frozen=True)
class Line:
    """A text, of which so much is looked for."""

    longest: int = 100

    def read(self, text: str, name: str, by: MaybeActor) -> str:
        return text[: self.longest]


@dataclass(frozen=True)
class Day:
    """Today or a day before it."""

    def read(self, text: str, name: str, by: MaybeActor) -> date | None:
        return day_asked(text, name)


@dataclass(frozen=True)
class Row:
    """One of the rows that somebody may ask for, by its key."""

    rows: Callable[[MaybeActor], QuerySet[Any]]

    def read(self, text: str, name: str, by: MaybeActor) -> Any:
        found = self.rows(by).filter(pk=number_asked(text) or 0).first()
        if found is None:
            message = _("There is no such %(name)s, or it is not yours to see.")
            raise Invalid(Problem("filter", message % {"name": name}, name))
        return found

    def choices(self, by: MaybeActor) -> list[tuple[Any, Any]]:
        """What the page offers."""
        return list(self.rows(by).values_list("pk", "name"))


@dataclass(frozen=True)
class Word:
    """One of the words that somebody may ask for, each with what it is called."""

    words: Callable[[MaybeActor], Iterable[tuple[str, Any]]]

    def read(self, text: str, name: str, by: MaybeActor) -> str:
        if text not in dict(self.words(by)):
            message = _("%(value)s is not one of the choices of %(name)s.")
            raise Invalid(Problem("filter", message % {"value": text, "name": name}, name))
        return text

    def choices(self, by: MaybeActor) -> list[tuple[Any, Any]]:
        """What the page offers."""
        return list(self.words(by))


def all_asked(
    texts: Mapping[str, str], readers: Mapping[str, Reader], by: MaybeActor
) -> tuple[dict[str, Any], list[Problem]]:
    """What a page is asked, by name, and a sentence for each that is unknown or wrong."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        if name not in readers:
            message = _("There is no filter called %(name)s.")
            problems.append(Problem("unknown-parameter", message % {"name": name[:40]}, name))
            continue
        try:
            values[name] = readers[name].read(text, name, by)
        except Invalid as error:
            problems += error.problems
    return values, problems


def known_asked(
    query: Mapping[str, str], readers: Mapping[str, Reader], by: MaybeActor
) -> dict[str, Any]:
    """What a page is asked, of what it knows; the rest is of no concern to it. Raises Invalid."""
    texts = {name: text for name in readers if (text := query.get(name, "").strip())}
    values, problems = all_asked(texts, readers, by)
    invalid_if(problems)
    return values
