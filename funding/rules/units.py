"""What may not happen to a unit any more."""

from collections.abc import Iterator

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
