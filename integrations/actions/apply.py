"""Applying and undoing as Runs: in batches that each commit whole and survive a kill."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import runs
from core.access import Actor, require
from core.journal import record
from core.problems import Problem, ProblemError, refuse_if
from integrations.actions.stage import plan_rows, save_rows
from integrations.kinds import KINDS
from integrations.kinds.base import Planned, Unknown
from integrations.models import ImportSession, StagedRow

BATCH = 500
State = ImportSession.State


def _start(session: ImportSession, by: Actor, now: str, then: str, kind: str) -> ImportSession:
    with transaction.atomic():
        session = ImportSession.objects.visible_to(by).get(pk=session.pk)
        require(by, "integrations.import")
        # A double click asks twice: the conditional update starts one run.
        if not ImportSession.objects.filter(pk=session.pk, state=now).update(state=then):
            refuse_if(
                [Problem("state", _("This cannot be done now: %s.") % session.get_state_display())]
            )
        session.refresh_from_db()
        session.run = runs.start(kind, {"session": session.pk}, by=by)
        session.save(update_fields=["run"])
        record(f"import.{then}", session, by=by)
    return session


def apply_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """Apply the good rows as a Run; refused rows stay behind and can be taken as a file."""
    return _start(session, by, State.PREVIEWED, State.APPLYING, "import")


def undo_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """Undo as a Run; rows that changed since are refused and named."""
    return _start(session, by, State.APPLIED, State.UNDOING, "import-undo")


def do_apply(work: runs.Work) -> dict[str, Any]:
    """The worker's part of applying: each batch is one transaction with its rows' marks, so a
    killed worker's successor goes on where the last whole batch ended."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    todo = StagedRow.objects.filter(session=session, outcome__in=["create", "update"])
    total = todo.count()
    while rows := list(todo.filter(applied=False).order_by("number")[:BATCH]):
        try:
            _apply_batch(work, session, rows)
        except ProblemError:
            for row in rows:  # one row spoils its batch: the others go in one by one
                try:
                    _apply_batch(work, session, [row])
                except ProblemError as error:
                    _refuse(row, [[p.field or "", str(p.message)] for p in error.problems])
        work.progress(total - todo.filter(applied=False).count(), max(total, 1))
    ImportSession.objects.filter(pk=session.pk).update(state=State.APPLIED)
    return {"url": f"/imports/{session.pk}/"}


def _apply_batch(work: runs.Work, session: ImportSession, rows: list[StagedRow]) -> None:
    kind = KINDS[session.kind]
    with transaction.atomic():
        work.hold()  # a worker taken for dead must not apply a batch that its successor applies
        plans = plan_rows(kind, session, rows, work.by, {}, Unknown(session.options))
        good: list[Planned] = []
        for plan in plans:
            if plan.problems:
                plan.row.outcome, plan.row.problems = "refused", plan.problems
            elif plan.outcome == "same":
                plan.row.outcome = "same"
            else:
                plan.row.changes, plan.row.object_id = plan.changes, plan.object_id
                plan.row.outcome = plan.outcome
                good.append(plan)
        kind.apply(session, good, work.by)
        for plan in good:
            plan.row.applied = True
        save_rows(
            rows, ["applied", "object_id", "applied_version", "outcome", "problems", "changes"]
        )


def _refuse(row: StagedRow, problems: list[list[str]]) -> None:
    row.outcome, row.problems = "refused", problems
    row.save(update_fields=["outcome", "problems"])


def do_undo(work: runs.Work) -> dict[str, Any]:
    """The worker's part of undoing, newest row first, each in its own transaction."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    kind = KINDS[session.kind]
    rows = StagedRow.objects.filter(session=session, applied=True, undone=False).order_by("-number")
    pks = list(rows.values_list("pk", flat=True))
    refused = 0
    for n, pk in enumerate(pks, start=1):
        with transaction.atomic():
            work.hold()  # a worker taken for dead must not undo what its successor undoes
            row = StagedRow.objects.select_for_update().get(pk=pk)
            try:
                with transaction.atomic():
                    why = kind.undo(session, row, work.by)
            except ProblemError as error:
                why = str(error)
            row.undone = not why
            row.problems = [["", why]] if why else []
            refused += bool(why)
            row.save(update_fields=["undone", "problems"])
        if n % 50 == 0 or n == len(pks):
            work.progress(n, len(pks))
    ImportSession.objects.filter(pk=session.pk).update(state=State.UNDONE)
    return {"url": f"/imports/{session.pk}/", "refused": refused}
