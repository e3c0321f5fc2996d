"""A claimed run in its handler's hands: its lease, its heart, its one outcome."""

import logging
import threading
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from core.access import SYSTEM, Actor
from core.db.unavailable import away
from core.models.run import Run
from core.time import days

log = logging.getLogger(__name__)
#: How long one transaction of a worker may last before the sweeper takes its run for dead.
HOLD_SECONDS = 45
State = Run.State


class LostLease(Exception):
    """Another worker has taken this run over: stop, write nothing."""


class Canceled(Exception):
    """Somebody canceled the run: stop, write nothing more."""


class Work:
    """What a handler gets. Its heart renews the lease in a thread of its own."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.parameters: dict[str, Any] = run.parameters
        self._stop = threading.Event()

    @property
    def by(self) -> Actor:
        """Who asked for it, as they are now: rights are asked again at run time."""
        return self.run.owner or SYSTEM

    def write(self, **values: Any) -> bool:
        """Change the run's row while it is still ours; whether it was."""
        # In a transaction even alone: on SQLite that queues at the gate instead of polling.
        with transaction.atomic():
            mine = Run.objects.filter(pk=self.run.pk, state=State.RUNNING, fencing=self.run.fencing)
            return bool(mine.update(**values))

    def _renew(self, seconds: float | None = None, **values: Any) -> bool:
        seconds = seconds or settings.RUN_LEASE_SECONDS
        return self.write(lease_until=days.now() + timedelta(seconds=seconds), **values)

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is and renew the lease. Raises Canceled or LostLease."""
        if not self._renew(done=done, total=total):
            self._say_why()

    def hold(self) -> None:
        """Take part in this transaction: the run stays ours until it commits.

        Raises Canceled or LostLease. Without it, a worker that lost its lease could commit a
        batch that its successor also does."""
        if not self._renew(HOLD_SECONDS):
            self._say_why()

    def finish(self, result: dict[str, Any]) -> None:
        """Finish the run in this transaction: its output and its end commit together.

        Raises Canceled or LostLease, and then the caller's transaction must not commit."""
        if not self.write(
            state=State.FINISHED, ended_at=days.now(), lease_until=None, reason="", result=result
        ):
            self._say_why()

    def finished(self) -> bool:
        """Whether this very attempt has finished the run."""
        mine = Run.objects.filter(pk=self.run.pk, fencing=self.run.fencing)
        return mine.filter(state=State.FINISHED).exists()

    def _say_why(self) -> None:
        mine = Run.objects.filter(pk=self.run.pk, fencing=self.run.fencing)
        if mine.filter(state=State.CANCELED).exists():
            raise Canceled
        raise LostLease

    def _beat(self) -> None:
        while not self._stop.wait(settings.RUN_LEASE_SECONDS / 4):
            try:
                if not self._renew():
                    break  # not ours any more: the handler learns it at its next step
            except Exception as error:  # noqa: BLE001 - whatever it was, the next beat may succeed
                found = away(error)
                why = found.code if found else type(error).__name__
                log.warning("heartbeat of run %s failed (%s)", self.run.pk, why, exc_info=not found)
                connection.close()
        connection.close()

    def __enter__(self) -> "Work":
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._stop.set()
        self._thread.join(5)
