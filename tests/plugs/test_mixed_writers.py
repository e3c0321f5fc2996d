"""32 clients write what they like on ten things: what was acknowledged is in the journal once."""

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count

from core.models import Entry
from people.models import Room, School, User
from tests.factories import make_asset, make_student
from tests.plugs.asking import Pulse, Site
from tests.plugs.conftest import Note, lines, no_traceback, served, verified
from tests.plugs.writers import Writers
from tests.runs.processes import Processes

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
CLIENTS, THINGS = 32, 10
Act = tuple[str, dict[str, Any]]


@pytest.mark.parametrize(
    "seconds", [pytest.param(12, id="12 s"), pytest.param(300, id="300 s", marks=pytest.mark.soak)]
)
def test_thirty_two_clients_write_on_ten_things(
    seconds: float,
    processes: Processes,
    lincoln: School,
    rob: User,
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    processes.env["LOG_LEVEL"] = "INFO"
    things = [make_asset(school=lincoln).pk for _n in range(THINGS)]
    people = [make_student(school=lincoln, first=f"S{n}").pk for n in range(4)]
    rooms = list(Room.objects.filter(school=lincoln).values_list("pk", flat=True))
    _serve, port = served(processes)
    robot = as_robot(port, rob)

    def act(_number: int, chance: random.Random) -> Act:
        verb, body = chance.choice(
            [
                ("assign", {"person": chance.choice(people)}),
                ("return", {"room": chance.choice(rooms)}),
                ("move", {"room": chance.choice(rooms)}),
                ("verify", {}),
                ("correct", {"reason": "Typed wrong.", "serial": f"W{chance.getrandbits(60):x}"}),
                ("status", {"status": chance.choice(["in_repair", "in_stock", "missing"])}),
                ("find", {"room": chance.choice(rooms)}),
            ]
        )
        return f"/api/v1/assets/{chance.choice(things)}/{verb}", body

    writers = Writers([robot] * CLIENTS, act)
    health = Pulse(lambda: Site(port).get("/healthz"))
    reads = Pulse(lambda: robot.get("/api/v1/assets"), every=0.5)
    with health.beating(), reads.beating():
        writers.start()
        time.sleep(seconds)
        writers.stop()
    assert writers.seen["0"] == 0, "everybody is answered"
    told = Entry.objects.values_list("request_id").annotate(n=Count("pk"))
    writers.agree_with(Counter(dict(told)), same="/status")
    assert {a.status for a in reads.answers} == {200}
    figures = {
        "acknowledged": len(writers.done),
        "refused": len(writers.refused),
        "told to come back": writers.seen["503"],
        "longest write": round(writers.longest, 1),
        "longest healthz": health.worst,
    }
    for name, value in figures.items():
        record_property(name, value)
    told_lines = lines(processes)
    assert no_traceback(told_lines)
    assert not [x for x in told_lines if x.get("code", 0) == 500]
    verified()
