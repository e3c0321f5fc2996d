"""`manage.py erase_person LOCAL_ID`: says what keeps somebody; with --reason it forgets them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import forgetting
from core.access import SYSTEM
from core.journal import writing as journal
from core.models.entry import Via
from core.problems import ProblemError
from core.time import days
from people.actions import erase_person
from people.models import Person
from people.rules.erasing import keeping_problems, rows_of
from people.rules.written import places_of


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
        found = places_of(person)
        if not options["reason"]:
            self._list(found)
            if not kept:
                self.stdout.write("Nothing keeps them. Give --reason to erase them.")
            return
        with journal.working(Via.COMMAND):
            try:
                gone = erase_person(person, by=SYSTEM, reason=options["reason"])
            except ProblemError as error:
                raise CommandError(str(error)) from error
        forgetting.tidy_now()
        self._list(found)
        self.stdout.write(self.style.SUCCESS(f"Person {gone.pk} is erased; the facts stay."))

    def _list(self, found: forgetting.Found) -> None:
        """Where they are named, to be cleaned on their page; what is written there is not said."""
        for written in forgetting.look(found.all, SYSTEM):
            perhaps = "" if written.place in found.places else " (perhaps: their last name)"
            self.stdout.write(
                f"To be cleaned{perhaps}: {written.what} of "
                f"{written.where or written.place.label}, {written.url or written.place.pk} "
                f"{written.why_not}".rstrip()
            )
        if found.more:
            self.stdout.write(f"{found.more} more have their last name.")
