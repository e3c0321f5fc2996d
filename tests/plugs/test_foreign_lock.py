"""A foreign program (a backup tool, somebody's SQL shell) holds SQLite's write lock."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from core.models import Entry
from people.models import School, User
from tests.plugs.asking import AT_ONCE, Answer, Pulse, Site, at_once
from tests.plugs.conftest import Note, lines, served, verified
from tests.runs.processes import Processes, until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own"),
]
WEB_DEADLINE = 10
WRITERS = 12


@contextmanager
def held() -> Iterator[None]:
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    other.execute("PRAGMA busy_timeout=60000")
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def _writes(sites: list[Site], number: int) -> list[Answer]:
    return at_once(
        [
            lambda s=s, n=n: s.post("/api/v1/schools", {"code": f"F{number}-{n}", "name": "F"})
            for n, s in enumerate(sites)
        ]
    )


@pytest.mark.parametrize(
    "seconds", [pytest.param(12, id="12 s"), pytest.param(60, id="60 s", marks=pytest.mark.soak)]
)
def test_who_writes_is_told_to_come_back_and_who_reads_notices_nothing(
    seconds: int,
    processes: Processes,
    lincoln: School,
    ana: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    processes.env["LOG_LEVEL"] = "INFO"
    _serve, port = served(processes)
    robots = [as_robot(port, rob) for _n in range(WRITERS)]
    ana_, fresh = as_user(port, ana), as_robot(port, rob)
    health = Pulse(lambda: Site(port).get("/healthz"))
    page = Pulse(lambda: ana_.get("/rooms/"), every=0.5)
    # The first use of a token in a day is written down, and is no reason to wait either.
    rest = Pulse(lambda: fresh.get("/api/v1/rooms"), every=0.5)
    refused: list[Answer] = []
    with held():
        began, number = time.monotonic(), 0
        with health.beating(), page.beating(), rest.beating():
            while time.monotonic() - began < seconds:
                refused += _writes(robots, number)
                number += 1
            asked = ana_.fill(f"/schools/{lincoln.pk}/rooms/new/", code="F9", name="")
    asked.says("Others are writing")
    for answer in refused:
        answer.says("Others are writing")
        assert answer.code == "database-busy"
        assert answer.seconds < WEB_DEADLINE + AT_ONCE
    figures = {
        "longest healthz": health.went_on(),
        "longest page": page.went_on(),
        "longest REST read": rest.went_on(),
        "writes refused": len(refused),
        "longest refusal": max(round(a.seconds, 1) for a in refused),
    }
    for name, value in figures.items():
        record_property(name, value)
    told = [x for x in lines(processes) if x.get("code") == 503]
    assert len(told) == len(refused) + 1, "one line for each"
    assert {x["reason"] for x in told} == {"database-busy"}
    assert not School.objects.filter(code__startswith="F").exists()

    until(lambda: _writes(robots[:1], 999)[0].status == 201, "it writes again by itself")
    made = School.objects.filter(code__startswith="F")
    assert made.count() == 1
    assert Entry.objects.of(made.get()).count() == 1
    verified()
