"""Staging a file, mapping its columns. Nothing reaches the register here."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from core import files
from core.access import Actor, require
from core.db import bulk
from core.files.tabular import typed
from core.journal.writing import record
from core.problems import Problem, invalid_if
from core.time import days
from core.web.asked import day_asked
from integrations.actions.memory import answer, recall, remember
from integrations.actions.plan import BATCH, opened, plan_import
from integrations.actions.returned import answers_of, beside, list_of, take_over, told_of
from integrations.answers import given
from integrations.as_staged import Intake
from integrations.gone_sections import says_gone
from integrations.headings import squashed
from integrations.intake import take_in
from integrations.kinds import KINDS
from integrations.kinds.labels import label
from integrations.kinds.rows.answered import without_answers
from integrations.kinds.rows.decided import UNDER
from integrations.models import ImportSession, StagedRow
from integrations.sheet import LONGEST_CELL

CHUNK = 1 << 20
SAMPLE = 200  # rows that are looked at where headings leave it open
#: Which row was chosen as the headings, as it is remembered for the source.
HEADINGS = "headings"
State = ImportSession.State


def stage(
    data: bytes | BinaryIO,
    *,
    by: Actor,
    kind: str,
    name: str,
    source: str = "",
    options: dict[str, Any] | None = None,
) -> ImportSession:
    """Read a file and keep its rows, unknown columns too, with columns mapped as far as known: in
    this process, while the caller waits (`receive` leaves it to a worker).

    Raises Invalid with a sentence for a file that cannot be read."""
    session = begin(by=by, kind=kind, name=name, source=source, options=options)
    session.save()
    try:
        return fill(session, io.BytesIO(data) if isinstance(data, bytes) else data, by)
    except BaseException:
        session.delete()
        if session.file is not None:
            files.forget(session.file)
        raise


def begin(
    *, by: Actor, kind: str, name: str, source: str, options: dict[str, Any] | None
) -> ImportSession:
    """An import of which nothing is read yet (not saved)."""
    require(by, "integrations.import")
    if kind not in KINDS:
        invalid_if([Problem("kind", _("Choose what the file holds."), "kind")])
    source = (source or name.rsplit(".", 1)[0])[:64]
    return ImportSession(
        kind=kind,
        name=name[:200],
        source=source,
        owner_id=by.pk,
        options=_checked(options or {}),
        created_at=days.now(),
    )


def fill(
    session: ImportSession,
    file: BinaryIO,
    by: Actor,
    *,
    ours: Callable[[], None] = lambda: None,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> ImportSession:
    """Keep a file's rows, a batch at a time so that no desk waits for a large one. What has no
    headers yet was not read to its end. `ours` is asked in each transaction, `told` hears how
    far it is."""
    kind = KINDS[session.kind]
    columns, words, answers = recall(session, by)
    words = without_answers(words)
    said = given(session.options)
    known = kind.meant() | {squashed(h): f for h, f in columns.items() if f}
    before = answers.get(HEADINGS, "")
    taken = take_in(file, known, kind.codes(), session.said.heading, lambda n: told(n, 0), before)
    if not taken.over and says_gone(called := PurePath(session.name).stem):
        taken.over = called
    if (origin := list_of(session, taken.headers, by)) is not None:
        session.source = origin.source
        columns, words, answers = recall(session, by)
        words, answers = without_answers(words), answers | answers_of(origin)
        taken.drop({*beside(taken.headers)})
    rows, done = _rows(session, taken, ours=origin is not None), 0
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            ours()
            bulk.append(batch)
        done += len(batch)
        told(done, taken.total)
    file.seek(0)
    kept = iter(lambda: file.read(CHUNK), b"") if taken.clean else taken.file()
    with transaction.atomic():
        ours()
        session.file = files.store(kept, "application/octet-stream")
        session.headers, session.notes = taken.headers, taken.notes
        session.options = {**session.options, **taken.facts}
        session.say(replace(session.said, heading_row=taken.heading))
        if origin is not None:
            columns, words = take_over(session, origin, columns, words)
            session.notes = [told_of(origin), *session.notes]
        if words:
            old = {kind: list(known) for kind, known in words.items()}
            session.say(replace(session.said, mapped=words, remembered=old))
        session.mapping = _mapping(session, columns, by)
        if session.said.heading is not None:
            remember(session, by=by, answers={HEADINGS: taken.print})
        answer(session, said, answers, by=by)
        session.state, session.personal = State.STAGED, holds_persons(session)
        session.incoming = ""
        session.save(
            update_fields=[
                "incoming",
                "source",
                "file",
                "headers",
                "notes",
                "options",
                "mapping",
                "state",
                "personal",
            ]
        )
        facts = {"kind": session.kind, "rows": done}
        record("import.staged", session, by=by, data=facts)
    return session


def _mapping(session: ImportSession, columns: dict[str, str], by: Actor) -> dict[str, str]:
    """What is known of the source's columns goes before what their headings say."""
    fields = {f.name for f in KINDS[session.kind].fields}
    known = {h: f for h, f in columns.items() if h in session.headers and f in {"", *fields}}
    others = [h for h in session.headers if h not in known]
    guess = {h: f for h, f in KINDS[session.kind].guess(others).items() if f not in known.values()}
    sample = StagedRow.objects.filter(session=session).order_by("number")[:SAMPLE]
    guess = KINDS[session.kind].settle(guess, [row.raw for row in sample], by)
    return guess | {h: f for h, f in known.items() if f}


def holds_persons(session: ImportSession) -> bool:
    """Whether personal values may stand in its cells: those of people, of holders, or in a column
    that is not used, of which nobody knows what it holds."""
    kind, used = KINDS[session.kind], set(session.mapping.values())
    return (
        kind.of_people
        or any(f.person and f.name in used for f in kind.fields)
        or any(not session.mapping.get(h) for h in session.headers)
    )


def _rows(session: ImportSession, taken: Intake, *, ours: bool) -> Iterator[StagedRow]:
    """`ours`: they were given out, where nothing may be a formula."""
    for line in taken.rows():
        faults = [["", line.fault]] if line.fault else []
        raw = {}
        for header, cell in zip(taken.headers, line.cells, strict=True):
            if len(cell) > LONGEST_CELL:
                faults.append([header, str(_("This cell is far too long and was cut."))])
                cell = cell[:200]
            raw[header] = typed(cell) if ours else cell
        yield StagedRow(
            session_id=session.pk,
            number=line.number,
            raw=raw,
            faults=faults,
            left_out=line.none,
            decisions=({"none": "left"} if line.none else {})
            | ({UNDER: line.under} if line.under else {}),
        )


def _checked(options: dict[str, Any]) -> dict[str, Any]:
    """The options of an import; the day that its list describes is no later than today."""
    if "list_of" not in options:
        return options
    listed_on = day_asked(str(options["list_of"] or ""), "list_of")
    return options | {"list_of": listed_on.isoformat() if listed_on else ""}


def remap(
    session: ImportSession,
    mapping: dict[str, str],
    *,
    by: Actor,
    options: dict[str, Any],
    share: bool | None = None,
    seen: str | None = None,
) -> ImportSession:
    """Map the columns and answer what was asked; remembered for the next file of this source, for
    oneself or (`share`) for everybody who brings one. Raises Stale where the plan is another than
    `seen`: every column is said anew."""
    with transaction.atomic():
        session = opened(session, by, seen)
        kind = KINDS[session.kind]
        known = {f.name for f in kind.fields}
        chosen = {h: f for h, f in mapping.items() if h in session.headers}
        session.mapping = {h: f for h, f in chosen.items() if f in known}
        message = _("Two columns become %s. Choose one of them.")
        twice = kind.twice(session.mapping)
        invalid_if([Problem("twice", message % label(f), "columns") for f in twice])
        old, now = session.said, given(options)
        session.options = {**session.options, **_checked(options)}
        still = [n for n in old.recalled if now.get(n, getattr(old, n)) == getattr(old, n)]
        session.say(replace(session.said, recalled=still))
        session.state, session.personal = State.STAGED, holds_persons(session)
        session.save(update_fields=["mapping", "options", "state", "personal"])
        columns = {h: session.mapping.get(h, "") for h in chosen}
        answers = {n: a for n, a in now.items() if a or getattr(old, n)}
        remember(session, by=by, mapping=columns, answers=answers, share=share)
    return plan_import(session, by=by)
