"""The disk is full, or the data folder cannot be written to: a sentence, nothing half-written, and
when that is over it goes on by itself. With the real thing: a small disk of its own (tmpfs in a
mount namespace), and permissions taken away."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from people.models import School, User
from tests.factories import make_asset
from tests.plugs.asking import Answer, Pulse, Site
from tests.plugs.conftest import Note, lines, no_traceback, ready
from tests.runs.processes import ROOT, Processes, until
from tests.servers import free_port

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded profile"),
]
SMALL_DISK = (
    'mount -t tmpfs -o size=48m tmpfs "$DATA_DIR" && cp -a "$FROM/." "$DATA_DIR/" && exec "$@"'
)
#: Without these even root is told no.
OBEDIENT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def may_mount() -> bool:
    return (
        subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode
        == 0
    )


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that others may look into, too."""
    folder = Path(tempfile.mkdtemp(prefix="district-plug-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_of_the_database(folder: Path) -> None:
    with sqlite3.connect(str(connection.settings_dict["NAME"])) as here:
        there = sqlite3.connect(folder / "district.sqlite3")
        here.backup(there)
        there.close()


def attach(site: Site, asset: int, folder: Path) -> Answer:
    file = folder / "invoice.pdf"
    file.write_bytes(b"%PDF-1.7\n" + os.urandom(300_000) + b"\n%%EOF")
    with file.open("rb") as handle:
        told = ("invoice.pdf", handle, file.stat().st_size)
        return site.upload(f"/files/assets.asset/{asset}/", told, kind="invoice", next="/")


def first_refusal(robot: Site, school: School, made: list[str]) -> Answer:
    """Write rooms until one is refused: what was freed in the database is filled first."""
    for _n in range(400):
        code = f"R{len(made)}"
        answer = robot.post("/api/v1/rooms", {"school": school.pk, "code": code, "name": "x" * 150})
        if answer.status != 201:
            return answer
        made.append(code)
    raise AssertionError("it went on writing")


def told_of(processes: Processes) -> None:
    """One line for each refusal, and no traceback anywhere."""
    told = lines(processes)
    away = [x for x in told if x.get("code") == 503 and x.get("reason")]
    assert len({x["request_id"] for x in away}) == len(away)
    assert no_traceback(told)


@pytest.mark.skipif(not may_mount(), reason="a mount namespace is not allowed here")
def test_a_full_disk(
    processes: Processes,
    data: Path,
    tmp_path: Path,
    lincoln: School,
    ana: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    asset, port, copy = make_asset(school=lincoln), free_port(), tmp_path / "copy"
    page, robot = as_user(port, ana), as_robot(port, rob)
    copy.mkdir()
    copy_of_the_database(copy)
    processes.env |= {
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/district.sqlite3",
        "FROM": str(copy),
        "LEAST_FREE_MB": "8",
        "LOG_LEVEL": "INFO",
    }
    serve = processes.spawn(
        "serve",
        "unshare",
        "--mount",
        "setpriv",
        "--pdeathsig",
        "TERM",
        "sh",
        "-c",
        SMALL_DISK,
        "sh",
        sys.executable,
        "manage.py",
        "serve",
        "--port",
        str(port),
    )
    until(lambda: ready(port), "it is ready")
    inside = Path(f"/proc/{serve.pid}/root{data}")
    assert Site(port).get("/readyz").json()["free_bytes"]["data"] < 48 << 20
    assert attach(page, asset.pk, tmp_path).status == 302
    made: list[str] = []
    health = Pulse(lambda: Site(port).get("/healthz"))
    with health.beating():
        with (inside / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        first_refusal(robot, lincoln, made).says("disk is full")
        attach(page, asset.pk, tmp_path).says("disk is full")
        assert page.get("/rooms/").status == 200, "who reads goes on"
        not_ready = Site(port).get("/readyz")
        assert (not_ready.status, not_ready.json()["checks"]["disk"]) == (503, False)
        record_property("free bytes told", not_ready.json()["free_bytes"]["data"])
        (inside / "filler").unlink()
        until(lambda: ready(port), "it is ready again by itself")
    assert robot.post("/api/v1/rooms", {"school": lincoln.pk, "code": "again"}).status == 201
    assert attach(page, asset.pk, tmp_path).status == 302
    record_property("longest healthz", health.went_on())
    rooms = robot.get("/api/v1/rooms?limit=200").json()["results"]
    assert {"again", *made} - {room["code"] for room in rooms} == set()
    assert not list(inside.glob("files/.incoming-*"))
    stored = [p for p in inside.glob("files/*/*") if p.is_file()]
    assert len(stored) == 2, "the one that found no room is not there by half"
    told_of(processes)
    verify = subprocess.run(
        [
            "nsenter",
            "--target",
            str(serve.pid),
            "--mount",
            f"--wd={ROOT}",
            sys.executable,
            "manage.py",
            "verify",
        ],
        env=processes.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verify.returncode == 0, verify.stdout + verify.stderr


def allowed(folder: Path, *, writing: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        right = 0o777 if path.is_dir() else 0o666
        path.chmod(right if writing else right & 0o555)


def test_a_data_folder_that_cannot_be_written_to(
    processes: Processes,
    data: Path,
    tmp_path: Path,
    lincoln: School,
    ana: User,
    rob: User,
    as_user: Callable[[int, User], Site],
    as_robot: Callable[[int, User], Site],
    record_property: Note,
) -> None:
    asset, port = make_asset(school=lincoln), free_port()
    page, robot = as_user(port, ana), as_robot(port, rob)
    copy_of_the_database(data)
    command = OBEDIENT if os.getuid() == 0 else []
    processes.env |= {
        "DATA_DIR": str(data),
        "DATABASE_URL": f"sqlite:///{data}/district.sqlite3",
        "LEAST_FREE_MB": "8",
        "LOG_LEVEL": "INFO",
    }
    processes.spawn(
        "serve",
        *command,
        "setpriv",
        "--pdeathsig",
        "TERM",
        sys.executable,
        "manage.py",
        "serve",
        "--port",
        str(port),
    )
    until(lambda: ready(port), "it is ready")
    assert attach(page, asset.pk, tmp_path).status == 302
    health = Pulse(lambda: Site(port).get("/healthz"))
    with health.beating():
        allowed(data, writing=False)
        robot.post("/api/v1/rooms", {"school": lincoln.pk, "code": "no"}).says(
            "cannot write to its data folder"
        )
        attach(page, asset.pk, tmp_path).says("cannot write to its data folder")
        assert page.get("/rooms/").status == 200, "who reads goes on"
        not_ready = Site(port).get("/readyz")
        assert (not_ready.status, not_ready.json()["checks"]["disk"]) == (503, False)
        assert not_ready.json()["free_bytes"]["data"] is None
        allowed(data, writing=True)
        until(lambda: ready(port), "it is ready again by itself")
    assert robot.post("/api/v1/rooms", {"school": lincoln.pk, "code": "again"}).status == 201
    assert attach(page, asset.pk, tmp_path).status == 302
    record_property("longest healthz", health.went_on())
    assert '"no"' not in robot.get("/api/v1/rooms?limit=200").body
    told_of(processes)
    verify = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=ROOT,
        env=processes.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert verify.returncode == 0, verify.stdout + verify.stderr
