"""How a template of a sentence is filled, and how days and what changed of typed words read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.text.written import day

BLANK = re.compile(r"\{(\w+)\}")
#: How the names of columns end that hold days or instants.
OF_DAYS = ("_on", "_at", "_by", "_from", "_start", "_end", "_until")
OPTIONAL = re.compile(r"\[([^\]]*)\]")


def filled(template: str, words: Mapping[str, str]) -> str:
    """A template with its optional parts kept or left out."""

    def part(found: re.Match[str]) -> str:
        value = words.get(BLANK.findall(found[1])[0], "–")
        return "" if value in ("–", words["subject"]) else found[1]

    return OPTIONAL.sub(part, template)


class Words(dict[str, str]):
    """What fills a template; a dash for what nobody told."""

    def __missing__(self, key: str) -> str:
        return "–"


def date_of(value: Any) -> str:
    """A local date or an instant out of the journal, as people write it."""
    try:
        return day(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)  # an older shape


def of_words(old: Any, new: Any) -> tuple[str, str]:
    """What is told of typed words and a person's values, for which digests stand: that they
    changed."""
    if not new:
        return "", _("removed")
    return "", _("changed") if old else _("written")
