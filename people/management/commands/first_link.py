"""`manage.py first_link`: a fresh one-time link for the first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.actions import first_link


class Command(BaseCommand):
    help = "Print the path of the set-up page of an installation that is not set up yet."

    def handle(self, *args: Any, **options: Any) -> None:
        token = first_link()
        if token is None:
            raise CommandError("The district is set up already.")
        self.stdout.write(f"/first-run/{token}/")
