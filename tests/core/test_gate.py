"""SQLite: writers queue at the gate; nobody is told that the database is locked."""

import gc
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from core.db.sqlite import gate
from core.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no gate")
def test_a_write_outside_a_transaction_waits_its_turn_behind_long_ones() -> None:
    Lease.objects.create(name="long")
    Lease.objects.create(name="short")
    errors: list[Exception] = []
    written: list[int] = []

    def work(inside: bool) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout=20")  # polling would give up almost at once
            for _round in range(8):
                if inside:
                    with transaction.atomic():
                        Lease.objects.filter(name="long").update(holder="x")
                        time.sleep(0.08)  # what an import's batch takes
                else:
                    written.append(Lease.objects.filter(name="short").update(holder="y"))
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(i % 2 == 0,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert written == [1] * 16


def test_the_threads_of_a_web_process_do_not_all_wait_at_a_stuck_gate(tmp_path: Path) -> None:
    stuck = gate.Gate(str(tmp_path / "x"))
    stuck.enter(time.monotonic() + 1)
    with stuck.queue(30, most=1):
        began = time.monotonic()
        with pytest.raises(gate.GateClosed), stuck.queue(30, most=1):
            pass
        assert time.monotonic() - began < 15, "after a moment, long before its deadline"
        stuck._moved -= 60
        with pytest.raises(gate.GateClosed), stuck.queue(30, most=1):
            pass
        with stuck.queue(30, most=2) as deadline:
            assert deadline - time.monotonic() > 20
    stuck.leave()


def test_who_comes_to_a_long_queue_that_moves_waits_for_a_place(tmp_path: Path) -> None:
    """However long the oldest stands there: each takes its time, and all of them come through."""
    busy, came = gate.Gate(str(tmp_path / "x")), []

    def write(n: int) -> None:
        with busy.queue(60, most=2) as deadline:
            busy.enter(deadline)
            time.sleep(0.15)  # eight of them take longer than a queue may be stuck
            came.append(n)
            busy.leave()

    threads = [threading.Thread(target=write, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == list(range(8))


def test_who_gave_up_at_the_file_leaves_the_gate_whole(tmp_path: Path) -> None:
    mine, other = gate.Gate(str(tmp_path / "x")), gate.Gate(str(tmp_path / "x"))
    other.enter(time.monotonic() + 1)
    for _round in range(3):
        with pytest.raises(gate.GateClosed):
            mine.enter(time.monotonic() + 0.05)
    waiting = [t for t in threading.enumerate() if t.name == "gate" and t.is_alive()]
    assert len(waiting) == 1, "one thread stands in the queue for all who come"
    other.leave()
    waiting[0].join(10)
    mine.enter(time.monotonic() + 5)
    with pytest.raises(gate.GateClosed):
        other.enter(time.monotonic() + 0.05)
    mine.leave()
    other.enter(time.monotonic() + 5)
    other.leave()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has no gate")
def test_nobody_waits_for_who_waits_for_the_database() -> None:
    """A cursor that failed before is collected by whichever thread: it waited for its connection,
    which waited for the database."""
    waits, over = threading.Event(), threading.Event()

    def write() -> None:
        try:
            for _failed in range(5):
                with pytest.raises(DatabaseError):
                    connection.cursor().execute("SELECT abs(-9223372036854775808)")
            waits.set()
            with transaction.atomic():
                over.set()
        finally:
            over.set()
            connection.close()

    gc.disable()
    try:
        with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as foreign:
            foreign.execute("BEGIN IMMEDIATE")
            thread = threading.Thread(target=write)
            thread.start()
            assert waits.wait(30)
            time.sleep(0.5)  # it stands in BEGIN
            gc.collect()
            assert not over.is_set(), "collecting ended only when it had waited"
            foreign.rollback()
        thread.join(60)
    finally:
        gc.enable()
    assert over.is_set()
