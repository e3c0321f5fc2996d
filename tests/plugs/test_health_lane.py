"""Whether the server lives is answered although all its threads wait for the database."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from people.models import School, User
from tests.plugs.asking import Answer, Site
from tests.plugs.conftest import served, verified
from tests.plugs.test_foreign_lock import held
from tests.runs.processes import Processes

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it holds SQLite's lock"),
]


def test_healthz_is_answered_before_those_who_hold_every_thread(
    processes: Processes, lincoln: School, rob: User, as_robot: Callable[[int, User], Site]
) -> None:
    processes.env |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": "2"}
    _serve, port = served(processes)
    ended: list[Answer] = []

    def write(site: Site, code: str) -> None:
        ended.append(site.post("/api/v1/schools", {"code": code, "name": "Held"}))

    sites = [as_robot(port, rob) for _n in range(6)]
    with held():
        writers = [
            threading.Thread(target=write, args=[site, f"H{n}"]) for n, site in enumerate(sites)
        ]
        for one in writers:
            one.start()
        before = [Site(port).get("/healthz").status for _n in range(20)]
        waiting = len(writers) - len(ended)
        for one in writers:
            one.join()
    assert (before, waiting) == ([200] * 20, 6), "all writers were still waiting"
    assert {answer.status for answer in ended} <= {503}
    verified()
