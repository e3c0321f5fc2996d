"""Whether the server lives is answered although all its threads wait for the database."""

import socket
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
    assert (before, waiting) == ([200] * 20, 6), ended
    assert {answer.status for answer in ended} <= {503}
    verified()


def test_healthz_waits_for_no_client_that_asks_by_halves_or_hangs_up_late(
    processes: Processes,
) -> None:
    processes.env |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": "4"}
    _serve, port = served(processes)
    half = b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
    for text in (half, half + b"Content-Length: 1000000\r\n\r\n", b"GET /healthz"):
        slow = socket.create_connection(("127.0.0.1", port))
        slow.sendall(text)
        assert [Site(port).get("/healthz").status for _n in range(5)] == [200] * 5, text
    late = [socket.create_connection(("127.0.0.1", port)) for _n in range(20)]
    for one in late:
        one.sendall(half + b"Connection: close\r\n\r\n")
        assert one.recv(12) == b"HTTP/1.1 400", "a host that is not ours"
    answers = [Site(port).get("/healthz") for _n in range(5)]
    assert [a.status for a in answers] == [200] * 5
