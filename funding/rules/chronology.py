"""One order of days for everything that was bought: acquired, received, seen, disposed (F-01).

Every door asks this: registration, import, REST, a change, a correction, a receipt, a sighting, a
disposal. Nothing is moved to fit; what contradicts is refused and the sentence names both days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

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


def shown(day: date) -> str:
    """A day within a sentence."""
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def chronology_problems(days: Chronology) -> Iterator[Problem]:
    """Acquired <= received <= seen; acquired <= handed out, lost, disposed; all of it <= today."""
    told = {
        "acquired_on": days.acquired_on, "received_on": days.received_on,
        "last_verified_on": days.seen_on, "loaned_on": days.loaned_on,
        "status_on": days.status_on, "disposed_on": days.disposed_on,
        "listed_on": days.listed_on,
    }  # fmt: skip
    for name, day in told.items():
        if day is not None and day > days.today:
            message = _("%(day)s has not come yet.")
            yield Problem("in-the-future", message % {"day": shown(day)}, name)
    after_acquired = {
        "received_on": ("received-before-acquired", days.received_on,
            _("It was received on %(day)s, before it was acquired on %(first)s.")),
        "last_verified_on": ("seen-before-acquired", days.seen_on,
            _("It was seen on %(day)s, before it was acquired on %(first)s.")),
        "loaned_on": ("loaned-before-acquired", days.loaned_on,
            _("It was handed out on %(day)s, before it was acquired on %(first)s.")),
        "status_on": ("changed-before-acquired", days.status_on,
            _("Its status is of %(day)s, before it was acquired on %(first)s.")),
        "disposed_on": ("disposed-before-acquired", days.disposed_on,
            _("It was disposed on %(day)s, before it was acquired on %(first)s.")),
        "listed_on": ("listed-before-acquired", days.listed_on,
            _("The list is of %(day)s, and it was acquired on %(first)s.")),
    }  # fmt: skip
    if days.acquired_on is not None:
        for name, (code, day, message) in after_acquired.items():
            if day is not None and day < days.acquired_on:
                words = {"day": shown(day), "first": shown(days.acquired_on)}
                yield Problem(code, message % words, name)
    if days.received_on is None or days.seen_on is None or days.seen_on >= days.received_on:
        return
    if days.acquired_on is None or days.seen_on >= days.acquired_on:
        message = _("It was seen on %(day)s, before it was received on %(first)s.")
        words = {"day": shown(days.seen_on), "first": shown(days.received_on)}
        yield Problem("seen-before-received", message % words, "last_verified_on")
