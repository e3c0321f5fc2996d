"""One run, one outcome: whoever races, dies, comes back or is told to stop."""

import errno
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from core import runs
from core.access import SYSTEM
from core.models import Run
from core.models.run import Schedule
from core.ops import sweeping
from core.problems import Problem, Refused
from core.time import days
from people.models import User

pytestmark = pytest.mark.django_db


class Trouble(Exception):
    pass


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Start a run that does what the test says; nobody hears the bell."""
    monkeypatch.setattr(runs, "ring", lambda ids: 0)

    def start(handler: Callable[[runs.Work], Any], *, by: Any = SYSTEM, **values: Any) -> Run:
        monkeypatch.setitem(runs._kinds, "told", handler)
        return runs.start("told", {}, by=by, **values)

    return start


def fresh(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def lose_lease(run: Run) -> None:
    """As if its worker had been silent for too long; then the sweeper goes round."""
    Run.objects.filter(pk=run.pk).update(lease_until=days.now() - timedelta(seconds=1))
    sweeping.requeue_dead()


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


def test_a_failing_run_is_tried_again_and_then_tells_why(do: Callable[..., Run]) -> None:
    def fail(work: runs.Work) -> None:
        raise Trouble("something secret")

    run = do(fail, max_attempts=2)
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.attempts) == ("waiting", 1)
    assert run.available_at > days.now(), "it is not tried again at once"
    assert not runs.execute(run.pk)
    Run.objects.filter(pk=run.pk).update(available_at=days.now())
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.attempts) == ("failed", 2)
    assert "Trouble" in run.reason
    assert "secret" not in run.reason
    assert run.ended_at is not None


def test_a_run_that_waits_for_room_says_that_what_was_done_stays(do: Callable[..., Run]) -> None:
    def full(work: runs.Work) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    run = do(full)
    runs.execute(run.pk)
    run = fresh(run)
    assert run.state == "waiting"
    assert run.reason.startswith("The server's disk is full. What was done so far stays")
    assert "Nothing was changed" not in run.reason


def test_a_refusal_is_told_at_once_however_long_it_is(do: Callable[..., Run]) -> None:
    def refuse(work: runs.Work) -> None:
        raise Refused([Problem("no", "There are too many. " * 40)])

    run = do(refuse)
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.attempts) == ("failed", 1)
    assert run.reason.startswith("There are too many.")


def test_a_run_whose_workers_all_die_fails_with_its_reason(do: Callable[..., Run]) -> None:
    run = do(lambda work: None, max_attempts=3)
    for _attempt in range(3):
        assert runs.claim(run.pk) is not None
        lose_lease(run)
    run = fresh(run)
    assert (run.state, run.attempts) == ("failed", 3)
    assert "stopped on every attempt" in run.reason
    assert runs.claim(run.pk) is None


def test_a_canceled_run_writes_nothing_more(do: Callable[..., Run], tom: User) -> None:
    ends: list[str] = []

    def work_on(work: runs.Work) -> None:
        runs.cancel(work.run, by=tom)
        try:
            work.progress(1, 2)
        except runs.Canceled:
            ends.append("canceled")
            raise

    run = do(work_on, by=tom)
    runs.execute(run.pk)
    run = fresh(run)
    assert (run.state, run.done, run.result, ends) == ("canceled", 0, {}, ["canceled"])
    assert not runs.execute(run.pk)
    with pytest.raises(Refused, match="over already"):
        runs.cancel(run, by=tom)


def test_a_waiting_run_can_be_canceled_and_tried_again(do: Callable[..., Run], tom: User) -> None:
    run = do(lambda work: {"made": True}, by=tom)
    runs.cancel(run, by=tom)
    assert not runs.execute(run.pk)
    with pytest.raises(Refused, match="Only a failed or canceled run"):
        runs.retry(runs.retry(run, by=tom), by=tom)
    runs.execute(run.pk)
    assert fresh(run).result == {"made": True}


def test_a_worker_of_a_canceled_run_does_not_disturb_its_second_life(
    do: Callable[..., Run], tom: User
) -> None:
    run = do(lambda work: {"life": 2}, by=tom)
    late = runs.claim(run.pk)
    runs.cancel(run, by=tom)
    runs.retry(run, by=tom)
    assert late is not None
    with pytest.raises(runs.LostLease):
        late.progress(1, 2)
    runs.execute(run.pk)
    assert not late.write(result={"life": 1})
    assert fresh(run).result == {"life": 2}


def test_only_those_who_see_a_run_can_stop_it(
    do: Callable[..., Run], tom: User, ned: User, ana: User
) -> None:
    run = do(lambda work: None, by=tom)
    with pytest.raises(Run.DoesNotExist):
        runs.cancel(run, by=ned)
    assert runs.cancel(run, by=ana).state == "canceled"


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
