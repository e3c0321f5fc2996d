"""Receiving a file: it is laid aside as it streams in, and a worker reads, stages and plans it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import files, runs
from core.access import Actor, require
from core.files import incoming
from core.journal.writing import record
from core.problems import Problem, ProblemError, refuse_if
from core.time import days
from integrations.actions.plan import opened, plan_in
from integrations.actions.retention import discard_import
from integrations.actions.stage import CHUNK, begin, fill
from integrations.answers import ANSWERS
from integrations.intake import check_heading
from integrations.models import ImportSession, StagedRow
from people.models import User

#: Files of one person that wait for a worker or are read, and that one may bring in an hour.
MOST_WAITING, MOST_AN_HOUR = 3, 60
KIND = "import-stage"
#: What a person said of a file and is so, whichever row its headings are.
KEPT = ("school", "category", "1904", "part_of", *ANSWERS)
State = ImportSession.State


def receive(
    chunks: Iterable[bytes],
    *,
    by: Actor,
    kind: str,
    name: str,
    source: str = "",
    options: dict[str, Any] | None = None,
) -> ImportSession:
    """Take a file from a person, a piece at a time; a worker reads it. Raises Refused where too
    many of theirs wait."""
    session = begin(by=by, kind=kind, name=name, source=source, options=options)
    session.incoming = incoming.lay_aside(chunks)
    try:
        with transaction.atomic():
            # Two windows may bring a file at once: they are counted one after the other.
            User.objects.select_for_update().filter(pk=by.pk or 0).first()
            refuse_if(_too_many(by))
            session.state = State.READING
            session.save()
            session.run = runs.start(KIND, {"session": session.pk}, by=by, max_attempts=3)
            session.save(update_fields=["run"])
    except BaseException:
        incoming.throw_away(session.incoming)
        raise
    return session


def _too_many(by: Actor) -> Iterable[Problem]:
    own = ImportSession.objects.filter(owner_id=by.pk)
    over = [runs.State.FAILED, runs.State.CANCELED, runs.State.FINISHED]
    if own.filter(state=State.READING).exclude(run__state__in=list(over)).count() >= MOST_WAITING:
        yield Problem(
            "files-waiting",
            _("%s of your files wait to be read. Bring this one when they are.") % MOST_WAITING,
        )
    elif own.filter(created_at__gt=days.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        yield Problem(
            "files-hour",
            _("You brought %s files within an hour. Bring the next one later.") % MOST_AN_HOUR,
        )


def reread(
    session: ImportSession, heading: int, *, by: Actor, seen: str | None = None
) -> ImportSession:
    """Read a file again with another row as its headings: a new import in place of this one."""
    with transaction.atomic():
        session = opened(session, by, seen)
    if session.file is None:
        refuse_if([Problem("forgotten", _("What this import held was forgotten."))])
    kept = set(KEPT).difference(session.said.recalled)
    options = {k: v for k, v in session.options.items() if k in kept} | {"heading": heading}
    # Its own are forgotten at once.
    with files.open_file(session.file) as file:  # type: ignore[arg-type]
        check_heading(file, heading)
        file.seek(0)
        new = receive(
            iter(lambda: file.read(CHUNK), b""),
            by=by,
            kind=session.kind,
            name=session.name,
            source=session.source,
            options=options,
        )
    discard_import(session, by=by)
    return new


def do_stage(work: runs.Work) -> dict[str, Any]:
    """The worker's part: read, stage, plan. A killed worker's successor begins anew; of a file that
    cannot be read nothing stays but the sentence why."""
    session = ImportSession.objects.get(pk=work.parameters["session"])
    url = f"/imports/{session.pk}/"
    require(work.by, "integrations.import")
    if session.state == State.READING:
        try:
            _read(work, session)
        except ProblemError:
            _fail(work, session)
            work.write(result={"url": url})
            raise
    session = ImportSession.objects.get(pk=session.pk)
    if session.state != State.STAGED:
        refuse_if(
            [Problem("state", _("This cannot be done now: %s.") % session.get_state_display())]
        )
    plan_in(work, session)
    return {"url": url}


def _read(work: runs.Work, session: ImportSession) -> None:
    StagedRow.objects.filter(session=session).delete()  # of an attempt that was killed
    name = session.incoming
    try:
        file = incoming.open_laid(name)
    except FileNotFoundError:
        refuse_if([Problem("half", _("This file was not read to its end. Bring it again."))])
    with file:
        fill(session, file, work.by, ours=work.hold, told=work.progress)
    incoming.throw_away(name)


def _fail(work: runs.Work, session: ImportSession) -> None:
    with transaction.atomic():
        work.hold()
        _give_up(session)
        record("import.failed", session, by=work.by, data={"kind": session.kind})
    incoming.throw_away(session.incoming)


def _give_up(session: ImportSession) -> None:
    StagedRow.objects.filter(session=session).delete()
    ImportSession.objects.filter(pk=session.pk, state=State.READING).update(
        state=State.FAILED, incoming="", headers=[], ended_at=days.now()
    )


def give_up_reading() -> int:
    """Files whose reading was canceled, or failed on each attempt, are forgotten, and so is what
    was laid aside for nobody (a chore of the sweeper)."""
    over = [runs.State.FAILED, runs.State.CANCELED]
    stopped = ImportSession.objects.filter(state=State.READING, run__state__in=over)
    count = 0
    for session in stopped.order_by("pk")[:10]:
        with transaction.atomic():
            _give_up(session)
        incoming.throw_away(session.incoming)
        count += 1
    wanted = set(ImportSession.objects.exclude(incoming="").values_list("incoming", flat=True))
    return count + incoming.throw_away_left(wanted)
