"""`manage.py verify`: is the journal whole, and does the state follow from it?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import verify


class Command(BaseCommand):
    help = "Check the journal's chain, the guards and that today's state equals the last spans."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", help="NUMBER:DIGEST as printed on a report; a cut tail shows")

    def handle(self, *args: Any, **options: Any) -> None:
        head = None
        if options["head"]:
            number, _, digest = options["head"].partition(":")
            head = (int(number), digest)
        result = verify.verify(printed_head=head)
        self.stdout.write(
            f"{result.sealed} entries sealed, {result.unsealed} not sealed yet; "
            f"head {result.head[0]}:{result.head[1]}"
        )
        for finding in result.findings:
            self.stderr.write(self.style.ERROR(finding))
        if result.findings:
            raise CommandError(f"{len(result.findings)} findings: this register was altered.")
        self.stdout.write(self.style.SUCCESS("verified: nothing was altered"))
