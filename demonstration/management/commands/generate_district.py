"""`manage.py generate_district --assets N --seed S`: a district of any size, written in bulk."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.problems import ProblemError
from demonstration.actions.generate import Size, generate


class Command(BaseCommand):
    help = "Write a generated district of N items. Refuses where a real district lives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--assets", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--one-award", action="store_true", help="one award pays into all")
        parser.add_argument("--no-seal", action="store_true", help="leave sealing to the sweeper")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["assets"] <= 5_000_000:
            raise CommandError("--assets: from 1 to 5,000,000")
        size = Size(
            options["assets"], options["seed"], options["one_award"], not options["no_seal"]
        )
        began = time.monotonic()
        written = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal written
            written = time.monotonic() - began
            if self.stdout.isatty():
                self.stdout.write(f"\r{done:,} of {total:,}", ending="")

        try:
            generate(size, progress)
        except ProblemError as error:
            raise CommandError("; ".join(str(p.message) for p in error.problems)) from error
        rate = size.assets / written
        self.stdout.write(
            f"\r{size.assets:,} items written in {written:.1f} s ({rate:,.0f} a second); "
            f"sealed after {time.monotonic() - began:.1f} s"
        )
