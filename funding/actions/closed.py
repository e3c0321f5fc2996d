"""Awards that are out of use pay for nothing new."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from core.problems import Problem, refuse_if
from funding.models import Award, Unit, UnitShare
from funding.rules.shares import ShareDraft


def refuse_closed(units: Collection[Unit], shares: Sequence[ShareDraft]) -> None:
    """Refuse awards that somebody put out of use, for units that they do not pay for, and did not,
    on any day as known now. A list is asked whether they did: it tells of what was."""
    named = {share.award.pk for share in shares}
    closed = list(Award.objects.filter(pk__in=named, active=False).order_by("name"))
    if not closed:
        return
    rows = UnitShare.objects.known().filter(unit__in=units, award__in=closed)
    paid = set(rows.values_list("unit", "award"))
    new = [a.name for a in closed if any((unit.pk, a.pk) not in paid for unit in units)]
    if new:
        message = _(
            "Out of use: %s. It pays for nothing new: name another award; or, where it did pay for "
            "this, put it in use on its page first, and out of use again after."
        )
        refuse_if([Problem("award-closed", message % ", ".join(new), "award")])
