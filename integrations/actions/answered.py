"""What is remembered of a source besides its columns and words: which thing or person rows mean."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.db import bulk
from core.problems import Problem, refuse_if
from integrations.actions.memory import remember
from integrations.actions.plan import batches, opened, plan_import
from integrations.kinds import KINDS
from integrations.kinds.rows.answered import answered_before, as_words
from integrations.kinds.rows.questions import Question
from integrations.models import ImportSession, StagedRow


def keep_answers(
    session: ImportSession, asked: Question, rows: Iterable[StagedRow], *, by: Actor
) -> None:
    """Remember what rows were answered that asked the same; an answer that is to be asked again is
    none any more (inside the caller's transaction)."""
    known = answered_before(session).get(asked.name, {})
    said: dict[str, str] = {}
    for row in rows:
        for about, choice in _answers(row.decisions, asked.name).items():
            if choice in asked.remembered:
                said[about] = choice
            elif known.get(about):
                said[about] = ""
    if said:
        remember(session, by=by, words=as_words({asked.name: said}))


def _answers(decisions: dict[str, Any], kind: str) -> dict[str, str]:
    """What a row was answered, by what it was asked about; nothing where a question is about the
    row alone."""
    answers = decisions.get(kind)
    return answers if isinstance(answers, dict) else {}


def forget_answers(session: ImportSession, *, by: Actor) -> None:
    """What was answered of a file that was undone is asked again."""
    known, gone = answered_before(session), dict[str, dict[str, str]]()
    rows = StagedRow.objects.filter(session=session).exclude(decisions={})
    for decisions in rows.values_list("decisions", flat=True).iterator() if known else ():
        for kind in known.keys() & decisions.keys():
            asked = known[kind].keys() & _answers(decisions, kind).keys()
            gone.setdefault(kind, {}).update(dict.fromkeys(asked, ""))
    if words := as_words(gone):
        remember(session, by=by, words=words)


def ask_again(
    session: ImportSession, kind: str, *, by: Actor, seen: str | None = None
) -> ImportSession:
    """Ask anew what was answered of a question, for this file or an earlier one of its source, and
    forget it."""
    require(by, "integrations.import")
    with transaction.atomic():
        session = opened(session, by, seen)
        known = {
            about for about, choice in answered_before(session).get(kind, {}).items() if choice
        }
        asked = KINDS[session.kind].question(kind)
        if asked is None or not known:
            message = _("No row was answered this before. Look at the preview again.")
            refuse_if([Problem("not-answered", message, "choice")])
        for rows in batches(session, decisions__has_key=kind):
            for row in rows:
                row.decisions = {k: v for k, v in row.decisions.items() if k != kind}
            bulk.write(rows, ["decisions"])
        remember(session, by=by, words=as_words({kind: dict.fromkeys(known, "")}))
    return plan_import(session, by=by)
