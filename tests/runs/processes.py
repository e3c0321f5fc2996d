"""Real workers, sweepers and supervisors on the test's own database."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from core.runs import bell
from tests.runs.apps import register
from tests.servers import RedisServer, redis

ROOT = Path(__file__).parents[2]
LIMIT = 120


def until(true: Callable[[], Any], what: str, limit: float = LIMIT) -> Any:
    """Wait until something is true, and give it; fail after a generous limit."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {limit} s: {what}")


def database_url() -> str:
    """The address of the test's database for other processes."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def children(pid: int) -> dict[int, str]:
    """The processes that a process started, with their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                found[int(path.name)] = path.joinpath("cmdline").read_text().replace("\0", " ")
    return found


class Processes:
    """Everything a test started; stopped at its end, and nobody else's."""

    def __init__(self, folder: Path, lease: int) -> None:
        self.folder = folder
        self.redis: RedisServer | None = None
        self.started: list[subprocess.Popen[bytes]] = []
        self.env = os.environ | {
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "HEADS_FILE": str(settings.HEADS_FILE),
            "ERASURES_FILE": str(settings.ERASURES_FILE),
            "DJANGO_SETTINGS_MODULE": "tests.runs.worker_settings",
            "TEST_LEASE_SECONDS": str(lease),
            "LOG_LEVEL": "WARNING",
        }
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)  # they start again and again: compile once

    def start(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        """A process of ours in a group of its own, its output kept for a failing test."""
        return self.spawn(name, "setpriv", "--pdeathsig", "TERM", sys.executable, *command)

    def spawn(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        """The same of any command."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def worker(self, name: str = "worker") -> "subprocess.Popen[bytes]":
        return self.start(
            name,
            "-m",
            "celery",
            "-A",
            "district_assets",
            "worker",
            "-n",
            f"{name}@%h",
            "--concurrency",
            "1",
            "--loglevel",
            "WARNING",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        )

    def sweeper(self) -> "subprocess.Popen[bytes]":
        return self.start("sweeper", "manage.py", "sweep", "--every", "0.5")

    def serve(self, port: int) -> "subprocess.Popen[bytes]":
        return self.start("serve", "manage.py", "serve", "--port", str(port))

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """kill -9, with everything it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def stop(self) -> None:
        """`serve` is told to, and stops what it started; there is nothing to wait for in others."""
        for process in self.started:
            if "serve" in process.args and process.poll() is None:  # type: ignore[operator]
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(20)
            self.kill(process)

    def logs(self) -> str:
        return "\n".join(
            f"== {p.name}\n{p.read_text(errors='replace')[-3000:]}"
            for p in sorted(self.folder.glob("*.log"))
        )


@contextlib.contextmanager
def ring_through(server: RedisServer, processes: Processes) -> Iterator[None]:
    """Let this process and those it starts speak through Redis."""
    options: dict[str, Any] = {"socket_timeout": 30}
    before = (settings.BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    settings.BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = server.url, options
    current_app.conf.update(broker_url=server.url, broker_transport_options=options)
    processes.redis, processes.env["BROKER_URL"] = server, server.url
    try:
        yield
    finally:
        settings.BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = before
        current_app.conf.update(broker_url=before[0], broker_transport_options=before[1])


@pytest.fixture
def lease() -> int:
    """Seconds after which a silent worker is taken for dead; shorter than in production."""
    return 4


@pytest.fixture
def processes(
    transactional_db: None, _heads_of_its_own: None, tmp_path: Path, lease: int
) -> Iterator[Processes]:
    """Processes on the broker of the profile: files beside SQLite, Redis beside PostgreSQL."""
    register()
    bell._quiet_until = 0.0
    queue = Path(settings.DATA_DIR) / "queue"
    for name in ("messages", "processed", "control"):
        shutil.rmtree(queue / name, ignore_errors=True)
        (queue / name).mkdir(parents=True)
    found = Processes(tmp_path, lease)
    with contextlib.ExitStack() as stack:
        if connection.vendor == "postgresql":
            stack.enter_context(ring_through(stack.enter_context(redis()), found))
        stack.callback(found.stop)
        try:
            yield found
        except BaseException:
            print(found.logs())  # noqa: T201
            raise
