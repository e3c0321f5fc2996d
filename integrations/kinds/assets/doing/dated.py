"""What a row moves that dates a thing anew: since when awards pay for it. The act itself is tried
and taken back, so that the preview promises and refuses what will be."""

from datetime import date

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from assets.actions import change_asset
from assets.models import Asset, Status
from core.access import Actor
from core.problems import ProblemError
from core.time import days
from funding.models import UnitShare
from funding.rules.chronology import shown
from integrations.kinds.assets.row import AssetPlan


def tell_dated(plan: AssetPlan, asset: Asset, by: Actor) -> None:
    """Say of a row which gives a thing another acquired day since when awards pay for it then;
    refuse it where that is not to be moved so."""
    unit, changes = asset.unit_id, plan.changes
    if unit is None or changes.acquired_on is None or plan.problems:
        return
    if asset.status == Status.VOID or (before := _paid_since(unit)) is None:
        return
    try:
        with transaction.atomic():
            change_asset(asset, by=by, acquired_on=plan.values.acquired_on)
            after = _paid_since(unit)
            transaction.set_rollback(True)
    except ProblemError as error:
        for problem in error.problems:
            plan.refuse("acquired_on", str(problem.message))
        return
    if after is not None and after != before:
        message = _("What awards pay for it is paid since %(day)s then, no more since %(before)s.")
        plan.warnings.append(message % {"day": shown(after), "before": shown(before)})


def _paid_since(unit: int) -> date | None:
    """The first day on which awards paid for a unit, as known now."""
    known = UnitShare.objects.known().filter(unit=unit)
    first = known.aggregate(first=Min("valid_from"))["first"]
    return days.local_date(first) if first is not None else None
