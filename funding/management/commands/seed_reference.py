"""`manage.py seed_reference`: the programs and dated parameters that every district starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from core.journal import writing as journal
from core.models.entry import Via
from funding.seed import seed_reference


class Command(BaseCommand):
    help = "Add the programs and dated parameters that are not there yet. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with journal.working(Via.COMMAND):
            programs, parameters = seed_reference()
        self.stdout.write(f"{programs} programs and {parameters} parameters added")
