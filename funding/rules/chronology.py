"""One order of days for everything that was bought: acquired, received, seen, disposed (F-01).

Every door asks this: registration, import, REST, a change, a correction, a receipt, a sighting, a
disposal. Nothing is moved to fit; what contradicts is refused and the sentence names both days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Chronology:
    """What is known of the days of a thing; None where nobody said. `received_on` only where
    somebody did: a day that stands in for it contradicts nothing."""

    today: date
    acquired_on: date | None = None
    received_on: date | None = None
    seen_on: date | None = None
    loaned_on: date | None = None
    status_on: date | None = None
    disposed_on: date | None = None
    listed_on: date | None = None


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


def shown(day: date) -> str:
    """A day within a sentence."""
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def chronology_problems(days: Chronology) -> Iterator[Problem]:
    """Acquired <= received <= seen; acquired <= handed out, lost, disposed; all of it <= today."""
    told = {name: day for name in _NAMES if (day := getattr(days, _NAMES[name])) is not None}
    for name, day in told.items():
        if day > days.today:
            yield Problem("in-the-future", _NOT_YET % {"day": shown(day)}, name)
    first = days.acquired_on
    if first is not None:
        for name, day in told.items():
            if day < first:
                code, message = _BEFORE_ACQUIRED[name]
                yield Problem(code, message % {"day": shown(day), "first": shown(first)}, name)
    if days.received_on is None or days.seen_on is None or days.seen_on >= days.received_on:
        return
    if first is None or days.seen_on >= first:
        words = {"day": shown(days.seen_on), "first": shown(days.received_on)}
        yield Problem("seen-before-received", _SEEN_EARLY % words, "last_verified_on")


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
