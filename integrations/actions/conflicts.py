"""Rows that might mean another thing: what somebody chose, for one row or for all alike."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.db import bulk
from core.problems import Problem, invalid_if, refuse_if
from integrations.actions.plan import opened, plan_import
from integrations.kinds.conflicts import CONFLICTS
from integrations.models import ImportSession, StagedRow


def settle_conflicts(
    session: ImportSession, kind: str, choice: str, *, by: Actor, rows: Iterable[int] | None = None
) -> ImportSession:
    """Choose for all rows that ask the same, or for those of `rows` (numbers), and plan again.

    The act itself, and whether `by` may do it, is planned and applied like anything else of the
    row. Raises Invalid for a choice that is not offered."""
    require(by, "integrations.import")
    if kind not in CONFLICTS or choice not in CONFLICTS[kind][1]:
        invalid_if([Problem("choice", _("Choose what these rows mean."), "choice")])
    with transaction.atomic():
        session = opened(session, by)
        asking = StagedRow.objects.filter(session=session, conflict=kind, outcome="refused")
        if rows is not None:
            asking = asking.filter(number__in=list(rows))
        found = list(asking.only("pk", "decisions"))
        if not found:
            message = _("No row asks this any more. Look at the preview again.")
            refuse_if([Problem("not-asked", message, "choice")])
        for row in found:
            row.decisions = {**row.decisions, kind: choice}
        bulk.write(found, ["decisions"])
    return plan_import(session, by=by)
