"""Keeping a few processes alive under one: what dies is started again, and all stop together."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from django.conf import settings

#: The longest pause before a process that keeps dying is started again.
LONGEST_PAUSE = 5.0
#: A process that lived so long counts as well.
WELL_AFTER = 20.0
#: How long a process may take to end what it is at when all are stopped.
GRACE = 15.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: be told to stop when the supervisor itself is killed (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def hold_data_folder() -> IO[str]:
    """The data folder for one supervisor, until the file that is returned is closed or its process
    ends. Raises BlockingIOError while another holds it."""
    file = (settings.DATA_DIR / "running").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


#: Two arenas of memory for all threads of a process: each of many keeps what it once needed, so
#: that a web process that took in one large file was a third larger ever after.
ARENAS = {"MALLOC_ARENA_MAX": "2"}


@dataclass
class Child:
    """One process and the group of its own that its children live in."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command,
            start_new_session=True,
            cwd=settings.BASE_DIR,
            env=ARENAS | os.environ,
            preexec_fn=_die_with_parent,
        )
        self.started = time.monotonic()

    def look(self) -> str | None:
        """Start it again when it died, with a growing pause; says so."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
            return None
        if self.process.poll() is None:
            return None
        code = self.process.returncode
        self._end_group()
        if now - self.started > WELL_AFTER:
            self.failures = 0
        self.failures += 1
        self.not_before = now + min(LONGEST_PAUSE, 0.25 * 2 ** min(self.failures, 6) - 0.5)
        self.process = None
        return f"{self.name} stopped ({code}); it is started again"

    def _end_group(self) -> None:
        """What a dead leader left behind goes too: it would hold the port or work unseen."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ask the leader alone: it lets its own children end what they are at."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; then whatever is left of its group is killed."""
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, seconds))
            self._end_group()
            self.process.wait()


def supervise(
    children: Sequence[Child], told: threading.Event, say: Callable[[str], object]
) -> None:
    """Keep the children alive until told to stop; then stop them all, the slow ones hard."""
    while not told.is_set():
        for child in children:
            if said := child.look():
                say(said)
        told.wait(0.25)
    for child in children:
        child.stop()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.wait(deadline - time.monotonic())
