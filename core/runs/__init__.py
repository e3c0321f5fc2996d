"""Work that outlives a request: start, claim, heartbeat, finish, cancel.

The message carries only the id; the row decides. A worker claims a row by a conditional update
that takes a lease and a fencing number and finishes only while that number is still its own, so a
run that was rung twice, or whose worker came back from the dead, has exactly one outcome.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from structlog.contextvars import bound_contextvars

from core import days, journal
from core.access import Actor, System
from core.models.entry import Via
from core.models.run import Run
from core.problems import Problem, ProblemError, refuse_if
from core.runs.bell import ring
from core.runs.work import Canceled, LostLease, State, Work

__all__ = [
    "Canceled", "LostLease", "State", "Work", "cancel", "claim", "execute", "label_of",
    "register_kind", "retry", "ring", "start",
]  # fmt: skip
log = logging.getLogger(__name__)
Handler = Callable[[Work], dict[str, Any] | None]
_kinds: dict[str, Handler] = {}
_labels: dict[str, str | Promise] = {}


def register_kind(kind: str, handler: Handler, label: str | Promise = "") -> None:
    """Name the function that does runs of a kind, and the kind for people. The function gets a
    `Work` and returns the result, or finishes in a transaction of its own (`Work.finish`)."""
    _kinds[kind] = handler
    _labels[kind] = label or kind


def label_of(kind: str) -> str:
    """A kind of run in people's words."""
    return str(_labels.get(kind, kind))


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
    transaction.on_commit(lambda: ring([run.pk]), robust=True)
    return run


def claim(run_id: int) -> Work | None:
    """Take a waiting run; None where somebody else has it or it is over."""
    now = days.now()
    free = Q(state=State.WAITING, available_at__lte=now) | Q(
        state=State.RUNNING, lease_until__lt=now
    )
    # Two workers may hear the same bell: the conditional update lets one through.
    with transaction.atomic():
        taken = Run.objects.filter(free, pk=run_id, attempts__lt=F("max_attempts")).update(
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
    work = claim(run_id)
    if work is None:
        return False
    run = work.run
    ids = bound_contextvars(run_id=run.pk, request_id=run.request_id)
    with work, ids, journal.working(Via.TASK, run.request_id, run.pk):
        try:
            if not isinstance(work.by, System) and not work.by.is_active:
                refuse_if([Problem("owner-inactive", _("Who asked for this is no longer active."))])
            result = _kinds[run.kind](work) or {}
            if not work.finished():
                work.finish(result)
        except (Canceled, LostLease) as error:
            log.warning("run %s: %s; its outcome is dropped", run.pk, type(error).__name__)
        except ProblemError as error:
            _fail(work, str(error))
        except Exception as error:
            log.exception("run %s (%s) failed", run.pk, run.kind)
            reason = _("It failed with %(error)s. The system log has the details.") % {
                "error": type(error).__name__
            }
            if run.attempts < run.max_attempts:
                _try_later(work, reason)
            else:
                _fail(work, reason)
    return True


def _try_later(work: Work, reason: str) -> None:
    later = days.now() + timedelta(seconds=min(60, 2**work.run.attempts))
    work.write(
        state=State.WAITING, available_at=later, lease_until=None, rung_at=None, reason=reason
    )


def _fail(work: Work, reason: str) -> None:
    work.write(state=State.FAILED, ended_at=days.now(), lease_until=None, reason=reason[:500])


def cancel(run: Run, *, by: Actor) -> Run:
    """Stop a run that is not over. Its worker notices at its next step and writes nothing more."""
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
    transaction.on_commit(lambda: ring([run.pk]), robust=True)
    run.refresh_from_db()
    return run
