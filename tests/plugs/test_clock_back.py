"""The clock is set back by an hour under running processes (`clock/sitecustomize.py`): what was
true stays true, nobody waits for the hour to come round again, and the chain of the journal is
whole."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.access import SYSTEM
from core.journal.sealing import head
from core.models import Entry, Run
from funding.models import Award
from people.actions.accounts import make_link
from people.models import OneTimeLink, User
from tests.plugs.asking import Site
from tests.plugs.conftest import Note, ready, sealed, served, verified
from tests.runs.processes import Processes, children, until
from tests.runs.test_serve import parts

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
WORDS = "seven quiet otters swim"


@pytest.fixture
def clock(processes: Processes, tmp_path: Path) -> Callable[[int], None]:
    """Set the clock of all that is started, so many seconds off, while it runs."""
    file = tmp_path / "clock"
    processes.env |= {
        "TEST_CLOCK": str(file),
        "PYTHONPATH": str(Path(__file__).parent / "clock"),
    }

    def put(seconds: int) -> None:
        aside = tmp_path / "clock.new"
        aside.write_text(str(seconds))
        aside.replace(file)

    put(0)
    return put


def test_the_clock_an_hour_back(
    clock: Callable[[int], None],
    processes: Processes,
    rich: Award,
    fay: User,
    tom: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    serve, port = served(processes)
    page, robot, nobody = as_user(port, fay), as_robot(port, rob), Site(port, session="x")
    new, used = (make_link(OneTimeLink.Purpose.RESET, u, by=SYSTEM) for u in (tom, fay))
    assert nobody.fill(f"/link/{used}/", password=WORDS).status == 302
    page = as_user(port, User.objects.get(pk=fay.pk))  # a new password ends older sessions
    school = {"code": "K1", "name": "Clock"}
    first = robot.post("/api/v1/schools", school, **{"Idempotency-Key": "one"})
    until(sealed, "sealed")
    before = head()[0]
    body = {"award": rich.pk, "as_of": "2025-09-01", "formats": ["pdf", "csv"]}
    assert robot.post("/api/v1/reports", body).status in (201, 202)
    until(Run.objects.filter(kind="report", state="running", done__gte=1).exists, "it is at it")

    clock(-3600)
    for pid in children(parts(serve.pid)["worker"]):
        os.kill(pid, signal.SIGKILL)
    back = time.monotonic()
    until(Run.objects.filter(kind="report", state="finished").exists, "it was taken over")
    record_property("report taken over and made after", round(time.monotonic() - back, 1))
    assert page.get("/rooms/").status == 200, "who is signed in stays so"
    assert robot.get("/api/v1/rooms").status == 200, "tokens serve"
    assert nobody.fill(f"/link/{used}/", password=WORDS).status == 400, "used is used"
    assert nobody.fill(f"/link/{new}/", password=WORDS).status == 302
    assert nobody.fill(f"/link/{new}/", password=WORDS).status == 400
    again = robot.post("/api/v1/schools", school, **{"Idempotency-Key": "one"})
    assert (again.status, again.json()) == (201, first.json())
    assert again.headers["idempotent-replay"] == "true"
    assert robot.post("/api/v1/schools", {"code": "K2", "name": "Back"}).status == 201
    until(sealed, "what is written in the hour that comes twice is sealed at once")
    last = Entry.objects.order_by("-pk").values_list("recorded_at", flat=True)
    earlier = Entry.objects.filter(seal__number=before).values_list("recorded_at", flat=True)
    assert last[0] < earlier[0], "it bears the time that the clock showed"
    assert head()[0] > before
    until(lambda: ready(port), "it is ready")
    verified()

    clock(0)
    assert robot.post("/api/v1/schools", {"code": "K3", "name": "Again"}).status == 201
    assert page.get("/rooms/").status == 200
    until(lambda: ready(port), "it is ready when the clock is right again")
    verified()
