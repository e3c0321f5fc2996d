"""The queue of SQLite's writers: a lock of the process, then a lock on a file beside the database.

Both queue in the kernel, so nobody polls; both give up at a deadline. A file lock has none of its
own, so where it is not free a thread of ours waits for it, one for each process at most.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: A queue that has not moved for so long is stuck: something else holds the database.
STUCK_SECONDS = 0.5


class GateClosed(Exception):
    """The gate did not open before the deadline."""


class _Ask(threading.Thread):
    """Waits for the file lock in a waiter's stead, and goes on when that one gave up: the next
    waiter takes its place in the queue."""

    def __init__(self, file: int) -> None:
        super().__init__(daemon=True, name="gate")
        self.file, self.mutex, self.came = file, threading.Lock(), threading.Event()
        self.wanted, self.over = True, False

    def run(self) -> None:
        fcntl.flock(self.file, fcntl.LOCK_EX)
        with self.mutex:
            if self.wanted:
                self.came.set()
            else:
                self.over = True
                os.close(self.file)

    def take_over(self) -> bool:
        """Want it again; False where it came when nobody did."""
        with self.mutex:
            self.wanted = not self.over
            return self.wanted

    def give_up(self) -> bool:
        """Want it no more; False where it came after all."""
        with self.mutex:
            self.wanted = self.came.is_set()
            return not self.wanted


class Gate:
    """One for each database file in a process."""

    def __init__(self, name: str) -> None:
        self._path = f"{name}.gate"
        self._lock = threading.Lock()
        self._file: int | None = None
        self._ask: _Ask | None = None
        self._crowd = threading.Condition()
        self._standing, self._moved = 0, 0.0

    @contextmanager
    def queue(self, patience: float, most: int | None) -> Iterator[float]:
        """Stand in the queue, until the deadline that is given. Where `most` stand there already, a
        newcomer waits as long as it moves, and not at all where it is stuck: a web server's
        threads must not all wait for something foreign. Raises GateClosed."""
        deadline = time.monotonic() + patience
        with self._crowd:
            while most is not None and self._standing >= most:
                left = min(deadline, self._moved + STUCK_SECONDS) - time.monotonic()
                if left <= 0:
                    raise GateClosed
                self._crowd.wait(left)
            if not self._standing:
                self._moved = time.monotonic()
            self._standing += 1
        try:
            yield deadline
        finally:
            with self._crowd:
                self._standing, self._moved = self._standing - 1, time.monotonic()
                self._crowd.notify()

    def enter(self, deadline: float) -> None:
        """Pass, or raise GateClosed at the deadline (of `time.monotonic`)."""
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise GateClosed
        try:
            self._file = self._lock_file(deadline)
        except BaseException:
            self._lock.release()
            raise

    def leave(self) -> None:
        """Let the next one pass."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)  # closing releases the file lock
        self._lock.release()

    def _lock_file(self, deadline: float) -> int:
        ask, self._ask = self._ask, None
        if ask is None or not ask.take_over():
            file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                ask = _Ask(file)
                ask.start()
            except BaseException:
                os.close(file)
                raise
        if not ask.came.wait(max(0.0, deadline - time.monotonic())) and ask.give_up():
            self._ask = ask
            raise GateClosed
        return ask.file


_gates: dict[str, Gate] = {}
_gates_lock = threading.Lock()


def gate_of(name: str) -> Gate:
    """The gate of a database file."""
    with _gates_lock:
        return _gates.setdefault(name, Gate(name))


def _forget(*_args: Any) -> None:
    """A forked child has none of its parent's threads: neither those that wait nor the locks."""
    global _gates_lock
    _gates_lock = threading.Lock()
    _gates.clear()


os.register_at_fork(after_in_child=_forget)
