"""PostgreSQL crashes under load and comes back: everybody is told, nobody restarts anything."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection

from funding.models import Award
from people.models import School, User
from tests.plugs.asking import Pulse, Site
from tests.plugs.conftest import Note, lines, no_traceback, ready, served
from tests.plugs.writers import Writers
from tests.runs.processes import ROOT, Processes, database_url, until
from tests.servers import PostgresServer

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the server profile"),
]


@pytest.fixture
def cluster() -> Iterator[PostgresServer]:
    server = PostgresServer(durable=True)
    try:
        yield server
    finally:
        server.stop()


def asked(server: PostgresServer, query: str) -> list[Any]:
    with psycopg2.connect(server.url) as other, other.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _crash_and_back(
    times: int,
    seconds: float,
    cluster: PostgresServer,
    processes: Processes,
    award: Award,
    lincoln: School,
    people: tuple[Site, Site],
    port: int,
    note: Note,
) -> None:
    page_site, robot = people
    body = {"award": award.pk, "as_of": "2025-09-01", "formats": ["pdf", "csv"]}
    writers = Writers(
        [robot] * 4,
        lambda _n, chance: (
            "/api/v1/rooms",
            {"school": lincoln.pk, "code": f"{chance.getrandbits(60):x}"},
        ),
    )
    health = Pulse(lambda: Site(port).get("/healthz"))
    writers.start()
    back: list[float] = []
    with health.beating():
        for _n in range(times):
            asked_for = robot.post("/api/v1/reports", body)
            assert asked_for.status in (201, 202), asked_for.body
            time.sleep(1)
            cluster.crash()
            page = Pulse(lambda: page_site.get("/rooms/"), every=0.5)
            rest = Pulse(lambda: robot.get("/api/v1/rooms"), every=0.5)
            with page.beating(), rest.beating():
                time.sleep(seconds)
            for answer in [*page.answers, *rest.answers]:
                answer.says("The register cannot be reached just now")
            assert not ready(port)
            cluster.start()
            began = time.monotonic()
            until(lambda: page_site.get("/rooms/").status == 200, "pages are back")
            until(lambda: ready(port), "all of it is ready again")
            back.append(time.monotonic() - began)
        query = "SELECT count(*) FROM core_run WHERE state <> 'finished'"
        until(lambda: asked(cluster, query) == [(0,)], "the reports are made", 240)
    writers.stop()
    note("longest healthz", health.went_on())
    note("longest until it was ready again", round(max(back), 1))
    note("acknowledged writes", len(writers.done))
    query = "SELECT request_id, count(*) FROM core_entry WHERE kind LIKE 'room.%' GROUP BY 1"
    writers.agree_with(Counter(dict(asked(cluster, query))))
    made = asked(cluster, "SELECT count(*) FROM core_entry WHERE kind = 'report.made'")
    assert made == [(times,)]
    until(
        lambda: asked(
            cluster,
            "SELECT count(*) FROM core_entry e LEFT JOIN core_seal s "
            "ON s.entry_id = e.id WHERE s.number IS NULL",
        )
        == [(0,)],
        "sealed",
    )
    verify = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=ROOT,
        env=processes.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verify.returncode == 0, verify.stdout + verify.stderr


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        pytest.param(1, 6, id="once"),
        pytest.param(10, 20, id="ten times", marks=pytest.mark.soak),
    ],
)
def test_postgresql_crashes_under_load_and_nothing_acknowledged_is_lost(
    times: int,
    seconds: float,
    cluster: PostgresServer,
    processes: Processes,
    rich: Award,
    lincoln: School,
    fay: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    page_site, robot = as_user(0, fay), as_robot(0, rob)
    cluster.copy_of(database_url())
    processes.env |= {"DATABASE_URL": cluster.url, "LOG_LEVEL": "INFO"}
    _serve, port = served(processes)
    page_site.port = robot.port = port
    _crash_and_back(
        times, seconds, cluster, processes, rich, lincoln, (page_site, robot), port, record_property
    )
    told = lines(processes)
    away = [x for x in told if x.get("code") == 503 and x.get("reason")]
    assert {x["reason"] for x in away} == {"database-away"}
    ids = Counter(
        x["request_id"] for x in away if "rooms" in x["request"] and "GET" in x["request"]
    )
    assert set(ids.values()) == {1}, "one line for each request"
    assert no_traceback(told)
