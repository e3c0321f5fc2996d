"""Applying and undoing as Runs: in batches that each commit whole and survive a kill."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from core import runs
from core.access import Actor, require
from core.db.unavailable import away
from core.journal.writing import record
from core.ops.memory import without_collecting
from core.problems import Problem, ProblemError, Refused, refuse_if
from core.time import days
from integrations import eyes
from integrations.actions.answered import forget_answers
from integrations.actions.plan import as_seen, keep, plan_rows, save_planned, save_rows, widen
from integrations.kinds import KINDS
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.unknown import Unknown
from integrations.models import ImportSession, StagedRow

log = structlog.get_logger()
BATCH = 1000
UNDO_BATCH = 250
State = ImportSession.State


class Superseded(Refused):
    """The run is no longer the one that does its import."""


def _start(
    session: ImportSession,
    by: Actor,
    now: State,
    then: State,
    kind: str,
    seen: str | None = None,
) -> ImportSession:
    with transaction.atomic():
        # Somebody may plan it anew this moment: what is applied is the plan that was looked at.
        found = ImportSession.objects.visible_to(by).select_for_update(of=("self",))
        session = found.select_related("run").get(pk=session.pk)
        require(by, "integrations.import")
        if session.blanked_at:
            refuse_if([Problem("forgotten", _("What this import held was forgotten."))])
        # What stopped in the middle goes on; what stopped either way can be undone.
        on = session.stopped and (session.state == then or then == State.UNDOING)
        # A double click asks twice: the conditional update starts one run.
        asked = ImportSession.objects.filter(
            pk=session.pk, state=session.state if on else now, run=session.run, blanked_at=None
        )
        if not asked.update(state=then, run=None):
            refuse_if(
                [Problem("state", _("This cannot be done now: %s.") % session.get_state_display())]
            )
        as_seen(session, seen)
        session.refresh_from_db()
        session.run = runs.start(kind, {"session": session.pk}, by=by)
        session.save(update_fields=["run"])
        record(f"import.{then}", session, by=by)
    return session


def apply_import(session: ImportSession, *, by: Actor, seen: str | None = None) -> ImportSession:
    """Apply the good rows as a Run; refused rows stay behind and can be taken as a file. What
    stopped in the middle goes on. Raises Stale where the plan is another than `seen`."""
    return _start(session, by, State.PREVIEWED, State.APPLYING, "import", seen)


def undo_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """Undo as a Run; rows that changed since are refused and named. What was applied halfway can
    be undone too."""
    return _start(session, by, State.APPLIED, State.UNDOING, "import-undo")


def do_apply(work: runs.Work) -> dict[str, Any]:
    """The worker's part of applying: each batch is one transaction with its rows' marks, so a
    killed worker's successor goes on where the last whole batch ended."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    kind, owner = KINDS[session.kind], eyes.planner(session, work.by)
    _told_as(session, owner)
    todo = StagedRow.objects.filter(session=session, outcome__in=["create", "update"])
    total = todo.count()
    # They are planned once more, which says anew what is not read here.
    coming = todo.filter(applied=False).order_by("number").defer("problems", "warnings")
    while rows := list(coming[:BATCH]):
        seen = {r.pk: (r.outcome, kind.changes.read(r)) for r in rows}
        batch = partial(_apply_batch, work, session, owner, seen)
        _in_parts(rows, batch, partial(_refuse, session, work.by))
        work.progress(total - todo.filter(applied=False).count(), max(total, 1))
    ImportSession.objects.filter(pk=session.pk).update(state=State.APPLIED, ended_at=days.now())
    return {"url": f"/imports/{session.pk}/"}


def _still_ours(work: runs.Work, session: ImportSession) -> None:
    """Within a batch. A worker taken for dead must not do what its successor does, and a stopped
    run that is tried again not what another run of its import was started for."""
    work.hold()
    # Both may begin a batch this moment: the second waits, and finds which run it is.
    if not ImportSession.objects.select_for_update().filter(pk=session.pk, run=work.run).exists():
        raise Superseded(Problem("superseded", _("Another run of this import came after it.")))


def _in_parts(
    rows: list[StagedRow],
    do: Callable[[list[StagedRow]], None],
    refuse: Callable[[StagedRow, list[list[str]]], None],
) -> None:
    """Do rows together; where one spoils it, whatever its fault, in halves, until that one stands
    alone. What stops the run, or was away and comes back, is no fault of a row."""
    try:
        do(rows)
    except (Superseded, runs.Canceled, runs.LostLease, MemoryError):
        raise
    except Exception as error:
        if away(error) is not None:
            raise
        if len(rows) > 1:
            middle = len(rows) // 2
            _in_parts(rows[:middle], do, refuse)
            _in_parts(rows[middle:], do, refuse)
        else:
            refuse(rows[0], _faults(rows[0], error))


def _faults(row: StagedRow, error: Exception) -> list[list[str]]:
    """What is said of a row by which its import would break; in the log, too, where it is ours."""
    if isinstance(error, ProblemError):
        return [[p.field or "", str(p.message)] for p in error.problems]
    if isinstance(error, (IntegrityError, DataError)):
        return [["", _("The database refused this row.")]]
    log.error("import_row_broke", session=row.session_id, row=row.number, exc_info=error)
    message = _("Something broke on our side with this row (%s). The system log has the details.")
    return [["", message % type(error).__name__]]


@without_collecting()
def _apply_batch(
    work: runs.Work,
    session: ImportSession,
    owner: Actor,
    seen: dict[int, tuple[str, Changes]],
    rows: list[StagedRow],
) -> None:
    """What the owner may, as the preview showed it, done by whoever applies, as far as they may."""
    kind = KINDS[session.kind]
    with transaction.atomic():
        _still_ours(work, session)
        unknown = Unknown(session.said)
        begun = kind.begin(session, owner, unknown)
        plans = plan_rows(kind, session, rows, owner, begun, unknown)
        good: list[Planned[Row, Changes]] = []
        for plan in plans:
            outcome, previewed = seen[plan.row.pk]
            if kind.other_than(outcome, previewed, plan):
                plan.refuse("", _("It changed since the preview. Bring it again and look at it."))
            keep(plan)
            if plan.row.outcome in ("create", "update"):
                good.append(plan)
        kind.apply(session, good, work.by)
        for plan in good:
            plan.row.applied = True
            plan.row.before = plan.changes.before()
        save_planned(session, rows, "applied", "applied_version")


def _told_as(session: ImportSession, by: Actor) -> None:
    """Sentences of `by` stand among its others from here on."""
    with transaction.atomic():
        # Two may tell of it at once: each adds to what the other kept.
        widen(ImportSession.objects.select_for_update().get(pk=session.pk), by)


def _refuse(session: ImportSession, by: Actor, row: StagedRow, problems: list[list[str]]) -> None:
    _told_as(session, by)
    row.outcome, row.problems = "refused", problems
    row.save(update_fields=["outcome", "problems"])


def do_undo(work: runs.Work) -> dict[str, Any]:
    """The worker's part of undoing, newest rows first, in batches that each commit whole."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    todo = StagedRow.objects.filter(session=session, applied=True, undone=False)
    pks = list(todo.order_by("-number").values_list("pk", flat=True))
    for start in range(0, len(pks), UNDO_BATCH):
        batch = list(StagedRow.objects.filter(pk__in=pks[start : start + UNDO_BATCH]))
        batch.sort(key=lambda row: -row.number)
        stands = partial(_stands, session, work.by)
        _in_parts(batch, partial(_undo_batch, work, session), stands)
        work.progress(min(start + UNDO_BATCH, len(pks)), len(pks))
    left = todo.count()  # once these are as they were, undo can be asked for again
    state = State.APPLIED if left else State.UNDONE
    if not left:
        forget_answers(session, by=work.by)
    ImportSession.objects.filter(pk=session.pk).update(state=state, ended_at=days.now())
    return {"url": f"/imports/{session.pk}/", "refused": left}


def _stands(session: ImportSession, by: Actor, row: StagedRow, problems: list[list[str]]) -> None:
    _told_as(session, by)
    row.undone, row.problems = False, problems
    row.save(update_fields=["undone", "problems"])


def _undo_batch(work: runs.Work, session: ImportSession, rows: list[StagedRow]) -> None:
    with transaction.atomic():
        _still_ours(work, session)
        whys = KINDS[session.kind].undo_many(session, rows, work.by)
        for row, why in zip(rows, whys, strict=True):
            row.undone, row.problems = not why, [["", why]] if why else []
        if any(whys):
            _told_as(session, work.by)
        save_rows(rows, ["undone", "problems"])
        _give_back(session, [row for row in rows if row.undone])


def _give_back(session: ImportSession, undone: list[StagedRow]) -> None:
    """What these rows changed is as earlier rows left it: it did not change since those, which can
    be undone in their turn."""
    kind = KINDS[session.kind]
    found: dict[int, set[int]] = {}
    for row in undone:
        for pk, version in kind.found(row).items():
            found.setdefault(pk, set()).add(version)
    if not found:
        return
    now = dict(kind.model._default_manager.filter(pk__in=found).values_list("pk", "version"))
    earlier = StagedRow.objects.filter(session__kind=session.kind, applied=True, undone=False)
    rows = [
        row
        for row in earlier.filter(object_id__in=found)
        if row.applied_version in found[row.object_id or 0]
    ]
    for row in rows:
        row.applied_version = now[row.object_id or 0]
    save_rows(rows, ["applied_version"])
