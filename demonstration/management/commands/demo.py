"""`manage.py demo`: make the demonstration district in the present, empty data folder."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.journal import writing as journal
from core.models.entry import Via
from core.problems import ProblemError
from demonstration.actions.start import login_lines, make_district, password_file
from demonstration.fill import fill


class Command(BaseCommand):
    help = "Make the demonstration district here. Refuses where a real district lives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--district-only", action="store_true", help="log-ins, no data yet")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            with journal.working(Via.COMMAND):
                make_district()
                if not options["district_only"]:
                    fill(self._progress)
        except ProblemError as error:
            raise CommandError("; ".join(str(p.message) for p in error.problems)) from error
        self.stdout.write(f"\rThe demonstration is ready after {time.monotonic() - began:.0f} s.")
        for line in login_lines():
            self.stdout.write(f"  {line}")
        self.stdout.write(f"The pass phrase is kept in {password_file()}")

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} steps", ending="")
            self.stdout.flush()
