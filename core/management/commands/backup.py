"""`manage.py backup`: the whole register in one archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.backup import Refusal, make_backup
from core.journal import writing as journal
from core.models.entry import Via


class Command(BaseCommand):
    help = "Write every row and every private file to one archive, and read it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="instead of a dated file in BACKUP_DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with journal.working(Via.COMMAND):
                path, facts = make_backup(options["out"])
        except (Refusal, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(
            f"{path}: {facts['rows']:,} rows, {facts['files']:,} files, {facts['size']:,} bytes, "
            f"journal head {facts['head']}; read back and whole"
        )
        if facts["missing"]:
            self.stderr.write(
                self.style.WARNING(f"{facts['missing']} files were gone or damaged already.")
            )
