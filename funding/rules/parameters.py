"""What a parameter's value may be: rules read it as an amount or a day, and never stumble."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from core.problems import Problem
from core.time import days
from funding.models import Parameter

AMOUNTS = {
    "equip_threshold",
    "fmv_threshold",
    "supply_threshold",
    "special_threshold",
    "award_equip_threshold",
    "inventory_cycle_months",
}
DAYS = {"ug_text_2024_from", "ug_text_doubt_until"}


def parameter_problems(parameter: Parameter) -> Iterator[Problem]:
    """Why a value cannot be set."""
    if parameter.key in AMOUNTS and not _is_amount(parameter.value):
        yield Problem("parameter-value", _("Give a number, as in 10000."), "value")
    if parameter.key in DAYS and not _is_day(parameter.value):
        yield Problem("parameter-value", _("Give a day, as in 2024-10-01."), "value")
    if parameter.state is not None and not (
        len(parameter.state) == 2 and parameter.state.isascii() and parameter.state.isalpha()
    ):
        yield Problem("state", _("Give the state's two letters, as in TX."), "state")
    first, last = parameter.starts_on, parameter.ends_on
    if first and last and last < first:
        yield Problem("ends-before", _("It ends before it begins."), "ends_on")


def _is_amount(text: str) -> bool:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return False
    return found.is_finite() and found >= 0


def _is_day(text: str) -> bool:
    try:
        return days.in_range(date.fromisoformat(text))
    except ValueError:
        return False
