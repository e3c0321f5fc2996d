"""`manage.py serve`: what dies is started again; told to stop, all of it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from core import runs
from core.access import SYSTEM
from core.models import Run
from core.ops.supervisor import hold_data_folder
from core.time import days
from people.models import AccessToken, User
from people.tokens import new_token
from tests.factories import made
from tests.runs.processes import Processes, children, until
from tests.servers import free_port

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded profile"),
]
PARTS = {"gunicorn": "web", "celery": "worker", "sweep": "sweeper"}


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def parts(pid: int) -> dict[str, int]:
    """The process of each part under this supervisor."""
    return {
        PARTS[word]: child
        for child, line in children(pid).items()
        for word in PARTS
        if f" {word} " in line
    }


def everything_under(pid: int) -> set[int]:
    found = set(children(pid))
    return found.union(*(everything_under(child) for child in found))


def alive(pid: int) -> bool:
    return os.path.exists(f"/proc/{pid}")  # noqa: PTH110


def work_is_done() -> bool:
    run = runs.start("test-quick", {}, by=SYSTEM)
    return bool(until(Run.objects.filter(pk=run.pk, state="finished").exists, "a run is done"))


def test_what_dies_is_started_again_and_all_stop_together(
    processes: Processes, district: Any
) -> None:
    port = free_port()
    serve = processes.serve(port)
    until(lambda: answers(port, "/readyz"), "it is ready")
    assert work_is_done()
    before = parts(serve.pid)
    assert sorted(before) == ["sweeper", "web", "worker"]
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)  # the leader alone: what it started is left without it
    until(
        lambda: len(parts(serve.pid)) == 3
        and not set(parts(serve.pid).values()) & set(before.values()),
        "all three have a new process",
    )
    until(lambda: answers(port, "/healthz"), "the page answers again")
    assert work_is_done()
    until(lambda: answers(port, "/readyz"), "it is ready again")

    every = everything_under(serve.pid)
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(60) == 0
    assert not [pid for pid in every if alive(pid)]
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", port))


def test_whichever_web_process_is_asked_counts_for_all(processes: Processes, rob: User) -> None:
    port = free_port()
    serve = processes.serve(port)
    until(lambda: answers(port, "/readyz"), "it is ready")
    asked = 60
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _n: answers(port, "/healthz"), range(asked)))
    prefix, text, kept = new_token()
    made(
        AccessToken.objects.create(
            user=rob,
            name="t",
            prefix=prefix,
            token_hash=kept,
            scopes=["core.view_metrics"],
            created_at=days.now(),
            expires_at=days.now() + timedelta(days=1),
        )
    )
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/metrics", headers={"Authorization": f"Bearer {text}"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        told = response.read().decode()
    count = 'district_request_seconds_count{method="GET",route="healthz",status="200"} '
    assert float(told.partition(count)[2].partition("\n")[0]) == asked
    assert children(parts(serve.pid)["web"]), "there is more than one process to be asked"


def test_nothing_is_left_when_serve_itself_is_killed(processes: Processes, district: Any) -> None:
    port = free_port()
    serve = processes.serve(port)
    until(lambda: answers(port, "/healthz") and len(parts(serve.pid)) == 3, "all three are there")
    every = everything_under(serve.pid)
    os.kill(serve.pid, signal.SIGKILL)
    serve.wait(10)
    until(lambda: not [pid for pid in every if alive(pid)], "its processes end by themselves")


def test_a_taken_port_is_said_in_one_line(processes: Processes, district: Any) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        port = s.getsockname()[1]
        assert processes.serve(port).wait(120) != 0
    assert f"Port {port} is taken" in processes.logs()


def test_a_second_one_on_the_same_data_is_refused_in_one_line(
    processes: Processes, district: Any
) -> None:
    with hold_data_folder():
        assert processes.serve(free_port()).wait(120) != 0
    assert "runs already on" in processes.logs()


def test_a_data_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings_ = {
        "DATA_DIR": str(tmp_path / "file"),
        "DJANGO_SETTINGS_MODULE": "district_assets.settings",
    }
    said = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | settings_,
    )
    assert said.returncode != 0
    assert said.stderr.startswith("The data folder DATA_DIR=")
    assert len(said.stderr.splitlines()) == 1
