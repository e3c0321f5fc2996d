"""`manage.py report property-record --award A --as-of D --format pdf --out FILE`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from core import files, runs
from core.access import SYSTEM
from core.problems import ProblemError
from core.time import days
from core.web.asked import day_asked
from funding.models import Award
from people.models import School
from reports import actions
from reports.actions import request_report

#: Seconds between two looks at a report that a worker is making.
LOOK_AGAIN = 0.2


class Command(BaseCommand):
    help = "Make a report and write one rendering to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["property-record", "r1"])
        parser.add_argument("--award", required=True, help="name, FAIN, FRN or number")
        parser.add_argument("--as-of", default="", help="YYYY-MM-DD, default today")
        parser.add_argument("--format", choices=sorted(actions.CONTENT), default="pdf")
        parser.add_argument("--school", default="", help="code; default all schools")
        parser.add_argument("--out", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        text = options["award"]
        match = Q(name__iexact=text) | Q(fain__iexact=text) | Q(frn__iexact=text)
        found = list(Award.objects.filter(match | Q(pk=text if text.isdecimal() else 0))[:2])
        if len(found) != 1:
            raise CommandError(f"There is not exactly one award called {text}.")
        school = School.objects.filter(code__iexact=options["school"]).first()
        if options["school"] and school is None:
            raise CommandError(f"There is no school {options['school']}.")
        try:
            as_of = day_asked(options["as_of"], "as_of") or days.today()
            report = request_report(
                found[0], by=SYSTEM, as_of=as_of, formats=[options["format"]], school=school
            )
        except ProblemError as error:
            raise CommandError(str(error)) from error
        run = report.run
        assert run is not None, "what is asked for has a run until it is forgotten"
        # A worker that heard the bell may be at it already: wait for its end, or take over when it
        # dies.
        while not run.over:
            if not runs.execute(run.pk):
                time.sleep(LOOK_AGAIN)
            run.refresh_from_db()
        made = report.files.select_related("file").first()
        if made is None:
            raise CommandError(run.reason)
        with files.open_file(made.file) as handle:
            Path(options["out"]).write_bytes(handle.read())
        self.stdout.write(f"{report.number} written to {options['out']}")
