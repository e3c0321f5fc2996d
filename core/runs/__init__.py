"""Work that outlives a request: start, claim, heartbeat, finish, cancel.

The message carries only the id; the row decides. A worker claims a row by a conditional update
that takes a lease and a fencing number and finishes only while that number is still its own, so a
run that was rung twice, or whose worker came back from the dead, has exactly one outcome.
"""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core import days, journal
from core.access import SYSTEM, Actor, System
from core.models.entry import Via
from core.models.run import Run
from core.problems import Problem, ProblemError, refuse_if

log = logging.getLogger(__name__)
LEASE_SECONDS = 20
State = Run.State


class LostLease(Exception):
    """Another worker has taken this run over: stop, write nothing."""


class Canceled(Exception):
    """Somebody canceled the run: stop, write nothing more."""


Handler = Callable[["Work"], dict[str, Any] | None]
_kinds: dict[str, Handler] = {}


def register_kind(kind: str, handler: Handler) -> None:
    """Name the function that does runs of a kind. It gets a `Work` and returns the result."""
    _kinds[kind] = handler


class Work:
    """A claimed run in its handler's hands."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.parameters: dict[str, Any] = run.parameters
        self._stop = threading.Event()

    @property
    def by(self) -> Actor:
        """Who asked for it, as they are now: rights are asked again at run time."""
        return self.run.owner or SYSTEM

    def _mine(self) -> Any:
        return Run.objects.filter(pk=self.run.pk, state=State.RUNNING, fencing=self.run.fencing)

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is and renew the lease. Raises Canceled or LostLease."""
        until = days.now() + timedelta(seconds=LEASE_SECONDS)
        if not self._mine().update(done=done, total=total, lease_until=until):
            self.check()
            raise LostLease

    def check(self) -> None:
        """Raises Canceled or LostLease where the run is no longer ours."""
        now = Run.objects.filter(pk=self.run.pk).values_list("state", "fencing").first()
        if now is None or now[1] != self.run.fencing:
            raise LostLease
        if now[0] == State.CANCELED:
            raise Canceled
        if now[0] != State.RUNNING:
            raise LostLease

    def hold(self) -> None:
        """Take part in this transaction: raises unless the run is still ours until it commits.

        Without it, a worker that lost its lease could commit a batch the new worker also does."""
        rows = Run.objects.select_for_update().filter(
            pk=self.run.pk, state=State.RUNNING, fencing=self.run.fencing
        )
        if not list(rows.values_list("pk")):
            self.check()
            raise LostLease

    def _beat(self) -> None:
        try:
            while not self._stop.wait(LEASE_SECONDS / 4):
                until = days.now() + timedelta(seconds=LEASE_SECONDS)
                self._mine().update(lease_until=until)
        except Exception:  # noqa: BLE001 - a heart that fails lets the lease run out, no more
            log.warning("heartbeat of run %s failed", self.run.pk, exc_info=True)
        finally:
            connection.close()

    def __enter__(self) -> "Work":
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._stop.set()
        self._thread.join(5)


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
        "kind": kind, "parameters": parameters, "owner_id": by.pk, "available_at": now,
        "created_at": now, "request_id": journal.context().request_id, "rung_at": now,
        "max_attempts": max_attempts,
    }  # fmt: skip
    if key is None:
        run = Run.objects.create(**values)
    else:
        run, created = Run.objects.get_or_create(key=key, defaults=values)
        if not created:
            return run
    transaction.on_commit(lambda: ring(run.pk), robust=True)
    return run


def ring(run_id: int) -> None:
    """Tell a worker. A broker that is down is logged: the sweeper rings again."""
    from core.tasks import do_run

    try:
        do_run.apply_async(args=[run_id], retry=False)
    except Exception:  # noqa: BLE001 - whatever the transport raises, the row is safe
        log.warning("could not ring for run %s; the sweeper will", run_id)


def claim(run_id: int) -> Work | None:
    """Take a waiting run; None where somebody else has it or it is over."""
    now = days.now()
    free = Q(state=State.WAITING, available_at__lte=now) | Q(
        state=State.RUNNING, lease_until__lt=now
    )
    # Two workers may hear the same bell: the conditional update lets one through.
    taken = Run.objects.filter(free, pk=run_id, attempts__lt=F("max_attempts")).update(
        state=State.RUNNING,
        fencing=F("fencing") + 1,
        attempts=F("attempts") + 1,
        started_at=now,
        lease_until=now + timedelta(seconds=LEASE_SECONDS),
    )
    return Work(Run.objects.select_related("owner").get(pk=run_id)) if taken else None


def execute(run_id: int) -> bool:
    """Claim and do a run in this process; whether it was ours to do."""
    work = claim(run_id)
    if work is None:
        return False
    run = work.run
    with work, journal.working(Via.TASK, run.request_id, run.pk):
        try:
            if not isinstance(work.by, System) and not work.by.is_active:
                refuse_if([Problem("owner-inactive", _("Who asked for this is no longer active."))])
            result = _kinds[run.kind](work) or {}
        except (Canceled, LostLease):
            return True
        except ProblemError as error:
            _end(work, State.FAILED, reason=str(error))
        except Exception as error:
            log.exception("run %s (%s) failed", run.pk, run.kind)
            again = run.attempts < run.max_attempts
            if again:
                wait = days.now() + timedelta(seconds=min(60, 2**run.attempts))
                work._mine().update(
                    state=State.WAITING, available_at=wait, lease_until=None,
                    reason=_failure(error),
                )  # fmt: skip
            else:
                _end(work, State.FAILED, reason=_failure(error))
        else:
            _end(work, State.FINISHED, result=result)
    return True


def _failure(error: Exception) -> str:
    return _("It failed with %(error)s. The system log has the details.") % {
        "error": type(error).__name__
    }


def _end(work: Work, state: str, **values: Any) -> None:
    changed = work._mine().update(state=state, ended_at=days.now(), lease_until=None, **values)
    if not changed:
        log.warning("run %s was taken over; its outcome is dropped", work.run.pk)


def cancel(run: Run, *, by: Actor) -> Run:
    """Stop a run that is not over. Its worker notices at its next heartbeat."""
    run = Run.objects.visible_to(by).get(pk=run.pk)
    stopped = Run.objects.filter(pk=run.pk, state__in=[State.WAITING, State.RUNNING]).update(
        state=State.CANCELED, ended_at=days.now(), lease_until=None
    )
    if not stopped:
        refuse_if([Problem("run-over", _("This run is over already."))])
    run.refresh_from_db()
    return run


def retry(run: Run, *, by: Actor) -> Run:
    """Try a failed or canceled run again, from its beginning."""
    run = Run.objects.visible_to(by).get(pk=run.pk)
    now = days.now()
    again = Run.objects.filter(pk=run.pk, state__in=[State.FAILED, State.CANCELED]).update(
        state=State.WAITING, attempts=0, available_at=now, rung_at=now, ended_at=None, reason="",
        done=0,
    )  # fmt: skip
    if not again:
        refuse_if([Problem("run-not-failed", _("Only a failed or canceled run is tried again."))])
    transaction.on_commit(lambda: ring(run.pk), robust=True)
    run.refresh_from_db()
    return run
