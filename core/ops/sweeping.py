"""The sweeper: rings again, takes runs from the dead, seals, does what falls due."""

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import runs
from core.access import SYSTEM
from core.db.unavailable import away
from core.journal import sealing
from core.models.lease import Lease
from core.models.run import Heart, Run, RunQuerySet, Schedule
from core.time import days

log = logging.getLogger(__name__)
LEASE = "sweeper"
LEASE_SECONDS = 20
#: A waiting run is rung again after so long, the oldest first and so many a round: a backlog must
#: not bury its workers under messages.
RING_AGAIN_SECONDS, RING_AT_ONCE = 10, 50
_holder = uuid.uuid4().hex
_chores: list[Callable[[], object]] = []
_outages: set[str] = set()


def register_chore(chore: Callable[[], object]) -> None:
    """Add something the sweeper does on each round (deletes what expired)."""
    if chore not in _chores:
        _chores.append(chore)


def sweep() -> bool:
    """One round; False while another sweeper holds the lease."""
    if sealing.take_lease(LEASE, LEASE_SECONDS, _holder) is None:
        return False
    waits = set()
    for chore in (requeue_dead, ring_waiting, sealing.seal_all, do_due, empty_processed, *_chores):
        try:
            chore()
        except Exception as error:  # one chore that fails must not stop the others
            if found := away(error):
                waits.add(found.code)
            else:
                log.exception("sweeper: %s failed", getattr(chore, "__name__", chore))
    say_outages(waits)
    Heart.objects.update_or_create(name="sweeper", defaults={"beat_at": days.now()})
    return True


def say_outages(codes: set[str]) -> None:
    """One line when something goes away and one when it is back; a round comes every other
    second."""
    global _outages
    if codes != _outages:
        _outages = set(codes)
        log.warning("sweeper: %s", f"waits, {', '.join(sorted(codes))}" if codes else "goes on")


def release() -> None:
    """Let the next sweeper begin at once."""
    Lease.objects.filter(name=LEASE, holder=_holder).update(holder="", until=None)


def requeue_dead() -> int:
    """Runs whose worker died: wait again, or fail with a reason after the last attempt."""
    now = days.now()
    dead = Run.objects.abandoned(now)
    with transaction.atomic():
        # A worker may hold its run's row in a long transaction: that one lives, and the sweeper
        # must not wait for it.
        if connection.features.has_select_for_update_skip_locked:
            locked = dead.select_for_update(skip_locked=True).values_list("pk", flat=True)
            dead = Run.objects.filter(pk__in=list(locked))
        return _requeue(dead, now)


def _requeue(dead: RunQuerySet, now: datetime) -> int:
    failed = dead.filter(attempts__gte=F("max_attempts")).update(
        state=Run.State.FAILED,
        ended_at=now,
        lease_until=None,
        fencing=F("fencing") + 1,
        reason=_("Its worker stopped on every attempt (out of memory, killed or crashed)."),
    )
    again = dead.filter(attempts__lt=F("max_attempts")).update(
        state=Run.State.WAITING,
        available_at=now,
        lease_until=None,
        fencing=F("fencing") + 1,
        rung_at=None,
    )
    return failed + again


def ring_waiting() -> int:
    """Ring for runs that wait and were not rung lately (their message was lost)."""
    now = days.now()
    waiting = Run.objects.due(now).exclude(
        rung_at__gt=now - timedelta(seconds=RING_AGAIN_SECONDS), rung_at__lte=now
    )
    pks = list(waiting.order_by("pk").values_list("pk", flat=True)[:RING_AT_ONCE])
    sent = runs.ring(pks)
    Run.objects.filter(pk__in=pks[:sent], state=Run.State.WAITING).update(rung_at=now)
    return sent


def do_due() -> int:
    """Start what falls due. Missed ones are caught up once; the conditional update lets one
    sweeper through."""
    now = days.now()
    started = 0
    for due in Schedule.objects.filter(next_at__lte=now):
        every = timedelta(seconds=max(1, due.every_seconds))
        upcoming = due.next_at + ((now - due.next_at) // every + 1) * every
        with transaction.atomic():  # moved and started together, or neither
            if Schedule.objects.filter(pk=due.pk, next_at=due.next_at).update(next_at=upcoming):
                runs.start(due.kind, {}, by=SYSTEM, key=f"{due.name}@{due.next_at.isoformat()}")
                started += 1
    return started


def empty_processed() -> int:
    """The filesystem transport keeps what was read; throw it away after a minute."""
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("processed_folder")
    if not folder:
        return 0
    old = time.time() - 60
    gone = 0
    for path in Path(str(folder)).iterdir():
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < old:
                path.unlink()
                gone += 1
    return gone
