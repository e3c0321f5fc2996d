"""`manage.py serve`: web, one worker and the sweeper under one command; what dies is restarted."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser


@dataclass
class Child:
    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603
        self.started = time.monotonic()

    def look(self) -> str | None:
        """Restart when it died, with a growing pause; says so."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            if now - self.started > 60:
                self.failures = 0
            return None
        if self.process is not None:
            code = self.process.returncode
            self.process = None
            self.failures += 1
            self.not_before = now + min(30.0, 0.5 * 2 ** min(self.failures, 6) - 0.5)
            return f"{self.name} stopped ({code}); it is started again"
        if now >= self.not_before:
            self.start()
        return None

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)


class Command(BaseCommand):
    help = "Run the embedded profile: migrate, then web, worker and sweeper."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--demo", action="store_true", help="on an empty data folder, offer the demonstration district")  # fmt: skip
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken. Choose another: PORT=8001 make run"
                ) from error
        call_command("migrate", verbosity=0, interactive=False)
        self._greet(host, port, options["demo"])
        children = [
            Child("web", [sys.executable, "-m", "gunicorn", "district_assets.wsgi",
                          "-c", "gunicorn.conf.py", "--bind", f"{host}:{port}"]),
            Child("worker", [sys.executable, "-m", "celery", "-A", "district_assets", "worker",
                             "--concurrency", str(options["workers"]), "--loglevel", "WARNING",
                             "--without-gossip", "--without-mingle", "--without-heartbeat"]),
            Child("sweeper", [sys.executable, "manage.py", "sweep"]),
        ]  # fmt: skip
        stopping = False

        def stop(*_args: object) -> None:
            nonlocal stopping
            stopping = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopping:
            for child in children:
                if said := child.look():
                    self.stderr.write(said)
            time.sleep(0.5)
        for child in children:
            child.stop()
        deadline = time.monotonic() + 15
        for child in children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    os.killpg(child.process.pid, signal.SIGKILL)

    def _greet(self, host: str, port: int, demo: bool) -> None:
        from core import startup

        self.stdout.write(f"District Assets: http://{host}:{port}/  (data in {settings.DATA_DIR})")
        for line in startup.greet(f"http://{host}:{port}", demo=demo):
            self.stdout.write(line)
        self.stdout.flush()
