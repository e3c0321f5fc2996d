"""Planning what each staged row would do: new, changed, same or refused, with the reasons."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import funding.eyes
from core import runs
from core.access import Actor
from core.db import bulk
from core.models import Run
from core.ops.memory import without_collecting
from core.problems import Problem, Stale, refuse_if
from integrations import eyes, understand
from integrations.actions import parts
from integrations.answers import recalled
from integrations.kinds import KINDS
from integrations.kinds.base import C, ImportKind, R, S
from integrations.kinds.rows.changes import Changes
from integrations.kinds.rows.decided import keep_questions
from integrations.kinds.rows.planned import Planned, Row
from integrations.kinds.rows.unknown import Unknown
from integrations.kinds.unused.columns import Telling
from integrations.models import ImportSession, StagedRow
from integrations.sections import listed

BATCH = 1000
MOST_REASONS = 20_000  # different ones that are counted
#: So many rows are planned while somebody waits for the page; more are a Run.
AT_ONCE = 2000
PLANNED = [
    "outcome",
    "problems",
    "changes",
    "before",
    "object_id",
    "source_key",
    "conflict",
    "warnings",
    "person_key",
    "person_key_before",
]
#: What each planning says anew.
ANEW = ["problems", "changes", "before", "warnings"]
State = ImportSession.State


def opened(session: ImportSession, by: Actor, seen: str | None = None) -> ImportSession:
    """The session, locked, while it may still be changed. Raises Stale where it was planned anew
    since somebody looked at the plan `seen`."""
    # Two windows may plan, mend or apply at once: they come in one after the other.
    found = ImportSession.objects.visible_to(by).select_for_update().get(pk=session.pk)
    if not found.headers and not found.blanked_at:
        refuse_if([Problem("half", _("This file was not read to its end. Bring it again."))])
    if found.state not in (State.STAGED, State.PREVIEWED):
        refuse_if([Problem("applied", _("This import was applied already."))])
    as_seen(found, seen)
    return found


def as_seen(session: ImportSession, seen: str | None) -> None:
    """Raise Stale where a (locked) import has another plan than the one that somebody looked at.
    Each planning has a name of its own."""
    if seen is not None and seen != session.said.planner:
        message = _(
            "The plan changed since you looked: somebody planned the rows anew. Look again."
        )
        raise Stale(Problem("stale", message))


def batches(
    session: ImportSession, *, but: Sequence[str] = (), **filters: Any
) -> Iterator[list[StagedRow]]:
    """The session's rows in order, a batch at a time. `but`: columns that need not be read."""
    after = Q()
    every = StagedRow.objects.filter(session=session, **filters).defer(*but)
    while rows := list(every.filter(after).order_by("number", "part")[:BATCH]):
        last = rows[-1]
        after = Q(number__gt=last.number) | Q(number=last.number, part__gt=last.part)
        yield rows


def save_rows(rows: list[StagedRow], fields: list[str]) -> None:
    """Write some fields of many staged rows at once."""
    bulk.write(rows, fields)


def save_planned(session: ImportSession, rows: list[StagedRow], *more: str) -> None:
    """Write what was planned of many staged rows, and `more` fields. An import holds personal
    values once a row of it names somebody, in whatever column or only in what it changes."""
    named = any(row.person_key or row.person_key_before for row in rows)
    if named and not session.personal:
        ImportSession.objects.filter(pk=session.pk).update(personal=True)
    save_rows(rows, [*PLANNED, *more])


def plan_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """Plan every row: at once, or as a Run where there are so many that nobody should wait."""
    if session.rows.count() <= AT_ONCE:
        return preview(session, by=by)
    with transaction.atomic():
        session, mine = _take(session, by)
        parameters = {"session": session.pk, "planner": mine}
        session.run = runs.start("import-plan", parameters, by=by)
        session.save(update_fields=["run"])
    return session


def do_plan(work: runs.Work) -> dict[str, Any]:
    """The worker's part of planning. A killed worker's successor begins anew."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    total = session.rows.count()
    mine = work.parameters["planner"]
    _plan(session, mine, work.by, lambda n: work.progress(n, total), work.hold)
    return {"url": f"/imports/{session.pk}/"}


def plan_in(work: runs.Work, session: ImportSession) -> ImportSession:
    """Plan every row within a run that did something else before."""
    session, mine = _take(session, work.by, work.run)
    total = session.rows.count()
    return _plan(session, mine, work.by, lambda n: work.progress(n, total), work.hold)


def preview(session: ImportSession, *, by: Actor) -> ImportSession:
    """Plan every row: new, changed (old -> new), same, or refused with the reason per cell.

    Raises Refused where another window began to plan the same import meanwhile."""
    session, mine = _take(session, by)
    return _plan(session, mine, by, lambda _done: None)


def _take(session: ImportSession, by: Actor, run: Run | None = None) -> tuple[ImportSession, str]:
    """From here on whoever planned the import before gives way; the new planner's name."""
    mine = uuid4().hex
    with transaction.atomic():
        session = opened(session, by)
        session.say(replace(session.said, planner=mine))
        session.state, session.run = State.STAGED, run
        session.save(update_fields=["options", "state", "run"])
        widen(session, eyes.planner(session, by))  # until the last row is planned anew
    return session, mine


def widen(session: ImportSession, by: Actor) -> None:
    """Keep that some of what an import tells is told as `by` sees it (of a locked one)."""
    seen = funding.eyes.joined(session.eyes, eyes.eyes_of(by))
    if seen != session.eyes:
        session.eyes = seen
        session.save(update_fields=["eyes"])


def _plan(
    session: ImportSession,
    mine: str,
    by: Actor,
    told: Callable[[int], None],
    ours: Callable[[], None] = lambda: None,
) -> ImportSession:
    """A batch at a time: a large file must not keep the desks waiting. As its owner sees the
    register, whoever acts. `told` hears how many rows are planned; `ours` is asked in each
    transaction: on SQLite a run's heart waits until that ends."""
    with transaction.atomic():
        ours()
        session = _still_planning(session, mine, by)
        StagedRow.objects.filter(session=session).exclude(source_key="").update(source_key="")
        parts.spread(session)
        owner = eyes.planner(session, by)
        kind, unknown = KINDS[session.kind], Unknown(session.said)
        seen = kind.begin(session, owner, unknown)
    telling = Telling(kind.spoken, session.headers, session.mapping, kind.meant())
    done, noted, whys = 0, Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    recalls = Counter[str]()
    none: list[int] = []
    for rows in batches(session, but=ANEW):
        with transaction.atomic(), without_collecting():
            ours()
            session = _still_planning(session, mine, by)
            asked_of = {row.pk: row.decisions for row in rows}
            for plan in plan_rows(kind, session, rows, owner, seen, unknown):
                keep(plan)
                noted.update(plan.notes)
                recalls.update(plan.recalled)
                none += [plan.row.number] if plan.no_row else []
                told_of = ((field, why) for field, why in plan.problems)
                whys.update(x for x in told_of if x in whys or len(whys) < MOST_REASONS)
            save_planned(session, rows)
            save_rows([r for r in rows if r.decisions is not asked_of[r.pk]], ["decisions"])
        for row in rows:
            telling.hear(row.raw)
        done += len(rows)
        told(done)
    with transaction.atomic():
        ours()
        session = _still_planning(session, mine, by)
        session.unknown, session.words = unknown.as_json(), unknown.settled_as_json()
        asked = sorted({note for _column, note in noted if note.startswith("ask-")})
        often = [[field, why, n] for (field, why), n in whys.most_common(12) if n > 1]
        session.say(replace(session.said, asked=asked, reasons=often, as_before=dict(recalls)))
        spoken = telling.spoken()
        idle = ", ".join(
            h for h in session.headers if not session.mapping.get(h) and h not in spoken
        )
        session.plan_notes = [
            *recalled(session.said),
            *telling.sentences(),
            *kind.told(session, seen, owner),
            *understand.sentences(noted),
        ]
        if none:
            message = _(
                "Totals, headings, names of sections, feet of pages and rows that name nobody do "
                "not come in unless you say that they are rows: %(n)s (row %(rows)s)."
            )
            session.plan_notes.append(message % {"rows": listed(sorted(none)), "n": len(none)})
        if idle:
            session.plan_notes.append(_("Kept, and read by no field: %s.") % idle)
        session.state, session.eyes = State.PREVIEWED, eyes.eyes_of(owner)
        session.save(update_fields=["unknown", "words", "options", "plan_notes", "state", "eyes"])
    return session


def _still_planning(session: ImportSession, mine: str, by: Actor) -> ImportSession:
    found = opened(session, by)
    if found.said.planner != mine:
        message = _("Another window is reading this import again. Look at it in a moment.")
        refuse_if([Problem("planned-elsewhere", message)])
    return found


def plan_rows(
    kind: ImportKind[R, C, S],
    session: ImportSession,
    rows: list[StagedRow],
    by: Actor,
    seen: S,
    unknown: Unknown,
) -> list[Planned[R, C]]:
    """Plans of rows; what was wrong with a row in the file refuses it whatever its plan, and so
    does it that somebody whom it named was forgotten."""
    coming = [r for r in rows if not r.blanked and not r.left_out]
    plans = kind.plan(session, coming, by, seen, unknown)
    for plan in plans:
        plan.problems = [*plan.row.faults, *plan.problems]
    forgotten = _("Somebody whom it named was forgotten, and the row with them.")
    left = StagedRow.Outcome.LEFT_OUT.value
    return [
        *plans,
        *(kind.unread(r, outcome=left) for r in rows if r.left_out and not r.blanked),
        *(kind.unread(r, problems=[["", forgotten]]) for r in rows if r.blanked),
    ]


def keep(plan: Planned[Row, Changes]) -> None:
    """Write a plan into its staged row (not yet saved)."""
    row = plan.row
    row.problems = plan.problems
    row.outcome = "refused" if plan.problems else plan.outcome
    row.changes, row.before = plan.changes.shown(), plan.changes.before()
    row.object_id = plan.object_id
    row.conflict, row.warnings = plan.conflict, plan.warnings
    keep_questions(row, plan.asked)
    named, before = plan.values.persons()
    row.person_key = named.strip().lower()[:64]
    row.person_key_before = before.strip().lower()[:64]
