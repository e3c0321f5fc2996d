"""What is remembered of a source: how its columns are used, what its words mean and what was
answered of its dates, dashes and quantities."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, may
from core.journal.writing import changed, one_act, record, save_changes
from core.problems import Problem, refuse_if
from integrations.answers import ANSWERS
from integrations.kinds import KINDS
from integrations.models import ImportSession, SavedMapping
from integrations.ordering import contrary

PERMISSION = "integrations.change_mapping"
Words = dict[str, dict[str, Any]]
Answers = dict[str, str]


def saved_for(session: ImportSession, by: Actor) -> tuple[SavedMapping | None, SavedMapping | None]:
    """What `by` saved for the session's source, and what somebody else shares."""
    found = SavedMapping.objects.visible_to(by).filter(source=session.source, kind=session.kind)
    rows = list(found.select_related("owner"))
    own = next((m for m in rows if m.owner_id == by.pk), None)
    return own, next((m for m in rows if m.shared and m is not own), None)


def recall(session: ImportSession, by: Actor) -> tuple[dict[str, str], Words, Answers]:
    """How the columns and words of this source were used last time, and what was answered: one's
    own choices go before what somebody shares."""
    own, shared = saved_for(session, by)
    words: Words = {}
    answers: Answers = {}
    for saved in (shared, own):
        for kind, known in (saved.words if saved else {}).items():
            words[kind] = words.get(kind, {}) | known
        answers |= (saved.answers if saved else None) or {}
    columns = own or shared
    return (columns.mapping if columns else {}), words, {n: a for n, a in answers.items() if a}


def answer(session: ImportSession, now: Answers, known: Answers, *, by: Actor) -> None:
    """Remember what was answered `now`, for this file, and use what is known of its source where
    nobody did (of one whose columns are mapped; not saved). Its dates may be written otherwise than
    those of an earlier file: then they are asked about anew."""
    if now:
        remember(session, by=by, answers=now)
    said = session.said
    old: dict[str, Any] = {
        n: a for n, a in known.items() if n in ANSWERS and n not in now and a in ANSWERS[n][1]
    }
    days = KINDS[session.kind].days(session.mapping)
    doubted = contrary(said, days, old.get("order", ""))
    if doubted:
        del old["order"]
    session.say(replace(said, **old, recalled=sorted(old), doubted=doubted))


def remember(
    session: ImportSession,
    *,
    by: Actor,
    mapping: dict[str, str] | None = None,
    words: Words | None = None,
    answers: Answers | None = None,
    share: bool | None = None,
) -> SavedMapping:
    """Keep columns, words or answers for the next file of this source (inside the caller's
    transaction). A word that means nothing any more (None) is asked for again, and so is an answer
    that is empty. Somebody else's shared source is
    changed only on request (`share`), and with a permission of its own."""
    with transaction.atomic(), one_act():
        own, shared = saved_for(session, by)
        if share and shared is not None:
            message = _(
                "%s shares how this source is read. Only they, or who may change shared "
                "sources, can change it for everybody. Leave the box empty: yours is kept "
                "for you."
            )
            if not may(by, PERMISSION):
                who = shared.owner.name if shared.owner else _("The district")
                refuse_if([Problem("shared-by-another", message % who, "share")])
            target: SavedMapping = shared
        else:
            target = own or _begin(session, shared, by)
        # Two windows may save at once: each adds to what the other wrote.
        target = SavedMapping.objects.select_for_update().get(pk=target.pk)
        values: dict[str, Any] = {}
        if mapping is not None:
            values["mapping"] = mapping
        if words:
            values["words"] = _with(target.words, words)
        if answers:
            values["answers"] = (target.answers or {}) | answers
        if share is not None:
            values["shared"] = share
        if changes := changed(target, **values):
            save_changes(target, changes)
            record("mapping.changed", target, by=by, changes=changes)
    return target


def _begin(session: ImportSession, shared: SavedMapping | None, by: Actor) -> SavedMapping:
    """A mapping of one's own; it starts as what was used so far."""
    names = ("mapping", "words", "answers")
    start = {name: getattr(shared, name) for name in names} if shared else {}
    made, new = SavedMapping.objects.get_or_create(
        source=session.source, kind=session.kind, owner_id=by.pk, defaults=start
    )
    if new:
        record("mapping.saved", made, by=by, created=True)
    return made


def _with(old: Words, new: Words) -> Words:
    found = {kind: dict(known) for kind, known in old.items()}
    for kind, known in new.items():
        kept = found.get(kind, {}) | known
        found[kind] = {word: key for word, key in kept.items() if key is not None}
    return found
