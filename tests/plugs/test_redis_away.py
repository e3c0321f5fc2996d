"""Redis is killed under load and comes back: nobody who asks notices, and the work is done."""

import time
from collections.abc import Callable

import pytest
from django.db import connection

from core.models import Entry, Run
from funding.models import Award
from people.models import User
from tests.plugs.asking import Pulse, Site
from tests.plugs.conftest import Note, lines, no_traceback, ready, served, verified
from tests.runs.processes import Processes, until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the server profile"),
]


@pytest.mark.parametrize(
    "seconds", [pytest.param(8, id="8 s"), pytest.param(60, id="60 s", marks=pytest.mark.soak)]
)
def test_redis_is_killed_under_load_and_its_return_is_enough(
    seconds: float,
    processes: Processes,
    rich: Award,
    fay: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    processes.env["LOG_LEVEL"] = "INFO"
    _serve, port = served(processes)
    page_site, robot = as_user(port, fay), as_robot(port, rob)
    body = {"award": rich.pk, "as_of": "2025-09-01", "formats": ["csv"]}
    assert processes.redis is not None
    processes.redis.kill()
    health = Pulse(lambda: Site(port).get("/healthz"))
    page = Pulse(lambda: page_site.get("/assets/"), every=0.5)
    asked = []
    with health.beating(), page.beating():
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            asked.append(robot.post("/api/v1/reports", body))
            time.sleep(seconds / 6)
        assert not ready(port)
    assert {a.status for a in asked} <= {201, 202}, "who asks for work is not told to come back"
    assert max(a.seconds for a in asked) < 10
    processes.redis.start()
    began = time.monotonic()
    until(lambda: ready(port), "it is ready again")
    done = Run.objects.filter(kind="report", state="finished")
    until(lambda: done.count() == len(asked), "the reports are made")
    figures = {
        "longest healthz": health.went_on(),
        "longest page": page.went_on(),
        "longest request for work": max(round(a.seconds, 2) for a in asked),
        "all done after": round(time.monotonic() - began, 1),
    }
    for name, value in figures.items():
        record_property(name, value)
    assert Entry.objects.filter(kind="report.made").count() == len(asked)
    assert {r.attempts for r in done} == {1}
    assert no_traceback(lines(processes))
    verified()
