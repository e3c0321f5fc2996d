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
from core.db.unavailable import away
from core.problems import ProblemError
from integrations import actions
from integrations.actions.unknown import creatable, known, words_of
from integrations.answers import ANSWERS
from integrations.kinds import KINDS
from integrations.kinds.rows.unknown import read_names
from integrations.models import ImportSession
from integrations.words import fold
from people.models import User

#: Names, besides words, of which the command line can say what they mean.
NAMES = ("school", "category", "award", "program")
#: What a file may mean beyond its cells: the option, what it answers, in words.
ASKED = (
    ("--quantity", "quantity", "what rows of several items are"),
    ("--dash", "dash", "what $ - is"),
    ("--dates", "order", "what dates like 3/8/2025 have first"),
    ("--sheet-dates", "sheet", "whether a spreadsheet's own dates are exchanged"),
)
AGAIN = "ask"


def _choices(session: ImportSession, said: list[str], by: Actor) -> Iterator[actions.Choice]:
    """What the command line says of words and names, for those that stand in the file."""
    for text in said:
        kind, _colon, rest = text.partition(":")
        word, equals, choice = rest.rpartition("=")
        words = words_of(session, kind)
        if not equals or (words is None and kind not in NAMES):
            raise CommandError(f"--word {text}: write FIELD:WORD=CHOICE")
        there = (session.unknown.get(kind, {}), session.words.get(kind, {}))
        for name in (n for names in there for n in names if fold(n) == fold(word)):
            if words is not None:
                yield actions.Choice(kind, name, "word", word=choice)
            else:
                yield actions.Choice(kind, name, "map", _called(kind, choice, by))


def _called(kind: str, name: str, by: Actor) -> int:
    """The key of what is called so. Raises CommandError where nothing is, or several things."""
    found = [
        row.pk
        for row in known(kind, None, by)
        if fold(name) in (fold(str(row)), fold(getattr(row, "code", "")))
    ]
    if len(found) != 1:
        raise CommandError(f"--word: there is not exactly one {kind} called {name}.")
    return int(found[0])


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
        for option, name, means in ASKED:
            parser.add_argument(
                option,
                dest=name,
                choices=(*ANSWERS[name][1], AGAIN),
                default="",
                help=f"{means}; remembered for the source ({AGAIN}: forget it)",
            )
        parser.add_argument(
            "--settle",
            action="append",
            default=[],
            metavar="QUESTION=CHOICE",
            help="what rows mean that may mean another item, such as other=correct or two=merge",
        )
        parser.add_argument(
            "--take-in",
            action="append",
            type=int,
            default=[],
            metavar="ROW",
            help="a row that was left out by its look and is one of its own",
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
            help="what a word or name of the file means, say status:Archived=surplus or "
            "award:S010A=Title I; remembered",
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
            self._questions(session)
            for row in session.rows.exclude(warnings=[]).order_by("number")[:10]:
                self.stdout.write(f"  row {row.number}: {' '.join(row.warnings)}")
            unknown, understood = read_names(session.unknown), read_names(session.words)
            for kind, names in unknown.items():
                shown = ", ".join(f"{n.name} ({n.count})" for n in list(names.values())[:10])
                how = f". --word {kind}:NAME=WHICH" if kind in NAMES else ""
                self.stdout.write(f"  unknown {kind}: {shown}{how}")
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

    def _questions(self, session: ImportSession) -> None:
        """What is asked, and what was answered for an earlier file of the source."""
        asked = Counter(session.rows.exclude(conflict="").values_list("conflict", flat=True))
        before = session.said.as_before
        for q in KINDS[session.kind].questions:
            if count := asked[q.name]:
                told = f"  {q.name} ({count}): {q.sentence}"
                self.stdout.write(f"{told}. --settle {q.name}={'|'.join(q.choices)}")
            if count := before.get(q.name, 0):
                told = f"  {q.name} ({count}): {q.sentence}"
                self.stdout.write(f"{told}: as answered before. --settle {q.name}={AGAIN}")

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
        plain = ("school", "category", "people", "heading", "list_of", *ANSWERS)
        said = {k: options[k] for k in plain if options.get(k)}
        said |= {k: "" for k in ANSWERS if said.get(k) == AGAIN}
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
        for row in options["take_in"]:
            session = self._taken_in(session, row, by)
        if choices := list(_choices(session, options["word"], by)):
            session = self._done(actions.settle_unknown(session, choices, by=by))
        session = self._made(session, by, options)
        answers: dict[str, str] = {}
        for settled in options["settle"]:
            kind, _equals, choice = settled.partition("=")
            if choice and kind in session.said.as_before:  # it was answered otherwise before
                session = self._done(actions.settle_conflicts(session, kind, AGAIN, by=by))
            if not choice:
                session = self._done(actions.settle_conflicts(session, kind, choice, by=by))
            elif choice != AGAIN:
                answers[kind] = choice
        session = self._settled(session, answers, by)
        session = self._made(session, by, options)  # a name that was said to be another's, too
        if options["apply"]:
            session = self._done(actions.apply_import(session, by=by))
        return session

    def _settled(self, session: ImportSession, answers: dict[str, str], by: Actor) -> ImportSession:
        """Answer each row until it asks nothing more: one that asks two things asks the second once
        the first was answered, whichever was said first."""
        asking = session.rows.filter(outcome="refused", conflict__in=list(answers))
        done: set[tuple[str, int]] = set()
        while new := set(asking.values_list("conflict", "pk")) - done:
            kind = next(kind for kind in answers if any(kind == asked for asked, _pk in new))
            done |= {pair for pair in new if pair[0] == kind}
            session = self._done(actions.settle_conflicts(session, kind, answers[kind], by=by))
        return session

    def _made(self, session: ImportSession, by: Actor, options: dict[str, Any]) -> ImportSession:
        """Make what nobody knows. Nothing reaches the register unless it is to be applied."""
        for _round in range(2):  # rooms of a school that is made here are found only then
            if options["create_unknown"] and options["apply"] and session.unknown:
                session = self._done(actions.create_unknown(session, by=by))
        return session

    def _taken_in(self, session: ImportSession, row: int, by: Actor) -> ImportSession:
        if not session.rows.filter(number=row, left_out=True).exists():
            raise CommandError(f"--take-in {row}: this row was not left out")
        return self._done(actions.leave_out(session, row, by=by, out=False))

    def _done(self, session: ImportSession) -> ImportSession:
        """What was asked of a worker is done here."""
        if session.run is not None and not session.run.over:
            runs.execute(session.run.pk)
        session.refresh_from_db()
        return session
