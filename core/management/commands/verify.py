"""`manage.py verify`: is the journal whole, and is everything as it says?"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.journal import verify

LIMITS = """\
Nobody can detect: a consistent forgery of the entries after that head, of the tables and of the
files by who owns them all; and well-formed entries that were sealed since. Keep heads elsewhere: a
printed report, a backup on another machine. Not compared with the journal, each with its reason:"""


class Command(BaseCommand):
    help = (
        "Check the journal's chain, every column of every row against its entries, the stored "
        "files, the heads that were written down, and the guards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", help="NUMBER:DIGEST as printed on a report; a cut tail shows")

    def handle(self, *args: Any, **options: Any) -> None:
        head = None
        if options["head"]:
            number, _, digest = options["head"].partition(":")
            if not number.isdecimal() or len(digest) != 64:
                raise CommandError("Give the head as NUMBER:DIGEST, as a report prints it.")
            head = (int(number), digest)
        result = verify.verify(printed_head=head)
        self._say(result)
        for finding in result.findings:
            self.stderr.write(self.style.ERROR(finding))
        if result.findings:
            raise CommandError(f"{len(result.findings)} findings: this register was altered.")
        if result.pending:
            self.stdout.write(
                f"{result.pending} rows wait for their baseline: nothing is said of them yet."
            )
        self.stdout.write(self.style.SUCCESS("verified: nothing was altered"))

    def _say(self, result: verify.Result) -> None:
        self.stdout.write(
            f"{result.sealed} entries sealed, {result.unsealed} not sealed yet; "
            f"head {result.head[0]}:{result.head[1]}"
        )
        for label, counts in sorted(result.tables.items()):
            told = f", {counts.entries} entries" if counts.entries else ""
            self.stdout.write(f"  {label}: {counts.rows} rows{told}")
        self.stdout.write(f"  stored files: {result.files}")
        last = result.last_outside
        self.stdout.write(
            f"The last head that is written down outside is {last.number} ({last.where})."
            if last
            else "No head is written down outside of the journal yet."
        )
        self.stdout.write(LIMITS)
        for name, reason in settings.NOT_JOURNALED.items():
            self.stdout.write(f"  {name}: {reason}")
