"""A purchase is with one vendor: what is said when a list names another."""

from django.utils.translation import gettext as _

from core.problems import Problem
from funding.models import Purchase


def other_vendor(purchase: Purchase) -> Problem:
    """A list names another vendor than the purchase has."""
    message = _("Purchase %(number)s is with %(vendor)s.")
    words = {"number": purchase.number, "vendor": purchase.vendor}
    return Problem("vendor-other", message % words, "vendor")


def two_vendors(number: str, one: str, other: str) -> Problem:
    """A list names two vendors for a purchase that is new."""
    message = _("Purchase %(number)s is said to be with %(one)s and with %(other)s.")
    words = {"number": number, "one": one, "other": other}
    return Problem("vendor-two", message % words, "vendor")
