"""SQLite behind a gate: writers queue fairly instead of starving on BEGIN IMMEDIATE.

SQLite lets one connection write and makes the others poll, so that an unlucky process can wait
for seconds. Here each transaction first takes a lock of the process and a lock on a file beside
the database; both queue, so nobody polls (docs/decisions/sqlite-gate.md).
"""

import fcntl
import os
import threading
from typing import Any

from django.db.backends.sqlite3 import base

_gates: dict[str, threading.Lock] = {}
_gates_lock = threading.Lock()


def _gate_of(name: str) -> threading.Lock:
    with _gates_lock:
        return _gates.setdefault(name, threading.Lock())


class DatabaseWrapper(base.DatabaseWrapper):
    _gate_file: int | None = None
    _gate_held: Any = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_gate()
            raise

    def _enter_gate(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._gate_held is not None or ":memory:" in name or "mode=memory" in name:
            return
        gate = _gate_of(name)
        gate.acquire()
        try:
            self._gate_file = os.open(f"{name}.gate", os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._gate_file, fcntl.LOCK_EX)
        except BaseException:
            gate.release()
            raise
        self._gate_held = gate

    def _leave_gate(self) -> None:
        gate, self._gate_held = self._gate_held, None
        if gate is None:
            return
        file, self._gate_file = self._gate_file, None
        if file is not None:
            os.close(file)  # closing releases the file lock
        gate.release()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_gate_if_done()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate_if_done()

    def _leave_gate_if_done(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()
