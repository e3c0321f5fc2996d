"""A file of 90 MB comes in by the page: the web process hands it through and stays small."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from core.models import Run
from integrations.models import ImportSession
from people.models import School, User
from tests.plugs.asking import Pulse, Site
from tests.plugs.conftest import Note, served
from tests.runs.processes import Processes, children, until
from tests.runs.test_serve import parts

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
MB = 1 << 20
MOST = 100 * MB
#: Few rows with long cells: they are read quickly, and the bytes are what counts here.
ROWS, COLUMNS, CELL = 980, 10, 9_800


def memory(pid: int, name: str) -> int:
    """Bytes that a process holds (VmRSS), or held at most (VmHWM)."""
    told = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", told, re.MULTILINE)
    assert found
    return int(found[1]) * 1024


def test_a_file_of_ninety_megabytes(
    processes: Processes,
    tmp_path: Path,
    lincoln: School,
    ana: User,
    as_user: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("Tag,Make,Model,Serial," + ",".join(f"Notes {n}" for n in range(COLUMNS)) + "\n")
        for n in range(ROWS):
            file.write(
                f"L{n:06d},Acer,X,LS{n}," + ",".join(["word " * (CELL // 5)] * COLUMNS) + "\n"
            )
    size = path.stat().st_size
    assert size > 90 * MB
    processes.env["WEB_CONCURRENCY"] = "1"
    serve, port = served(processes)
    page = as_user(port, ana)
    for address in ("/", "/imports/", "/rooms/", "/assets/"):
        assert page.get(address).status == 200
    (web,) = children(parts(serve.pid)["web"])
    idle = memory(web, "VmRSS")
    Path(f"/proc/{web}/clear_refs").write_text("5")  # the peak counts from here
    health = Pulse(lambda: Site(port).get("/healthz"))
    with health.beating():
        with path.open("rb") as handle:
            told = ("large.csv", handle, size)
            answer = page.upload(
                "/imports/", told, kind="assets", school="LIN", category="", source="large"
            )
        assert answer.status == 302, answer.body[:2000]
        while Run.objects.filter(kind="import-stage").exclude(state="finished").exists():
            assert page.get(answer.headers["location"]).status == 200
        assert page.get(answer.headers["location"]).status == 200
    until(lambda: ImportSession.objects.get().state == "previewed", "it is looked at")
    assert ImportSession.objects.get().rows.count() == ROWS
    grown = memory(web, "VmHWM") - idle
    record_property("web idle, MB", idle // MB)
    record_property("web at the most above idle, MB", grown // MB)
    record_property("longest healthz", health.worst)
    assert grown < MOST
