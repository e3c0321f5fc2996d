"""What may not happen to a unit any more."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from core.problems import Problem
from core.text.written import money
from core.time import days
from funding.models import Unit
from funding.rules.chronology import shown
from funding.rules.split import MOST


def reason_missing(*, until: date | None = None) -> Problem:
    """Other awards pay for it from now on, or than paid `until` a day, and nobody says why."""
    message = _("Awards pay for it already: say why others do now.")
    if until is not None:
        message = _(
            "Awards paid for it until %(day)s: say why others did, or leave out from when it is "
            "true, and it is true from then on."
        ) % {"day": shown(until)}
    return Problem("reason-missing", message, "reason")


def void_problems(unit: Unit) -> Iterator[Problem]:
    """A unit that never was bears no money and no thing."""
    if unit.voided_at:
        yield Problem("unit-void", _("This unit was voided."), "unit")


def cost_problems(
    cost: Decimal | None, paid: Sequence[tuple[datetime, Decimal]]
) -> Iterator[Problem]:
    """A unit costs no less than awards pay of it, today and on each day before: a cost has no day,
    it holds on all of them. Nor more than a column holds. `paid`: what they pay together, from
    which instants on."""
    if cost is not None and cost > MOST:
        message = _("The most that a unit costs is %(most)s. Look whether it has a digit too many.")
        yield Problem("cost-too-large", message % {"most": money(MOST)}, "cost")
    over = [(at, amount) for at, amount in paid if amount > (cost or Decimal(0))]
    if over:
        message = _(
            "The awards pay %(paid)s of it since %(day)s, or did: it cost the same on every day. "
            "Reclassify them first, from that day on."
        )
        most = max(amount for _at, amount in over)
        day = shown(days.local_date(over[0][0]))
        yield Problem("cost-below-shares", message % {"paid": most, "day": day}, "cost")
