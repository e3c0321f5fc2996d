"""kill -9 of web, worker, sweeper and the supervisor itself while people write and a run is at
work: each comes back by itself (the supervisor by whoever starts it), and what was acknowledged is
there."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db.models import Count

from assets.models import Category
from core.models import Entry, Run
from people.models import School, User
from tests.factories import made
from tests.plugs import kinds
from tests.plugs.asking import Site
from tests.plugs.conftest import Note, ready, served, verified
from tests.plugs.writers import Writers
from tests.runs.processes import Processes, children, until
from tests.runs.test_serve import parts

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_web_worker_sweeper_and_supervisor_are_killed_while_people_write(
    processes: Processes,
    lincoln: School,
    ana: User,
    rob: User,
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    made(Category.objects.create(name="Equipment"))
    serve, port = served(processes)
    robot = as_robot(port, rob)
    writers = Writers(
        [robot] * 4,
        lambda _n, chance: (
            "/api/v1/rooms",
            {"school": lincoln.pk, "code": f"{chance.getrandbits(60):x}"},
        ),
    )
    writers.start()
    asked = kinds.staging(ana)
    until(Run.objects.filter(pk=asked.run_id, state="running").exists, "it is at it")
    killed = 0
    for name in ("web", "worker", "sweeper"):
        leader = until(lambda n=name: parts(serve.pid).get(n), f"{name} is there")
        for pid in [*list(children(leader))[:1], leader]:  # one that works, then who leads it
            os.kill(pid, signal.SIGKILL)
            killed += 1
            time.sleep(0.5)
    until(lambda: ready(port), "all came back by themselves")
    os.kill(serve.pid, signal.SIGKILL)
    serve.wait(20)
    began = time.monotonic()
    while len(parts(serve.pid)) < 3 or not ready(port):
        if serve.poll() is not None:  # as systemd does: until what the dead one left has ended
            serve = processes.serve(port)
        time.sleep(0.5)
        assert time.monotonic() - began < 180, processes.logs()
    record_property(
        "ready after the supervisor was killed and started", round(time.monotonic() - began, 1)
    )
    until(lambda: kinds.over(asked.run_id), "the run is over")
    writers.stop()
    asked.kept()
    told = Entry.objects.values_list("request_id").annotate(n=Count("pk"))
    writers.agree_with(Counter(dict(told)))
    record_property("killed", killed + 1)
    record_property("acknowledged", len(writers.done))
    record_property("not answered, or told to come back", writers.seen["0"] + writers.seen["503"])
    verified()
