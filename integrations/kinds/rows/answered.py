"""Answers about which thing or person a row means, remembered for the next file of its source.

What changes nothing by itself is remembered: that a row means what the register has, as the
register has it. What corrects, merges, brings back or makes something is asked again where it is
still a question: somebody may have put the register right since."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from integrations.models import ImportSession, SavedMapping

#: Kind of question -> print of what it is about (kinds/decided.py) -> what was answered.
Answered = dict[str, dict[str, str]]
#: What is used unasked.
AS_BEFORE: dict[str, frozenset[str]] = {
    "other": frozenset({"keep"}),
    "two": frozenset({"retag"}),
    "serial": frozenset({"retag"}),
    "model": frozenset({"keep"}),
    "alike": frozenset({"that"}),
    "spelled": frozenset({"that"}),
    "again": frozenset({"that"}),
    "purchase": frozenset({"that"}),
    "vendor": frozenset({"that"}),
    "place": frozenset({"that"}),
    "person": frozenset({"keep"}),
    "role": frozenset({"keep"}),
    "mail": frozenset({"keep"}),
    "namesake": frozenset({"that"}),
    "misnamed": frozenset({"that"}),
}
#: What is remembered besides, since it tells what a row means whose thing came in by it.
TOLD = AS_BEFORE | {"other": frozenset({"keep", "retag"})}
#: Questions about people: what was answered of them is forgotten when somebody is.
OF_PEOPLE = frozenset({"person", "role", "mail", "namesake", "misnamed"})
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
    words: Mapping[str, Mapping[str, Any]], kinds: Collection[str] = TOLD
) -> dict[str, dict[str, Any]]:
    """What is remembered of a source without the answers (of these kinds)."""
    gone = {_KEY + kind for kind in kinds}
    return {kind: dict(known) for kind, known in words.items() if kind not in gone}
