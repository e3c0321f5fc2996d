"""The clock is set back by an hour: nobody waits until it has come round again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core import runs
from core.access import SYSTEM
from core.journal import sealing
from core.journal.verify import verify
from core.models import Run
from core.ops import sweeping
from core.time import days
from people.models import School, User
from tests.factories import make_asset

pytestmark = pytest.mark.django_db
BACK = timedelta(hours=1)


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    monkeypatch.setattr(runs, "ring", lambda ids: len(ids))
    monkeypatch.setattr(sweeping.runs, "ring", lambda ids: len(ids))

    def start(handler: Callable[[runs.Work], Any]) -> Run:
        monkeypatch.setitem(runs._kinds, "told", handler)
        return runs.start("told", {}, by=SYSTEM)

    return start


def test_a_run_that_waits_is_rung_for_and_done_at_once(do: Callable[..., Run]) -> None:
    run = do(lambda work: {})
    with time_machine.travel(days.now() - BACK, tick=True):
        assert sweeping.ring_waiting() == 1
        assert runs.execute(run.pk)
        run.refresh_from_db()
        assert run.state == Run.State.FINISHED


def test_a_run_whose_worker_is_dead_is_taken_over_and_of_a_living_one_not(
    do: Callable[..., Run],
) -> None:
    dead, living = do(lambda work: {}), do(lambda work: {})
    assert runs.claim(dead.pk) is not None
    work = runs.claim(living.pk)
    assert work is not None
    with time_machine.travel(days.now() - BACK, tick=True):
        work.progress(1, 2)  # its heart beats
        assert sweeping.requeue_dead() == 1
        assert runs.execute(dead.pk)
        assert not runs.execute(living.pk)
        work.finish({})
    assert set(Run.objects.values_list("state", flat=True)) == {Run.State.FINISHED}


@pytest.mark.django_db(transaction=True)  # what is not committed is not sealed
def test_another_sweeper_takes_over_and_the_chain_is_whole(
    lincoln: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_asset(school=lincoln)
    assert sweeping.sweep()
    with time_machine.travel(days.now() - BACK, tick=True):
        make_asset(school=lincoln)
        monkeypatch.setattr(sweeping, "_holder", "another")
        assert sweeping.sweep(), "the lease of the one that died holds nobody up"
        assert verify().findings == []
    number, _digest = sealing.head()
    assert number > 0


def test_tom_signs_in_although_his_failures_lie_ahead(tom: User, client: Any) -> None:
    for _n in range(5):
        client.post("/sign-in/", {"email": tom.email, "password": "no"})
    right = {"email": tom.email, "password": "a long pass phrase"}
    assert client.post("/sign-in/", right).status_code == 429
    with time_machine.travel(days.now() - BACK, tick=True):
        assert client.post("/sign-in/", right).status_code == 302
