"""A run that fails, is refused or canceled: told why, tried again, and nothing more is written."""

import errno
from collections.abc import Callable

import pytest

from core import runs
from core.models import Run
from core.problems import Problem, Refused
from core.time import days
from people.models import User
from tests.runs.doing import Trouble, do, fresh, lose_lease

__all__ = ["do"]

pytestmark = pytest.mark.django_db


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
