"""While Redis is away: requests answer, nothing is lost, and its return is enough."""

import os
import signal
from collections.abc import Callable

import pytest
from django.test import Client

from core import runs
from core.access import SYSTEM
from core.models import Run
from core.runs import bell
from funding.models import Award
from people.models import User
from tests.runs.processes import Processes, ring_through, until
from tests.servers import RedisServer, redis

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
Of = Callable[[User | None], Client]


@pytest.fixture
def server(processes: Processes):
    if processes.redis is not None:
        yield processes.redis
        return
    with redis() as own, ring_through(own, processes):
        yield own


def test_fay_asks_for_a_report_while_redis_is_down_and_gets_it(
    server: RedisServer, processes: Processes, rich: Award, fay: User, client_of: Of
) -> None:
    processes.worker()
    processes.sweeper()
    first = runs.start("test-quick", {}, by=SYSTEM)
    until(Run.objects.filter(pk=first.pk, state="finished").exists, "worker and broker work")
    server.kill()
    client = client_of(fay)
    form = {"award": rich.pk, "as_of": "2025-09-01", "formats": ["csv"]}
    response = client.post("/reports/new/", form)
    assert response.status_code == 302, response.content
    run = Run.objects.get(kind="report")
    assert run.state == "waiting"
    assert client.get(response["Location"]).status_code == 200
    server.start()
    until(Run.objects.filter(pk=run.pk, state="finished").exists, "Redis is back, the report made")
    page = client.get(response["Location"]).content.decode()
    assert "/csv" in page or "CSV" in page


def test_a_hung_redis_is_left_alone_after_one_try(server: RedisServer) -> None:
    bell._quiet_until = 0.0
    assert runs.ring([1]) == 1
    os.kill(server.server.pid, signal.SIGSTOP)
    try:
        assert runs.ring([1, 2, 3]) == 0
        quiet = bell._quiet_until
        assert quiet > 0
        assert runs.ring([1]) == 0
        assert bell._quiet_until == quiet, "it did not even try"
    finally:
        os.kill(server.server.pid, signal.SIGCONT)
    bell._quiet_until = 0.0
    assert runs.ring([1]) == 1
