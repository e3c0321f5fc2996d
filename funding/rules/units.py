"""What may not happen to a unit any more."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from core.problems import Problem
from funding.models import Unit


def reason_missing() -> Problem:
    """Other awards pay for it from now on, and nobody says why."""
    message = _("Awards pay for it already: say why others do now.")
    return Problem("reason-missing", message, "reason")


def void_problems(unit: Unit) -> Iterator[Problem]:
    """A unit that never was bears no money and no thing."""
    if unit.voided_at:
        yield Problem("unit-void", _("This unit was voided."), "unit")


def cost_problems(cost: Decimal | None, paid: Decimal | None) -> Iterator[Problem]:
    """A unit costs no less than awards pay of it already."""
    if paid and (cost or Decimal(0)) < paid:
        message = _("The awards pay %(paid)s of it; reclassify them first.")
        yield Problem("cost-below-shares", message % {"paid": paid}, "cost")
