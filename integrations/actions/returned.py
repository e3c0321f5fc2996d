"""Refused rows that come back: they are rows of their own list, are read as that was read, and make
nothing that it made."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from core.access import Actor
from integrations.actions.memory import Answers, Words
from integrations.answers import ANSWERS
from integrations.given_out import mark_in, mark_of
from integrations.kinds.rows.answered import without_answers
from integrations.models import ImportSession
from integrations.options import Options

#: What a person says of a file for rows that do not say it themselves.
SAID = ("school", "category", "people", "list_of", "from_1904")
#: What the columns of the whole list are like, of which its refused rows are a few.
SEEN = ("day_first", "month_first", "dated", "late", "packed", "undated")


def list_of(session: ImportSession, headings: list[str], by: Actor) -> ImportSession | None:
    """The import whose refused rows a file holds; None where it holds none, or where the person
    said that it is of another source."""
    marks = set(filter(None, map(mark_in, headings)))
    said = session.said.part_of  # of a file that is read again by other headings
    if said is None and len(marks) != 1:
        return None
    pk = said or int(min(marks).partition("-")[0])
    origin = ImportSession.objects.visible_to(by).filter(pk=pk, kind=session.kind).first()
    if origin is None or (said is None and marks != {mark_of(origin)}):
        return None
    named = session.source not in (session.name.rsplit(".", 1)[0][:64], origin.source)
    return None if named else origin


def beside(headings: list[str]) -> Iterator[str]:
    """The columns that we wrote beside the rows."""
    return (h for h in headings if mark_in(h))


def take_over(
    session: ImportSession, origin: ImportSession, columns: dict[str, str], words: Words
) -> tuple[dict[str, str], Words]:
    """What was said of a list is said of its rows (not saved): what a person says of them now goes
    before it. How the columns are used and what the words mean, as the list's are."""
    then, now = origin.said, session.said
    empty = Options()
    unsaid = [n for n in SAID if getattr(now, n) == getattr(empty, n)]
    said: dict[str, Any] = {n: getattr(then, n) for n in unsaid}
    like: dict[str, Any] = {n: sorted({*getattr(then, n), *getattr(now, n)}) for n in SEEN}
    midnight = [h for h in now.midnight if h in then.midnight]
    workbook = now.workbook or then.workbook
    session.say(
        replace(now, part_of=origin.pk, midnight=midnight, workbook=workbook, **said, **like)
    )
    used = {h: origin.mapping.get(h, "") for h in origin.headers}
    meant = without_answers(then.mapped)
    every = {kind: words.get(kind, {}) | meant.get(kind, {}) for kind in {*words, *meant}}
    return columns | used, every


def answers_of(origin: ImportSession) -> Answers:
    """What was answered for a list."""
    return {n: str(a) for n in ANSWERS if (a := getattr(origin.said, n))}


def told_of(origin: ImportSession) -> str:
    message = _(
        "These are refused rows of %(name)s (import %(number)s): they come in as rows of that list."
    )
    return message % {"name": origin.name, "number": origin.pk}
