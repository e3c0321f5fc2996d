"""Rows that might mean another thing: what somebody chose, for one row or for all alike."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.db import bulk
from core.problems import Invalid, Problem, refuse_if
from integrations.actions.answered import ask_again, keep_answers
from integrations.actions.plan import opened, plan_import
from integrations.kinds import KINDS
from integrations.kinds.rows.decided import choose
from integrations.models import ImportSession, StagedRow

#: Instead of a choice: what was answered for an earlier file of the source is asked anew.
AGAIN = "ask"


def settle_conflicts(
    session: ImportSession,
    kind: str,
    choice: str,
    *,
    by: Actor,
    rows: Iterable[int] | None = None,
    seen: str | None = None,
) -> ImportSession:
    """Choose for all rows that ask the same, or for those of `rows` (numbers), and plan again.

    It counts for what the preview asked about: where that is about other things by now, it is asked
    anew. The act itself, and whether `by` may do it, is planned and applied like anything else of
    the row. The choice AGAIN asks all of them anew, also what was answered for an earlier file.
    Raises Invalid for a choice that is not offered."""
    if choice == AGAIN:
        return ask_again(session, kind, by=by, seen=seen)
    require(by, "integrations.import")
    asked = KINDS[session.kind].question(kind)
    if asked is None or choice not in asked.choices:
        raise Invalid(Problem("choice", _("Choose what these rows mean."), "choice"))
    with transaction.atomic():
        session = opened(session, by, seen)
        asking = StagedRow.objects.filter(session=session, conflict=kind, outcome="refused")
        if rows is not None:
            asking = asking.filter(number__in=list(rows))
        found = list(asking.only("pk", "decisions"))
        if not found:
            message = _("No row asks this any more. Look at the preview again.")
            refuse_if([Problem("not-asked", message, "choice")])
        for row in found:
            choose(row, kind, choice)
        bulk.write(found, ["decisions"])
        keep_answers(session, asked, found, by=by)
    return plan_import(session, by=by)
