"""One run, one outcome: whoever races, dies, comes back or is told to stop."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from core import runs
from core.models import Run
from core.models.run import Schedule
from core.ops import sweeping
from core.time import days
from people.models import User
from tests.runs.doing import do, fresh, lose_lease

__all__ = ["do"]

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_run_is_done_once_however_many_workers_hear_the_bell(do: Callable[..., Run]) -> None:
    for _round in range(5):
        done: Counter[int] = Counter()
        run = do(lambda work, done=done: done.update([work.run.pk]))
        barrier = threading.Barrier(16)

        def worker(run: Run = run, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            runs.execute(run.pk)
            connection.close()

        threads = [threading.Thread(target=worker) for _n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run = fresh(run)
        assert (run.state, run.attempts, run.fencing) == ("finished", 1, 1)
        assert done == {run.pk: 1}


def test_a_worker_that_lost_its_lease_cannot_write(do: Callable[..., Run]) -> None:
    run = do(lambda work: {"by": "the successor"})
    late = runs.claim(run.pk)
    assert late is not None
    assert runs.claim(run.pk) is None, "nobody takes a run whose worker lives"
    lose_lease(run)
    assert runs.execute(run.pk)
    for write in (late.hold, lambda: late.progress(1, 2), lambda: late.finish({"by": "the dead"})):
        with pytest.raises(runs.LostLease), transaction.atomic():
            write()
    assert not late.write(state="failed")
    run = fresh(run)
    assert (run.state, run.attempts, run.result) == ("finished", 2, {"by": "the successor"})


def test_a_late_worker_cannot_commit_what_it_holds_in_its_hands(do: Callable[..., Run]) -> None:
    run = do(lambda work: None)
    late = runs.claim(run.pk)
    assert late is not None
    lose_lease(run)
    successor = runs.claim(run.pk)

    def commit() -> None:
        with transaction.atomic():
            Schedule.objects.create(name="output", kind="x", every_seconds=1, next_at=days.now())
            late.finish({})

    with pytest.raises(runs.LostLease):
        commit()
    assert not Schedule.objects.exists(), "its output went with the refusal"
    assert successor is not None
    successor.finish({"n": 1})
    assert fresh(run).result == {"n": 1}


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_keeps_its_lease_by_its_heartbeat(
    do: Callable[..., Run], settings: Any
) -> None:
    settings.RUN_LEASE_SECONDS = 1

    def slow(work: runs.Work) -> dict[str, Any]:
        until = days.now() + timedelta(seconds=2)
        taken = 0
        while days.now() < until:
            taken += sweeping.requeue_dead()
            time.sleep(0.1)
        return {"taken": taken}

    run = do(slow)
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.attempts, run.result) == ("finished", 1, {"taken": 0})


@pytest.mark.untrue(reason="writes a row behind the register's back")
def test_nothing_is_done_for_who_has_left(do: Callable[..., Run], tom: User) -> None:
    run = do(lambda work: {"made": True}, by=tom)
    tom.is_active = False
    tom.save()
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.result) == ("failed", {})
    assert "no longer active" in run.reason


def test_asking_twice_with_one_key_is_one_run(do: Callable[..., Run]) -> None:
    assert do(lambda work: None, key="k").pk == do(lambda work: None, key="k").pk


def test_what_was_missed_is_caught_up_once(do: Callable[..., Run]) -> None:
    do(lambda work: None)
    began = days.now()
    Schedule.objects.create(
        name="nightly", kind="told", every_seconds=3600, next_at=began - timedelta(days=2)
    )
    assert sweeping.do_due() == 1
    assert sweeping.do_due() == 0
    upcoming = Schedule.objects.get().next_at
    assert began < upcoming <= days.now() + timedelta(hours=1)


def test_two_sweepers_do_not_sweep_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweeping.sweep()
    mine = sweeping._holder
    monkeypatch.setattr(sweeping, "_holder", "another sweeper")
    assert not sweeping.sweep()
    monkeypatch.setattr(sweeping, "_holder", mine)
    sweeping.release()
    monkeypatch.setattr(sweeping, "_holder", "another sweeper")
    assert sweeping.sweep(), "a sweeper that ends lets the next begin at once"
