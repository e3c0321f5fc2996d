"""What somebody saw of the money of a unit when they said what should become of it."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.problems import Problem, Stale
from funding.models import Unit, UnitShare


def paying_of(unit: Unit) -> str:
    """What it costs and which awards pay how much of it, in one word that a form remembers."""
    shares = UnitShare.objects.standing().filter(unit=unit).order_by("award", "pk")
    paid = [f"{award} {amount}" for award, amount in shares.values_list("award", "amount")]
    # With our key: awards that its reader may not know are not found by trying some.
    text = f"{unit.pk} {unit.cost}: {paid}"
    return salted_hmac("funding.seen", text, algorithm="sha256").hexdigest()[:16]


def refuse_stale(unit: Unit, seen: str) -> None:
    """Raise Stale where the money of a locked unit is not what was seen (empty: nobody says)."""
    if seen and seen != paying_of(unit):
        message = _(
            "What it cost or who pays for it changed since you opened this. "
            "Look again and save what is right."
        )
        raise Stale(Problem("stale", message))
