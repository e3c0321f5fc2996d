"""A run that does what a test says, and a worker that loses its lease."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from core import runs
from core.access import SYSTEM
from core.models import Run
from core.ops import sweeping
from core.time import days


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
