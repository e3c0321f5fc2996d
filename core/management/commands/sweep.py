"""`manage.py sweep`: the sweeper, for ever or once."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from core import sweeping


class Command(BaseCommand):
    help = "Ring for waiting runs, take over from dead workers, seal the journal, do what is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            close_old_connections()
            try:
                sweeping.sweep()
            except Exception as error:
                if options["once"]:
                    raise
                self.stderr.write(f"sweeper: {type(error).__name__}, trying again")
            if options["once"]:
                return
            time.sleep(options["every"])
