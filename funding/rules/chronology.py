"""One order of days for everything that was bought: acquired, received, seen, disposed.

Every door asks this: registration, import, REST, a change, a correction, a receipt, a sighting, a
disposal, a merge. Nothing is moved to fit; what contradicts is refused and the sentence names both
days.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.problems import Problem


class Chronology(NamedTuple):
    """What is known of the days of a thing; None where nobody said. `received_on` only where
    somebody did: a day that stands in for it contradicts nothing. `seen_on` and `loaned_on` are
    the first such days, those with `last_` the last of what is recorded. `there_since`: the first
    day on which the register has it."""

    today: date
    acquired_on: date | None = None
    received_on: date | None = None
    seen_on: date | None = None
    loaned_on: date | None = None
    status_on: date | None = None
    disposed_on: date | None = None
    listed_on: date | None = None
    last_seen_on: date | None = None
    last_loaned_on: date | None = None
    last_returned_on: date | None = None
    last_moved_on: date | None = None
    last_here_on: date | None = None
    last_noted_on: date | None = None
    there_since: date | None = None


#: The field of a form, row or request: where its day stands.
_NAMES = {
    "acquired_on": "acquired_on",
    "received_on": "received_on",
    "last_verified_on": "seen_on",
    "loaned_on": "loaned_on",
    "status_on": "status_on",
    "disposed_on": "disposed_on",
    "listed_on": "listed_on",
}
# Put into the reader's language only where one is told: a file asks this for each of its rows.
_NOT_YET = _("%(day)s has not come yet.")
_SEEN_EARLY = _("It was seen on %(day)s, before it was received on %(first)s.")
_BEFORE_ACQUIRED = {
    "received_on": (
        "received-before-acquired",
        _("It was received on %(day)s, before it was acquired on %(first)s."),
    ),
    "last_verified_on": (
        "seen-before-acquired",
        _("It was seen on %(day)s, before it was acquired on %(first)s."),
    ),
    "loaned_on": (
        "loaned-before-acquired",
        _("It was handed out on %(day)s, before it was acquired on %(first)s."),
    ),
    "status_on": (
        "changed-before-acquired",
        _("Its status is of %(day)s, before it was acquired on %(first)s."),
    ),
    "disposed_on": (
        "disposed-before-acquired",
        _("It was disposed on %(day)s, before it was acquired on %(first)s."),
    ),
    "listed_on": (
        "listed-before-acquired",
        _("The list is of %(day)s, and it was acquired on %(first)s."),
    ),
}


#: Where nobody said when it was acquired, the receipt comes first.
_BEFORE_RECEIVED = {
    "loaned_on": (
        "loaned-before-received",
        _("It was handed out on %(day)s, before it was received on %(first)s."),
    ),
    "status_on": (
        "changed-before-received",
        _("Its status is of %(day)s, before it was received on %(first)s."),
    ),
}
_LEFT_EARLY = {
    "disposed-before-there": _(
        "It was disposed on %(day)s, and it is here since %(other)s: say first when it was "
        "acquired."
    ),
    "disposed-before-received": _(
        "It was disposed on %(day)s, before it was received on %(other)s."
    ),
    "disposed-before-seen": _("It was disposed on %(day)s, and seen after that, on %(other)s."),
    "disposed-before-loaned": _(
        "It was disposed on %(day)s, and handed out after that, on %(other)s."
    ),
    "disposed-before-returned": _(
        "It was disposed on %(day)s, and checked in after that, on %(other)s."
    ),
    "disposed-before-moved": _(
        "It was disposed on %(day)s, and put into a room after that, on %(other)s."
    ),
    "disposed-before-here": _(
        "It was disposed on %(day)s, and somebody said after that, on %(other)s, that it was here."
    ),
    "disposed-before-noted": _(
        "It was disposed on %(day)s, and its condition was noted after that, on %(other)s."
    ),
}


def shown(day: date) -> str:
    """A day within a sentence."""
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def chronology_problems(days: Chronology) -> Iterator[Problem]:
    """Acquired <= received <= seen; acquired, else received <= handed out, lost, disposed; nobody
    came to it after it was disposed; all of it <= today."""
    told = {name: day for name in _NAMES if (day := getattr(days, _NAMES[name])) is not None}
    for name, day in told.items():
        if day > days.today:
            yield Problem("in-the-future", _NOT_YET % {"day": shown(day)}, name)
    first = days.acquired_on
    since, early = first, _BEFORE_ACQUIRED
    if first is None:
        since, early = days.received_on, _BEFORE_RECEIVED
    if since is not None:
        for name, day in told.items():
            if day < since and name in early:
                code, message = early[name]
                yield Problem(code, message % {"day": shown(day), "first": shown(since)}, name)
    if days.disposed_on is not None:
        yield from _left_problems(days, days.disposed_on)
    if days.received_on is None or days.seen_on is None or days.seen_on >= days.received_on:
        return
    if first is None or days.seen_on >= first:
        words = {"day": shown(days.seen_on), "first": shown(days.received_on)}
        yield Problem("seen-before-received", _SEEN_EARLY % words, "last_verified_on")


def _left_problems(days: Chronology, left: date) -> Iterator[Problem]:
    """What left was there before that, and nobody saw it, had it or said where it is after."""
    first = days.acquired_on is None  # else that says since when it was there
    early = {
        "disposed-before-there": first and days.there_since,
        "disposed-before-received": first and days.received_on,
        "disposed-before-seen": days.last_seen_on or days.seen_on,
        "disposed-before-loaned": days.last_loaned_on,
        "disposed-before-returned": days.last_returned_on,
        "disposed-before-moved": days.last_moved_on,
        "disposed-before-here": days.last_here_on,
        "disposed-before-noted": days.last_noted_on,
    }
    for code, other in early.items():
        if other and left < other:
            words = {"day": shown(left), "other": shown(other)}
            yield Problem(code, _LEFT_EARLY[code] % words, "disposed_on")


_PAID_EARLY = {
    "paid-before-acquired": _(
        "It was acquired on %(first)s: no award paid for it on %(day)s, before that."
    ),
    "paid-before-received": _(
        "It was received on %(first)s: no award paid for it on %(day)s, before that."
    ),
    "paid-before-listed": _(
        "Nobody said when it came, and %(first)s is the first day that its list tells of: to say "
        "that an award paid on %(day)s, say first when it was acquired."
    ),
}


def payment_problems(
    paid_on: date, *, received_on: date, listed: bool, acquired_on: date | None
) -> Iterator[Problem]:
    """An award pays from the receipt on, or since its thing was acquired where that was earlier.
    `listed`: nobody dated the receipt, `received_on` stands in for it."""
    code, first = "paid-before-listed" if listed else "paid-before-received", received_on
    if acquired_on is not None and acquired_on <= received_on:
        code, first = "paid-before-acquired", acquired_on
    if paid_on < first:
        yield Problem(
            code, _PAID_EARLY[code] % {"day": shown(paid_on), "first": shown(first)}, "at"
        )
