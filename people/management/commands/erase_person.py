"""`manage.py erase_person LOCAL_ID`: says what keeps somebody; with --reason it forgets them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import days, journal, runs
from core.access import SYSTEM
from core.forgetting import KIND
from core.models import Run
from core.models.entry import Via
from core.problems import ProblemError
from people.actions import erase_person
from people.models import Person
from people.rules.erasing import keeping_problems, rows_of


class Command(BaseCommand):
    help = "Erase a person of the roster. Without --reason it only says what keeps them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("local_id")
        parser.add_argument("--reason", default="", help="why; it stays, so do not name them in it")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(local_id__iexact=options["local_id"].strip()).first()
        if person is None:
            raise CommandError("Nobody has this id.")
        kept = list(keeping_problems(rows_of(person), days.today()))
        for problem in kept:
            self.stderr.write(self.style.WARNING(str(problem)))
        if not options["reason"]:
            if not kept:
                self.stdout.write("Nothing keeps them. Give --reason to erase them.")
            return
        with journal.working(Via.COMMAND):
            try:
                gone = erase_person(person, by=SYSTEM, reason=options["reason"])
            except ProblemError as error:
                raise CommandError(str(error)) from error
        # Who runs commands may have no worker: the pages are written anew here.
        for run in Run.objects.filter(kind=KIND, state=Run.State.WAITING):
            runs.execute(run.pk)
        self.stdout.write(self.style.SUCCESS(f"Person {gone.pk} is erased; the facts stay."))
