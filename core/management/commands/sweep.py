"""`manage.py sweep`: the sweeper, until it is told to stop, or once."""

import signal
import threading
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections, connection

from core.db.unavailable import away
from core.ops import sweeping


class Command(BaseCommand):
    help = "Ring for waiting runs, take over from dead workers, seal the journal, do what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            sweeping.sweep()
            return
        told = threading.Event()
        # Explicit, because the first process of a container ignores a signal without a handler.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: told.set())
        while not told.is_set():
            self._round()
            told.wait(options["every"])
        with suppress(Error):
            sweeping.release()

    def _round(self) -> None:
        close_old_connections()
        try:
            sweeping.sweep()
        except Error as error:  # away for a moment; whatever else it is ends the process
            found = away(error)
            sweeping.say_outages({found.code if found else type(error).__name__})
            connection.close()
