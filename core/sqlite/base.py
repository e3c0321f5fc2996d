"""SQLite behind a gate: writers queue fairly instead of starving on BEGIN IMMEDIATE.

SQLite lets one connection write and makes the others poll, so that an unlucky process can wait
for seconds. Here each transaction, and each write outside of one, first takes a lock of the
process and a lock on a file beside the database; both queue, so nobody polls (docs/decisions/sqlite-gate.md).
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

WRITES = {"INSERT", "UPDATE", "DELETE", "REPLAC"}
_gates: dict[str, threading.Lock] = {}
_gates_lock = threading.Lock()


def _gate_of(name: str) -> threading.Lock:
    with _gates_lock:
        return _gates.setdefault(name, threading.Lock())


class GatedCursor(base.SQLiteCursorWrapper):
    """Lets a write outside of a transaction through the gate like any other writer."""

    gate: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        with self.gate.passing(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.gate.passing(query):
            return super().executemany(query, param_list)


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

    def create_cursor(self, name: str | None = None) -> GatedCursor:
        cursor: GatedCursor = self.connection.cursor(factory=GatedCursor)
        cursor.gate = self
        return cursor

    @contextmanager
    def passing(self, query: str) -> Iterator[None]:
        """Hold the gate for one statement, where it writes and no transaction holds it already."""
        if self._gate_held is not None or query.lstrip()[:6].upper() not in WRITES:
            yield
            return
        self._enter_gate()
        try:
            yield
        finally:
            self._leave_gate_if_done()

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
