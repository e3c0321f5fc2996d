"""How long an import's values are kept, and forgetting them. The fact, the counts and the hash
stay."""

from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core import files
from core.access import SYSTEM, Actor, require
from core.db import bulk
from core.forgetting import Called
from core.journal.writing import changed, record, save_changes
from core.models.run import Run
from core.problems import Problem, refuse_if
from core.time import days
from integrations.kinds import KINDS
from integrations.kinds.rows.answered import without_answers
from integrations.models import ImportSession, SavedMapping, StagedRow

#: So long after it ended an import can be undone and its refused rows taken.
KEPT = timedelta(days=90)
AT_ONCE = 10
State = ImportSession.State
OVER = (State.FAILED, State.STAGED, State.PREVIEWED, State.APPLIED, State.UNDONE, State.DISCARDED)
#: Where a row keeps whom it names.
NAMED = ("person_key_claimed", "person_key_before", "person_key")
#: A row without what its source said. Its outcome, number and object stay.
BLANK: dict[str, Any] = {
    "raw": {},
    "faults": [],
    "problems": [],
    "warnings": [],
    "changes": {},
    "before": {},
    "decisions": {},
    **dict.fromkeys(NAMED, ""),
    "blanked": True,
}


def discard_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """An import that is not wanted: it can never be applied."""
    with transaction.atomic():
        # Another window may apply it this moment: the conditional update lets one of the two.
        session = ImportSession.objects.visible_to(by).get(pk=session.pk)
        require(by, "integrations.import")
        open_ = ImportSession.objects.filter(
            pk=session.pk, state__in=[State.STAGED, State.PREVIEWED]
        )
        if not open_.update(state=State.DISCARDED, ended_at=days.now()):
            message = _("This cannot be done now: %s.") % session.get_state_display()
            refuse_if([Problem("state", message)])
        session.refresh_from_db()
        record("import.discarded", session, by=by)
    return session


def blank_ended() -> int:
    """Forget the values of imports that ended long ago; one that was never applied counts from
    the day it came (a chore of the sweeper)."""
    over = Q(state__in=OVER) | Q(run__state__in=[Run.State.FAILED, Run.State.CANCELED])
    due = ImportSession.objects.annotate(over_at=Coalesce("ended_at", "created_at")).filter(
        over, over_at__lt=days.now() - KEPT, personal=True, blanked_at=None
    )
    done = 0
    for session in due.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            # Somebody may undo it this moment: it waits and is then told, or we find it at work.
            locked = due.select_for_update(of=("self",)).filter(pk=session.pk).first()
            if locked is not None:
                _blank(locked)
                done += 1
    return done


def _blank(session: ImportSession) -> None:
    now = days.now()
    if session.state in (State.STAGED, State.PREVIEWED):
        session.state, session.ended_at = State.DISCARDED, now
    session.unknown, session.words, session.options, session.blanked_at = {}, {}, {}, now
    session.save(update_fields=["state", "ended_at", "unknown", "words", "options", "blanked_at"])
    rows = StagedRow.objects.filter(session=session).update(**BLANK)
    _drop_file(session)
    record("import.blanked", session, by=SYSTEM, data={"rows": rows, "sha256": session.sha256})


def _drop_file(session: ImportSession) -> None:
    kept = session.file
    if kept is not None:
        session.file, session.sha256 = None, kept.sha256
        session.save(update_fields=["file", "sha256"])
        files.forget(kept)


def forget_person(whom: Called) -> None:
    """Blank the staged rows that name somebody, by their key or in any cell, and drop the files
    that they came in. What else a row would undo of a thing stays (inside the transaction that
    erases the person)."""
    keys = [_key(x) for x in whom.ids]
    by_key = reduce(or_, (Q(**{f"{name}__in": keys}) for name in NAMED))
    found = {r.pk: r for r in StagedRow.objects.filter(by_key).select_related("session")}
    for row in _naming(whom):
        found.setdefault(row.pk, row)
    for row in found.values():
        kept = {}
        if not KINDS[row.session.kind].of_people:
            changes, before = _without_people(row)
            kept = {"changes": whom.without(changes), "before": whom.without(before)}
        for name, value in (BLANK | kept).items():
            setattr(row, name, value)
    bulk.write(list(found.values()), list(BLANK))
    _forget_in_sessions(whom, {r.session_id for r in found.values()})


def _without_people(row: StagedRow) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row changes, and what stood there, without what anybody is called."""
    shown = KINDS[row.session.kind].changes.PEOPLE
    changes = {name: told for name, told in row.changes.items() if name not in shown}
    said = {name for name in shown if isinstance(row.before.get(name), str)}
    return changes, row.before | dict.fromkeys(said, "")


_TOLD = ("raw", "faults", "problems", "warnings", "changes", "before")


def _naming(whom: Called) -> Iterator[StagedRow]:
    """The rows in which somebody stands in some cell, whatever their key says."""
    rows = StagedRow.objects.filter(blanked=False).select_related("session")
    for row in whom.candidates(rows, *_TOLD).iterator(chunk_size=2000):
        if any(whom.without(value) != value for value in (getattr(row, f) for f in _TOLD)):
            yield row


def claim_rows(were: Called, local_id: str) -> None:
    """Somebody is called otherwise now: rows that have the old name are theirs by their key, so
    that they are forgotten with them."""
    naming, key = list(_naming(were)), _key(local_id)
    for row in naming:  # another of the same name may have claimed it before
        if free := next((name for name in NAMED if getattr(row, name) in ("", key)), None):
            setattr(row, free, key)
    bulk.write(naming, NAMED)
    # Once its rows are staged a file is not read again.
    _forget_in_sessions(were, {row.session_id for row in naming})


def _forget_in_sessions(whom: Called, holding: set[int]) -> None:
    """Drop the files that hold them, and what an import itself says of them: the name of its file,
    names that it did not find, notes."""
    told = ("name", "source", "unknown", "words", "options", "notes", "plan_notes")
    named = whom.candidates(ImportSession.objects.all(), *told)
    pks = holding | set(named.values_list("pk", flat=True))
    for session in ImportSession.objects.filter(pk__in=pks):
        clean = {f: whom.without(getattr(session, f)) for f in told}
        changes = {f: v for f, v in clean.items() if v != getattr(session, f)}
        for name, value in changes.items():
            setattr(session, name, value)
        if changes:
            session.save(update_fields=list(changes))
        if changes or session.pk in holding:
            _drop_file(session)
    # What is remembered of a source is remembered under the name of its file.
    for memory in whom.candidates(SavedMapping.objects.all(), "source", "mapping", "words"):
        kept = {"mapping": memory.mapping, "words": memory.words}
        if whom.named_in(memory.source) or whom.without(kept) != kept:
            record("mapping.forgotten", memory, by=SYSTEM, gone=True)
            memory.delete()
    _forget_answers()


def _forget_answers() -> None:
    """What was answered about people is asked again: its prints are of their names, too."""
    about = {q.name for kind in KINDS.values() for q in kind.questions if q.of_people}
    # A source may be remembered anew this moment: that waits, or we forget what it says.
    for memory in SavedMapping.objects.select_for_update().order_by("pk"):
        if changes := changed(memory, words=without_answers(memory.words, about)):
            save_changes(memory, changes)
            record("mapping.changed", memory, by=SYSTEM, changes=changes)


def rename_person(old: str, new: str) -> None:
    """Somebody has another local id: the rows that name the old one are still theirs."""
    for field in NAMED:
        StagedRow.objects.filter(**{field: _key(old)}).update(**{field: _key(new)})


def _key(local_id: str) -> str:
    return local_id.strip().lower()[:64]
