"""Real workers on the profile's broker: they are killed, messages are lost, each run is done
once."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core import runs
from core.access import SYSTEM
from core.journal import verify
from core.models import Entry, Run
from core.time import days
from funding.models import Award
from people.models import User
from reports.actions import request_report
from reports.models import Report
from tests.runs.processes import Processes, until
from tests.runs.storm import Storm
from tests.servers import free_port

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def over(run_id: int) -> Run | None:
    return Run.objects.filter(pk=run_id, state__in=["finished", "failed", "canceled"]).first()


def lose_all_messages(processes: Processes) -> None:
    if processes.redis is not None:
        import redis

        redis.Redis.from_url(processes.redis.url).flushall()
    else:
        messages = Path(settings.DATA_DIR) / "queue" / "messages"
        shutil.rmtree(messages)
        messages.mkdir()


def test_a_report_whose_worker_is_killed_is_made_once_by_another(
    processes: Processes, rich: Award, fay: User
) -> None:
    first = processes.worker("first")
    processes.sweeper()
    report = request_report(rich, by=fay, as_of=days.today(), formats=["pdf", "csv", "xlsx"])
    middle = Run.objects.filter(pk=report.run_id, state="running", done__gte=1)
    until(middle.exists, "the worker is in the middle of the report")
    processes.kill(first)
    assert middle.exists(), "it was not over when its worker died"
    processes.worker("second")
    run = until(lambda: over(report.run_id), "the report is over")
    assert (run.state, run.attempts) == ("finished", 2)
    report = Report.objects.get(pk=report.pk)
    assert sorted(f.format for f in report.files.all()) == ["csv", "pdf", "xlsx"]
    assert report.rows == 120
    assert Entry.objects.filter(kind="report.made", subject_id=report.pk).count() == 1
    assert verify.verify().findings == []


def test_lost_messages_are_sent_again(processes: Processes) -> None:
    asked = [runs.start("test-quick", {"n": n}, by=SYSTEM) for n in range(3)]
    lose_all_messages(processes)
    processes.worker()
    processes.sweeper()
    for run in asked:
        done = until(lambda run=run: over(run.pk), "a run whose message was lost is done")
        assert (done.state, done.attempts, done.result) == ("finished", 1, {"echo": run.parameters})


def test_a_run_that_kills_its_workers_fails_and_says_so(processes: Processes) -> None:
    deadly = runs.start("test-deadly", {}, by=SYSTEM, max_attempts=2)
    failing = runs.start("test-failing", {}, by=SYSTEM, max_attempts=2)
    after = runs.start("test-quick", {}, by=SYSTEM)
    processes.worker()
    processes.sweeper()
    run = until(lambda: over(deadly.pk), "the deadly run is over")
    assert (run.state, run.attempts) == ("failed", 2)
    assert "stopped on every attempt" in run.reason
    run = until(lambda: over(failing.pk), "the failing run is over")
    assert (run.state, run.attempts) == ("failed", 2)
    assert "ArithmeticError" in run.reason
    run = until(lambda: over(after.pk), "the run behind them is done")
    assert run.state == "finished"


def test_a_worker_told_to_stop_ends_its_report_first(
    processes: Processes, rich: Award, fay: User
) -> None:
    worker = processes.worker()
    report = request_report(rich, by=fay, as_of=days.today(), formats=["pdf"])
    until(Run.objects.filter(pk=report.run_id, done__gte=1).exists, "the worker is at it")
    worker.send_signal(signal.SIGTERM)
    worker.wait(60)
    run = Run.objects.get(pk=report.run_id)
    assert (run.state, run.attempts) == ("finished", 1)


def _storm(
    processes: Processes, award: Award, by: User, *, asked: int, kills: int
) -> tuple[Storm, dict[str, Any]]:
    """Files: one worker under `serve`, which restarts it. Redis: two workers and a sweeper."""
    storm = Storm(processes, award, by, runs=asked, kills=kills)
    if processes.redis is None:
        storm.serve = processes.serve(free_port())
    else:
        storm.redis_kills = 5 if kills > 5 else 2
        storm.workers = [processes.worker(f"worker{n}") for n in range(2)]
        processes.sweeper()
    figures = storm.go()
    assert figures["finished"] == asked, figures
    assert (figures["kills"], figures["redis_kills"]) == (kills, storm.redis_kills)
    assert figures["outputs"] == ["2"], "exactly one PDF and one CSV each"
    assert figures["entries_of_being_made"] == asked
    assert figures["findings"] == []
    return storm, figures


def test_reports_are_all_made_while_workers_and_redis_are_killed(
    processes: Processes, rich: Award, fay: User
) -> None:
    _storm(processes, rich, fay, asked=10, kills=5)


@pytest.mark.soak
@pytest.mark.parametrize("lease", [20])
def test_sixty_reports_thirty_kills_and_none_waits_over_a_minute(
    processes: Processes, rich: Award, fay: User, record_property: Callable[[str, object], None]
) -> None:
    storm, figures = _storm(processes, rich, fay, asked=60, kills=30)
    for name, value in figures.items():
        if isinstance(value, int | float):
            record_property(name.replace("_", " "), value)
    assert len(storm.recovered) > 15, "most kills hit a report in the making"
    assert max([*storm.recovered, *storm.begun.values()]) <= 60
