"""Reports asked for while their workers, and Redis, are killed: what came of it, in figures."""

import os
import random
import signal
import subprocess
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.journal import verify
from core.models import Entry, Run
from core.time import days
from funding.models import Award
from people.models import User
from reports.actions import request_report
from reports.models import Report
from tests.runs.processes import Processes, children, until

OUTSTANDING = 3


@dataclass
class Storm:
    """Keeps a few reports outstanding; kills a worker in the middle of one, evenly spread."""

    processes: Processes
    award: Award
    by: User
    runs: int
    kills: int
    redis_kills: int = 0
    serve: "subprocess.Popen[bytes] | None" = None
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    killed: int = 0
    redis_killed: int = 0
    victims: dict[tuple[int, int], datetime] = field(default_factory=dict)
    recovered: list[float] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def go(self) -> dict[str, Any]:
        """Until every report is made; the figures."""
        asked: list[int] = []
        while True:
            rows = {r.pk: r for r in Run.objects.filter(pk__in=asked)}
            ended = sum(r.over for r in rows.values())
            self._look(rows)
            if ended == self.runs:
                break
            if len(asked) < self.runs and len(asked) - ended < OUTSTANDING:
                report = request_report(
                    self.award, by=self.by, as_of=days.today(), formats=["pdf", "csv"]
                )
                asked.append(report.run_id)
            if ended * self.kills >= self.killed * self.runs and self.killed < self.kills:
                # A run that takes its worker with it every time is given up as poison; ours are
                # struck at most three times each.
                middle = [
                    r
                    for r in rows.values()
                    if r.state == "running" and r.done >= 1 and r.attempts <= 3
                ]
                if middle:
                    time.sleep(random.uniform(0, 0.4))
                    self._kill(asked)
            if ended * self.redis_kills >= (self.redis_killed + 0.5) * self.runs:
                self._kill_redis()
            assert time.monotonic() - self.began < 90 * self.runs, "it never ends"
            time.sleep(0.05)
        return self._figures(asked)

    def _kill(self, asked: list[int]) -> None:
        """One worker, with whatever it is at."""
        if self.serve is not None:
            found = [pid for pid, line in children(self.serve.pid).items() if "celery" in line]
            if not found:
                return
            self._note(asked)
            os.killpg(found[0], signal.SIGKILL)
        else:
            n = self.killed % len(self.workers)
            self._note(asked)
            self.processes.kill(self.workers[n])
            self.workers[n] = self.processes.worker(f"worker{n}")
        self.killed += 1

    def _note(self, asked: list[int]) -> None:
        now = days.now()
        for run in Run.objects.filter(pk__in=asked, state="running"):
            self.victims[run.pk, run.attempts] = now

    def _look(self, rows: dict[int, Run]) -> None:
        """Note how long each waited for its first worker, and each victim for its next one."""
        for pk, run in rows.items():
            if run.started_at is not None and run.attempts == 1:
                self.begun[pk] = (run.started_at - run.created_at).total_seconds()
        for (pk, attempts), at in list(self.victims.items()):
            run = rows[pk]
            if run.attempts > attempts:
                assert run.started_at is not None
                self.recovered.append((run.started_at - at).total_seconds())
                del self.victims[pk, attempts]
            elif run.over:
                del self.victims[pk, attempts]  # another worker had it, or it had just ended

    def _kill_redis(self) -> None:
        server = self.processes.redis
        if server is None or self.redis_killed >= self.redis_kills:
            return
        server.kill()
        time.sleep(random.uniform(0.5, 3))
        server.start()
        self.redis_killed += 1

    def _figures(self, asked: list[int]) -> dict[str, Any]:
        ended = Run.objects.filter(pk__in=asked)
        until(lambda: not Entry.objects.filter(seal=None).exists(), "the journal is sealed")
        waits = [(r.ended_at - r.created_at).total_seconds() for r in ended]
        return {
            "runs": len(asked),
            "kills": self.killed,
            "redis_kills": self.redis_killed,
            "finished": ended.filter(state="finished").count(),
            "interrupted": len(self.recovered),
            "longest_until_first_taken": round(max(self.begun.values(), default=0), 1),
            "longest_until_taken_over": round(max(self.recovered, default=0), 1),
            "longest_from_request_to_end": round(max(waits), 1),
            "most_attempts": max(r.attempts for r in ended),
            "outputs": sorted({f"{r.files.count()}" for r in Report.objects.all()}),
            "entries_of_being_made": Entry.objects.filter(kind="report.made").count(),
            "findings": verify.verify().findings,
            "minutes": round((time.monotonic() - self.began) / 60, 1),
        }
