"""SQLite behind a gate: writers queue fairly instead of starving on BEGIN IMMEDIATE.

SQLite lets one connection write and makes the others poll, so that an unlucky process can wait
for seconds. Here each transaction, and each write outside of one, first passes the gate
(`core.db.sqlite.gate`, docs/decisions/sqlite-gate.md). The gate and BEGIN share one deadline, the
connection's `timeout`: whoever waits for longer is told that the database is locked. No statement
runs for longer than settings.STATEMENT_SECONDS.

While SQLite works or waits, it holds the connection's own lock; and a cursor that failed lies about
until Python's collector meets it, in whichever thread, and there asks for that lock. One writer's
wait kept readers waiting so. Hence a cursor that fails is closed where it failed, and BEGIN waits
outside of SQLite.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.sqlite3 import base

from core.db.folded import folded
from core.db.sqlite.gate import Gate, GateClosed, gate_of
from core.db.sqlite.operations import DatabaseOperations

WRITES = {"INSERT", "UPDATE", "DELETE", "REPLAC"}
#: SQLite asks after so many steps of its machine whether to go on: some 50 ms.
STEPS = 1_000_000
#: A wait at the gate that is worth taking off the time that a statement may still wait.
WORTH_COUNTING = 0.05
#: BEGIN asks for the database for so many milliseconds, and again after so many seconds.
TRY_MS, PAUSE = 5, 0.02


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


class GatedCursor(base.SQLiteCursorWrapper):
    """Lets a write outside of a transaction through the gate like any other writer."""

    gate: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        with self.gate.passing(query), self._closed_if_failed():
            self.gate.begin_statement()
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.gate.passing(query), self._closed_if_failed():
            self.gate.begin_statement()
            return super().executemany(query, param_list)

    @contextmanager
    def _closed_if_failed(self) -> Iterator[None]:
        """Leave nothing of SQLite's to the collector where a statement fails."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def fetchone(self) -> Any:
        self.gate.begin_statement()
        return super().fetchone()

    def fetchmany(self, size: int | None = None) -> Any:
        self.gate.begin_statement()
        return super().fetchmany(self.arraysize if size is None else size)

    def fetchall(self) -> Any:
        self.gate.begin_statement()
        return super().fetchall()


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    _gate_held: Gate | None = None
    _hurry: float | None = None
    _statement_ends = float("inf")

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.set_progress_handler(self._too_long, STEPS)
        connection.create_function("folded", 1, _folded, deterministic=True)
        return connection

    def begin_statement(self) -> None:
        """From now on it counts how long the statement takes."""
        self._statement_ends = time.monotonic() + settings.STATEMENT_SECONDS

    def _too_long(self) -> bool:
        return time.monotonic() > self._statement_ends

    def _start_transaction_under_autocommit(self) -> None:
        gate = self._gate()
        if gate is None:
            # Private, and nothing else is the place.
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        with self._through(gate) as deadline:
            try:
                self._begin(deadline)
            except BaseException:
                self._leave_gate()
                raise

    def _begin(self, deadline: float) -> None:
        """Begin to write, or raise OperationalError where the database is not free at the deadline:
        only what is foreign holds it, since the gate was passed."""
        with self._asking_for(TRY_MS):
            while not self._begun(last=time.monotonic() >= deadline):
                time.sleep(PAUSE)

    def _begun(self, last: bool) -> bool:
        try:
            # Private, and nothing else is the place.
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if last or getattr(error.__cause__, "sqlite_errorname", "") != "SQLITE_BUSY":
                raise
            return False
        return True

    def create_cursor(self, name: str | None = None) -> GatedCursor:
        cursor: GatedCursor = self.connection.cursor(factory=GatedCursor)
        cursor.gate = self
        return cursor

    @contextmanager
    def passing(self, query: str) -> Iterator[None]:
        """Hold the gate for one statement, where it writes and no transaction holds it already."""
        gate = self._gate() if query.lstrip()[:6].upper() in WRITES else None
        if gate is None:
            yield
            return
        with self._through(gate) as deadline:
            try:
                with self._busy_until(deadline):
                    yield
            finally:
                self._leave_gate_if_done()

    def _gate(self) -> Gate | None:
        """The gate that is still to be passed; a database in memory has none."""
        name = str(self.settings_dict["NAME"])
        if self._gate_held is not None or ":memory:" in name or "mode=memory" in name:
            return None
        return gate_of(name)

    @contextmanager
    def _through(self, gate: Gate) -> Iterator[float]:
        """Queue at the gate and hold it; what is done inside counts as standing in the queue."""
        try:
            with gate.queue(self._patience(), settings.GATE_CROWD) as deadline:
                self._enter(gate, deadline)
                yield deadline
        except GateClosed:
            raise OperationalError("database is locked (at the gate)") from None

    def _enter(self, gate: Gate, deadline: float) -> None:
        try:
            gate.enter(deadline)
        except OSError as error:  # its file: whoever waits for a database hears of a database
            raise OperationalError("the gate's file cannot be used") from error
        self._gate_held = gate

    @contextmanager
    def hurried(self, seconds: float) -> Iterator[None]:
        """Inside, the gate and BEGIN wait for so long together at the most."""
        before, self._hurry = self._hurry, seconds
        try:
            yield
        finally:
            self._hurry = before

    def _patience(self) -> float:
        return self._own_patience() if self._hurry is None else self._hurry

    def _own_patience(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5.0))

    @contextmanager
    def _busy_until(self, deadline: float) -> Iterator[None]:
        """Let SQLite wait no longer than is left; only what is foreign can keep it waiting."""
        left = deadline - time.monotonic()
        if self._hurry is None and left > self._patience() - WORTH_COUNTING:
            yield
            return
        with self._asking_for(max(1, int(left * 1000))):
            yield

    @contextmanager
    def _asking_for(self, milliseconds: int) -> Iterator[None]:
        """Inside, SQLite itself asks for a database that is not free for so long."""
        self._busy_timeout(milliseconds)
        try:
            yield
        finally:
            self._busy_timeout(int(self._own_patience() * 1000))

    def _busy_timeout(self, milliseconds: int) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {milliseconds:d}")

    def _leave_gate(self) -> None:
        gate, self._gate_held = self._gate_held, None
        if gate is not None:
            gate.leave()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]  # private, and nothing else is the place
        finally:
            self._leave_gate_if_done()

    def _rollback(self) -> Any:
        try:
            # Private, and nothing else is the place.
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate_if_done()

    def _leave_gate_if_done(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # private, and nothing else is the place
        finally:
            self._leave_gate()
