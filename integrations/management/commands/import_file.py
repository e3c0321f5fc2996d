"""`manage.py import_file KIND FILES [--apply]`: stage, preview and apply files."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core import runs
from core.access import SYSTEM, Actor
from core.ops.unavailable import away
from core.problems import ProblemError
from integrations import actions
from integrations.actions.unknown import creatable, words_of
from integrations.kinds import KINDS
from integrations.kinds.asset_quantity import HOWS
from integrations.kinds.conflicts import CONFLICTS
from integrations.kinds.unknown import read_names
from integrations.models import ImportSession
from integrations.words import fold
from people.models import User


def _choices(session: ImportSession, said: list[str]) -> Iterator[actions.Choice]:
    """What the command line says of words, for those that stand in the file."""
    for text in said:
        kind, _colon, rest = text.partition(":")
        word, equals, choice = rest.rpartition("=")
        if not equals or words_of(session, kind) is None:
            raise CommandError(f"--word {text}: write FIELD:WORD=CHOICE")
        there = (session.unknown.get(kind, {}), session.words.get(kind, {}))
        for name in (n for names in there for n in names if fold(n) == fold(word)):
            yield actions.Choice(kind, name, "word", word=choice)


class Command(BaseCommand):
    help = "Import CSV or XLSX files: a preview, and with --apply the import itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--apply", action="store_true")
        parser.add_argument("--school", default="", help="code of the school for rows without one")
        parser.add_argument("--category", default="", help="category for rows without one")
        parser.add_argument(
            "--create-unknown",
            action="store_true",
            help="with --apply: make the schools, rooms and categories that nobody knows",
        )
        parser.add_argument(
            "--source", default="", help="name of the source (default: each file's)"
        )
        parser.add_argument("--heading", type=int, help="row of the headings (default: found)")
        parser.add_argument(
            "--quantity", choices=HOWS, default="", help="what rows of several things are"
        )
        parser.add_argument("--dash", choices=("zero", "unknown"), default="", help="what $ - is")
        parser.add_argument(
            "--dates",
            choices=("month", "day"),
            default="",
            help="what dates like 3/8/2025 have first",
        )
        parser.add_argument(
            "--settle",
            action="append",
            default=[],
            metavar="QUESTION=CHOICE",
            help="what rows mean that may mean another thing, such as other=correct or two=merge",
        )
        parser.add_argument(
            "--people",
            default="",
            choices=["", "student", "staff"],
            help="who the rows are (default: as their column says, new ones students)",
        )
        parser.add_argument(
            "--word",
            action="append",
            default=[],
            metavar="FIELD:WORD=CHOICE",
            help="what a word of the file means, say status:Archived=surplus; remembered",
        )
        parser.add_argument(
            "--list-of",
            default="",
            help="the day that the list describes, 2026-06-30 (default: today)",
        )
        parser.add_argument("--as", dest="email", default="", help="e-mail of the user who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        by: Actor = SYSTEM
        if options["email"]:
            by = User.objects.get(email__iexact=options["email"])
        for path in options["files"]:
            try:
                session = self._one(path, by, options)
            except ProblemError as error:
                raise CommandError(f"{path.name}: {error}") from error
            except DatabaseError as error:
                found = away(error)
                if found is None:
                    raise
                again = "What was done before stays; bringing the file again adds nothing twice."
                raise CommandError(f"{path.name}: {found} {again}") from error
            counts = Counter(session.rows.values_list("outcome", flat=True))
            said = ", ".join(f"{counts[o]} {o}" for o in ("create", "update", "same", "refused"))
            self.stdout.write(f"{path.name}: {said}; import {session.pk} {session.state}")
            for note in [*session.notes, *session.plan_notes]:
                self.stdout.write(f"  {note}")
            asked = Counter(session.rows.exclude(conflict="").values_list("conflict", flat=True))
            for kind, count in asked.items():
                says, choices = CONFLICTS[kind]
                self.stdout.write(
                    f"  {kind} ({count}): {says}. --settle {kind}={'|'.join(choices)}"
                )
            for row in session.rows.exclude(warnings=[]).order_by("number")[:10]:
                self.stdout.write(f"  row {row.number}: {' '.join(row.warnings)}")
            unknown, understood = read_names(session.unknown), read_names(session.words)
            for kind, names in unknown.items():
                shown = ", ".join(f"{n.name} ({n.count})" for n in list(names.values())[:10])
                self.stdout.write(f"  unknown {kind}: {shown}")
            if options["create_unknown"] and not options["apply"]:
                self._would_make(session, by)
            for kind, names in understood.items():
                shown = ", ".join(
                    f"{n.name} = {n.meaning.key} ({n.meaning.how})"
                    for n in list(names.values())[:10]
                    if n.meaning is not None
                )
                self.stdout.write(f"  taken {kind}: {shown}")
            for refused in session.said.refused.values():
                for name, why in refused.items():
                    self.stdout.write(f"  not made: {name}: {why}")

    def _would_make(self, session: ImportSession, by: Actor) -> None:
        """Say which names would be made. Their rows are refused until they are, and what else
        those rows name is looked up only then."""
        unknown = read_names(session.unknown)
        for kind, pairs in groupby(creatable(session, by), key=lambda pair: pair[0]):
            found = [name for _kind, name in pairs]
            shown = ", ".join(f"{n} ({unknown[kind][n].count})" for n in found[:10])
            more = f" and {len(found) - 10} more" if len(found) > 10 else ""
            self.stdout.write(f"  would be made with --apply, {kind}: {shown}{more}")

    def _one(self, path: Path, by: Actor, options: dict[str, Any]) -> ImportSession:
        plain = ("school", "category", "people", "heading", "quantity", "dash", "list_of")
        said = {k: options[k] for k in plain if options.get(k)}
        if options.get("dates"):
            said["order"] = options["dates"]
        with path.open("rb") as file:
            session = actions.stage(
                file,
                by=by,
                kind=options["kind"],
                name=path.name,
                source=options["source"],
                options=said,
            )
        session = actions.preview(session, by=by)
        if choices := list(_choices(session, options["word"])):
            session = self._done(actions.settle_unknown(session, choices, by=by))
        for _round in range(2):  # rooms of a school that is made here are found only then
            # Nothing reaches the register unless it is to be applied.
            if options["create_unknown"] and options["apply"] and session.unknown:
                session = self._done(actions.create_unknown(session, by=by))
        for settled in options["settle"]:
            kind, _equals, choice = settled.partition("=")
            if not choice or session.rows.filter(conflict=kind).exists():
                session = self._done(actions.settle_conflicts(session, kind, choice, by=by))
        if options["apply"]:
            session = self._done(actions.apply_import(session, by=by))
        return session

    def _done(self, session: ImportSession) -> ImportSession:
        """What was asked of a worker is done here."""
        if session.run is not None and not session.run.over:
            runs.execute(session.run.pk)
        session.refresh_from_db()
        return session
