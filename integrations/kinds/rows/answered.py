"""Answers about which thing or person a row means, remembered for the next file of its source."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from integrations.models import ImportSession, SavedMapping

#: Kind of question -> print of what it is about (decided.py) -> what was answered.
Answered = dict[str, dict[str, str]]
_KEY = "settled:"


def answered_before(session: ImportSession) -> Answered:
    """What was answered for the source of a file: by its owner, else as somebody shares it."""
    mine = Q(owner=session.owner_id) if session.owner_id else Q(owner=None)
    rows = SavedMapping.objects.filter(mine | Q(shared=True), source=session.source)
    found: Answered = {}
    own_last = sorted(rows.filter(kind=session.kind), key=lambda m: m.owner_id == session.owner_id)
    for saved in own_last:
        for kind, prints in read_answers(saved.words).items():
            found[kind] = found.get(kind, {}) | prints
    return found


def read_answers(words: Mapping[str, Mapping[str, str]]) -> Answered:
    """The answers among what is remembered of a source."""
    return {k.removeprefix(_KEY): dict(v) for k, v in words.items() if k.startswith(_KEY)}


def as_words(answers: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str | None]]:
    """Answers as they are kept beside the words of a source."""
    return {_KEY + kind: dict(prints) for kind, prints in answers.items() if prints}


def without_answers(
    words: Mapping[str, Mapping[str, Any]], kinds: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    """What is remembered of a source without the answers (to these questions, or to any)."""
    gone = None if kinds is None else {_KEY + kind for kind in kinds}
    stays = (k for k in words if not (k.startswith(_KEY) if gone is None else k in gone))
    return {kind: dict(words[kind]) for kind in stays}
