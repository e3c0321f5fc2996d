"""kill -9 in the middle of each kind of run: it is done once, by itself, and nothing is
half-done."""

import os
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from assets.models import Category
from core.files.left import throw_away_left
from core.models import Run
from core.time import days
from funding.models import Award
from people.models import User
from tests.factories import made
from tests.plugs.conftest import Note, verified
from tests.plugs.kinds import all_kinds, left_over, over
from tests.runs.processes import Processes, children

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
#: So far into a run it is struck; the others at once.
LATER = {"report": 0.4, "report-files": 0.4, "import": 0.3, "import-undo": 0.3, "import-stage": 0.3}
LONGEST = 240


@pytest.fixture(autouse=True)
def own_folders(settings: Any, processes: Processes, tmp_path: Path) -> None:
    """Files that nobody else's tests left."""
    settings.FILES_DIR, settings.INCOMING_DIR = tmp_path / "files", tmp_path / "incoming"
    settings.BACKUP_DIR = tmp_path / "backups"
    processes.env |= {"TEST_FILES": str(tmp_path), "BACKUP_DIR": str(tmp_path / "backups")}


class Executioner:
    """Kills by turns the worker with all it started, and the one child that has the run; each time
    the sweeper, too, which takes over from the dead."""

    def __init__(self, processes: Processes, lease: int) -> None:
        self.processes, self.lease = processes, lease
        self.worker, self.sweeper = processes.worker(), processes.sweeper()
        self.struck: dict[str, int] = {}

    def alive(self) -> "QuerySet[Run]":
        """What a worker was at a moment ago: its heart beats four times in a lease."""
        fresh = days.now() + timedelta(seconds=0.6 * self.lease)
        return Run.objects.filter(state="running", lease_until__gt=fresh)

    def strike(self, run: Run) -> None:
        time.sleep(LATER.get(run.kind, 0))
        if len(self.struck) % 2:
            for pid in children(self.worker.pid):
                os.kill(pid, signal.SIGKILL)
        else:
            self.processes.kill(self.worker)
        for victim in self.alive():  # it may have ended just now, and another begun
            self.struck[victim.kind] = victim.pk
        self.sweeper = self._again(self.sweeper, self.processes.sweeper)
        if self.worker.poll() is not None:
            self.worker = self.processes.worker()

    def _again(self, process: "subprocess.Popen[bytes]", start: Any) -> Any:
        self.processes.kill(process)
        return start()


@pytest.mark.parametrize("lease", [8])
def test_each_kind_of_run_is_done_once_although_its_worker_was_killed(
    processes: Processes, rich: Award, fay: User, ana: User, lease: int, record_property: Note
) -> None:
    made(Category.objects.create(name="Equipment"))
    asked = [make() for make in all_kinds(rich, fay, ana)]
    executioner = Executioner(processes, lease)
    began = time.monotonic()
    while not all(over(a.run_id) for a in asked):
        run = executioner.alive().exclude(kind__in=executioner.struck).first()
        if run is not None:
            executioner.strike(run)
        assert time.monotonic() - began < LONGEST, list(Run.objects.values())
        time.sleep(0.002)
    for run in Run.objects.filter(pk__in=[a.run_id for a in asked]):
        assert run.state == "finished", (run.kind, run.reason)
        if run.kind in executioner.struck:
            assert run.attempts >= 2, run.kind
    for one in asked:
        one.kept()
    record_property("kinds struck", len(executioner.struck))
    record_property("seconds until all were done", round(time.monotonic() - began))
    assert set(executioner.struck) >= {a.kind for a in asked} - {"rewrite-pages"}
    thrown_away_when_old(left_over())
    verified()


def thrown_away_when_old(left: list[str]) -> None:
    """Half a file of a killed process is nobody's; an hour later the sweeper sees to it."""
    for path in left:
        os.utime(path, (0, 0))
    found = sum(throw_away_left() for _folder in range(300))
    assert (found >= len(left), left_over()) == (True, [])
