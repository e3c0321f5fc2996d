"""`manage.py restore FILE`: put an archive back. Stop web, workers and sweeper first."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.access import SYSTEM
from core.backup import Refusal, restore
from core.forgetting import erasures
from core.journal import heads
from core.journal import writing as journal
from core.models import District
from core.models.entry import Via
from core.ops.supervisor import hold_data_folder


class Command(BaseCommand):
    help = "Check an archive whole, put it in place of this district, then verify."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="a district lives here: delete it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lock = hold_data_folder()
        except BlockingIOError as error:
            raise CommandError(
                "District Assets runs on this data folder. Stop it first."
            ) from error
        with lock:
            self._restore(options)

    def _restore(self, options: dict[str, Any]) -> None:
        try:
            made, result = restore(options["file"], replace=options["replace"])
        except Refusal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.district}: {sum(t.rows for t in made.tables):,} rows and {len(made.files):,} "
            f"files as of {made.made_at}; {len(made.missing)} files were missing already"
        )
        self.stdout.write(f"{result.sealed} entries sealed, head {result.head[0]}:{result.head[1]}")
        for finding in result.findings:
            self.stderr.write(self.style.ERROR(finding))
        with journal.working(Via.COMMAND):
            facts = {"made_at": made.made_at, "head": made.head[0]}
            heads.note(heads.RESTORED)
            journal.record("backup.restored", District.objects.get(), by=SYSTEM, data=facts)
            # An older archive brings back whom it still has.
            for sentence in erasures.again():
                self.stdout.write(sentence)
        if result.findings:
            raise CommandError(f"It is restored, and verify has {len(result.findings)} findings.")
        self.stdout.write(self.style.SUCCESS("verified: nothing was altered"))
