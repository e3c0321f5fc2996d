"""Work that outlives a request: start, claim, heartbeat, finish, cancel.

The message carries only the id; the row decides. A worker claims a row by a conditional update
that takes a lease and a fencing number and finishes only while that number is still its own, so a
run that was rung twice, or whose worker came back from the dead, has exactly one outcome.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from structlog.contextvars import bound_contextvars

from core.access import Actor, System, require
from core.db.unavailable import TOO_SLOW, away, why
from core.journal import writing as journal
from core.models.entry import Via
from core.models.run import Run, call_kind
from core.problems import Problem, ProblemError, refuse_if
from core.registering import take
from core.runs.bell import ring
from core.runs.work import Canceled, LostLease, State, Work
from core.time import days

__all__ = [
    "Canceled",
    "LostLease",
    "State",
    "Work",
    "cancel",
    "claim",
    "execute",
    "register_kind",
    "retry",
    "ring",
    "start",
]
log = structlog.get_logger()
#: A run whose database, disk or broker is away waits for so long, for a day without counting it.
AWAY_SECONDS = 30
Handler = Callable[[Work], dict[str, Any] | None]
_kinds: dict[str, Handler] = {}


def register_kind(kind: str, handler: Handler, label: str | Promise = "") -> None:
    """Name the function that does runs of a kind, and the kind for people. The function gets a
    `Work` and returns the result, or finishes in a transaction of its own (`Work.finish`)."""
    take(_kinds, kind, handler, "who does a kind of run")
    call_kind(kind, label or kind)


def start(
    kind: str,
    parameters: dict[str, Any],
    *,
    by: Actor,
    key: str | None = None,
    max_attempts: int = 5,
) -> Run:
    """Ask for work; rings after the caller's transaction commits. With `key`, asking twice gives
    the same run."""
    if kind not in _kinds:
        raise KeyError(f"unknown kind of run: {kind}")
    now = days.now()
    values = {
        "kind": kind,
        "parameters": parameters,
        "owner_id": by.pk,
        "available_at": now,
        "created_at": now,
        "request_id": journal.context().request_id,
        "rung_at": now,
        "max_attempts": max_attempts,
    }
    if key is None:
        run = Run.objects.create(**values)
    else:
        run, created = Run.objects.get_or_create(key=key, defaults=values)
        if not created:
            return run
    transaction.on_commit(lambda: ring([run.pk]), robust=True)
    return run


def claim(run_id: int) -> Work | None:
    """Take a waiting run; None where somebody else has it or it is over."""
    now = days.now()
    free = Run.objects.due(now) | Run.objects.abandoned(now)
    # Two workers may hear the same bell: the conditional update lets one through.
    with transaction.atomic():
        taken = free.filter(pk=run_id, attempts__lt=F("max_attempts")).update(
            state=State.RUNNING,
            fencing=F("fencing") + 1,
            attempts=F("attempts") + 1,
            started_at=now,
            lease_until=now + timedelta(seconds=settings.RUN_LEASE_SECONDS),
        )
        # Read before others can see it: a later fencing number would be somebody else's.
        return Work(Run.objects.select_related("owner").get(pk=run_id)) if taken else None


def execute(run_id: int) -> bool:
    """Claim and do a run in this process; whether it was ours to do."""
    try:
        work = claim(run_id)
    except Error as error:
        if (found := away(error)) is None:
            raise
        log.warning("run_not_claimed", run_id=run_id, reason=found.code)
        connection.close()
        return False  # the sweeper rings again
    if work is None:
        return False
    run = work.run
    ids = bound_contextvars(run_id=run.pk, request_id=run.request_id)
    with work, ids, journal.working(Via.TASK, run.request_id, run.pk):
        began = time.monotonic()
        log.info("run_started", kind=run.kind, attempt=run.attempts, owner=run.owner_id)
        try:
            if not isinstance(work.by, System) and not work.by.is_active:
                refuse_if([Problem("owner-inactive", _("Who asked for this is no longer active."))])
            result = _kinds[run.kind](work) or {}
            if not work.finished():
                work.finish(result)
            ended = "finished"
        except (Canceled, LostLease) as error:
            ended = f"dropped: {type(error).__name__}"
        except Exception as error:  # noqa: BLE001 - each has its ending, and its line in the log
            ended = _end(work, error)
        took = round(time.monotonic() - began, 3)
        log.log(
            logging.INFO if ended == "finished" else logging.WARNING,
            "run_ended",
            kind=run.kind,
            attempt=run.attempts,
            end=ended,
            seconds=took,
        )
    return True


def _end(work: Work, error: Exception) -> str:
    """Write into the row what became of an attempt that failed; the same for the log, in codes: a
    sentence may name somebody."""
    run = work.run
    found = away(error)
    try:
        if found is not None and found.code != TOO_SLOW and _young(run):
            # What is away comes back: it costs time, not attempts.
            stays = _("What was done so far stays, and it goes on by itself.")
            reason = f"{why(found.code)} {stays}"
            _try_later(work, reason, seconds=AWAY_SECONDS, attempts=run.attempts - 1)
            return f"waits: {found.code}"
        if isinstance(error, ProblemError):
            _fail(work, str(error))
            return f"failed: {', '.join(p.code for p in error.problems)}"
        if found is None:
            log.exception("run_broke", kind=run.kind)
        code = found.code if found else type(error).__name__
        said = _("It failed with %(error)s. The system log has the details.") % {"error": code}
        reason = why(found.code) if found else said
        if run.attempts < run.max_attempts:
            _try_later(work, reason, seconds=min(60, 2**run.attempts))
            return f"tried again: {code}"
        _fail(work, reason)
        return f"failed: {code}"
    except Error as unwritten:
        # The row stays as it is: its lease runs out, and the sweeper lets it wait again.
        connection.close()
        return f"left to the sweeper: {found.code if found else type(unwritten).__name__}"


def _young(run: Run) -> bool:
    return days.now() - run.created_at < timedelta(days=1)


def _try_later(work: Work, reason: str, *, seconds: int, **values: Any) -> None:
    later = days.now() + timedelta(seconds=seconds)
    work.write(
        state=State.WAITING,
        available_at=later,
        lease_until=None,
        rung_at=None,
        reason=reason[:500],
        **values,
    )


def _fail(work: Work, reason: str) -> None:
    work.write(state=State.FAILED, ended_at=days.now(), lease_until=None, reason=reason[:500])


def _manageable(run: Run, by: Actor) -> Run:
    """A run that `by` may cancel or try again: their own, or anybody's with a permission of its
    own. To see the others' is not enough."""
    run = Run.objects.visible_to(by).get(pk=run.pk)
    if isinstance(by, System) or run.owner_id != by.pk:
        require(by, "core.manage_runs")
    return run


def cancel(run: Run, *, by: Actor) -> Run:
    """Stop a run that is not over. Its worker notices at its next step and writes nothing more."""
    run = _manageable(run, by)
    stopped = Run.objects.filter(pk=run.pk, state__in=[State.WAITING, State.RUNNING]).update(
        state=State.CANCELED, ended_at=days.now(), lease_until=None
    )
    if not stopped:
        refuse_if([Problem("run-over", _("This run is over already."))])
    run.refresh_from_db()
    return run


def retry(run: Run, *, by: Actor) -> Run:
    """Try a failed or canceled run again, from its beginning."""
    run = _manageable(run, by)
    now = days.now()
    again = Run.objects.filter(pk=run.pk, state__in=[State.FAILED, State.CANCELED]).update(
        state=State.WAITING,
        attempts=0,
        available_at=now,
        rung_at=now,
        ended_at=None,
        reason="",
        done=0,
    )
    if not again:
        refuse_if([Problem("run-not-failed", _("Only a failed or canceled run is tried again."))])
    transaction.on_commit(lambda: ring([run.pk]), robust=True)
    run.refresh_from_db()
    return run
