"""How long an import's values are kept, and forgetting them. The fact, the counts and the hash stay."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core import bulk, days, files
from core.access import SYSTEM, Actor, require
from core.journal import record
from core.models.run import Run
from core.problems import Problem, refuse_if
from integrations.models import ImportSession, StagedRow

#: So long after it ended an import can be undone and its refused rows taken.
KEPT = timedelta(days=90)
AT_ONCE = 10
State = ImportSession.State
OVER = (State.FAILED, State.STAGED, State.PREVIEWED, State.APPLIED, State.UNDONE, State.DISCARDED)
#: A row without what its source said. Its outcome, number and object stay.
BLANK: dict[str, Any] = {"raw": {}, "faults": [], "problems": [], "changes": {}, "before": {}, "person_key": "",
         "person_key_before": "", "blanked": True}  # fmt: skip


def discard_import(session: ImportSession, *, by: Actor) -> ImportSession:
    """An import that is not wanted: it can never be applied."""
    with transaction.atomic():
        # Another window may apply it this moment: the conditional update lets one of the two.
        session = ImportSession.objects.visible_to(by).get(pk=session.pk)
        require(by, "integrations.import")
        open_ = ImportSession.objects.filter(pk=session.pk, state__in=[State.STAGED, State.PREVIEWED])  # fmt: skip
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
    session.unknown, session.options, session.blanked_at = {}, {}, now
    session.save(update_fields=["state", "ended_at", "unknown", "options", "blanked_at"])
    rows = StagedRow.objects.filter(session=session).update(**BLANK)
    _drop_file(session)
    record("import.blanked", session, by=SYSTEM, data={"rows": rows, "sha256": session.sha256})


def _drop_file(session: ImportSession) -> None:
    kept = session.file
    if kept is not None:
        session.file, session.sha256 = None, kept.sha256
        session.save(update_fields=["file", "sha256"])
        files.forget(kept)


def forget_person(local_id: str) -> None:
    """Blank the staged rows that name somebody, and drop the files that they came in. What else
    a row would undo of a thing stays (inside the transaction that erases the person)."""
    key = _key(local_id)
    rows = StagedRow.objects.filter(Q(person_key=key) | Q(person_key_before=key))
    found = list(rows.select_related("session").defer("raw"))
    if not found:
        return
    for row in found:
        kept = {}
        if row.session.kind != ImportSession.Kind.PEOPLE:
            row.changes.pop("holder", None)
            kept = {"changes": row.changes, "before": row.before}
        for name, value in (BLANK | kept).items():
            setattr(row, name, value)
    bulk.write(found, list(BLANK))
    sessions = {r.session_id for r in found}
    for session in ImportSession.objects.filter(pk__in=sessions).exclude(file=None):
        _drop_file(session)


def rename_person(old: str, new: str) -> None:
    """Somebody has another local id: the rows that name the old one are still theirs."""
    for field in ("person_key", "person_key_before"):
        StagedRow.objects.filter(**{field: _key(old)}).update(**{field: _key(new)})


def _key(local_id: str) -> str:
    return local_id.strip().lower()[:64]
