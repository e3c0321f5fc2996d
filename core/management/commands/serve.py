"""`manage.py serve`: web, one worker and the sweeper under one command; what dies is restarted."""

import os
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.ops import startup
from core.ops.supervisor import Child, hold_data_folder, supervise


class Command(BaseCommand):
    help = "Run the embedded profile: migrate, then web, worker and sweeper."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument(
            "--demo",
            action="store_true",
            help="on an empty data folder, offer the demonstration district",
        )
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        try:
            lock = hold_data_folder()
        except BlockingIOError as error:
            message = (
                f"District Assets runs already on {settings.DATA_DIR}. Stop it first, or "
                "choose another DATA_DIR."
            )
            raise CommandError(message) from error
        with lock:
            self._serve(host, port, options)

    def _serve(self, host: str, port: int, options: dict[str, Any]) -> None:
        _refuse_taken(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        _forget_bindings()
        self._greet(host, port, options["demo"])
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_args: told.set())
        supervise(_children(host, port, options["workers"]), told, self.stderr.write)

    def _greet(self, host: str, port: int, demo: bool) -> None:
        self.stdout.write(f"District Assets: http://{host}:{port}/  (data in {settings.DATA_DIR})")
        for line in startup.greet(f"http://{host}:{port}", demo=demo):
            self.stdout.write(line)
        self.stdout.flush()


def _children(host: str, port: int, workers: int) -> list[Child]:
    python = sys.executable
    return [
        Child(
            "web",
            [
                python,
                "-m",
                "gunicorn",
                "district_assets.wsgi",
                "-c",
                "gunicorn.conf.py",
                "--bind",
                f"{host}:{port}",
            ],
        ),
        Child(
            "worker",
            [
                python,
                "-m",
                "celery",
                "-A",
                "district_assets",
                "worker",
                "--concurrency",
                str(workers),
                "--loglevel",
                "WARNING",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ],
        ),
        Child("sweeper", [python, "manage.py", "sweep"]),
    ]


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, port))
        except OSError as error:
            message = f"Port {port} is taken. Choose another: PORT=8001 make run"
            raise CommandError(message) from error


def _forget_bindings() -> None:
    """The filesystem transport writes which queues there are again at each start. A file that a
    power cut left empty would stop every later start."""
    if "control_folder" in settings.CELERY_BROKER_TRANSPORT_OPTIONS:
        folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["control_folder"]))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
