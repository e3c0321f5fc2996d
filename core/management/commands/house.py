"""`manage.py house`: what each app adds to the house."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.furnishing import houses


class Command(BaseCommand):
    help = "Print what each app adds: navigation, panels, chores, kinds of runs, sentences, checks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("apps", nargs="*", help="only these apps")

    def handle(self, *args: Any, **options: Any) -> None:
        for app, parts in houses().items():
            if options["apps"] and app not in options["apps"]:
                continue
            self.stdout.write(f"{app} (house.py): {len(parts)} parts")
            ordered = sorted(parts, key=lambda p: (p.where, p.kind))
            for (where, kind), same in groupby(ordered, key=lambda p: (p.where, p.kind)):
                self.stdout.write(f"  {kind} ({where})")
                for each in same:
                    self.stdout.write(f"    {each}")
