"""An act done to be looked at: it stays only where somebody has seen just what it records."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Max, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from core.access import Actor
from core.journal.sentences import Told, named_in, tell_all
from core.journal.writing import context
from core.models.entry import Entry

T = TypeVar("T")


@dataclass(frozen=True)
class Rehearsal(Generic[T]):
    """What an act records, as told to somebody."""

    told: list[Told]
    #: Of all that was told and of the rows that it is about, as they stood: what confirms it.
    digest: str
    #: What the act returned; None where nothing stays of it.
    done: T | None


def rehearse(act: Callable[[], T], by: Actor, confirmed: str = "") -> Rehearsal[T]:
    """Do an act, tell what it records, and take it back, unless `confirmed` is the digest of just
    that: of the same sentences and values, about the same rows, that nobody changed since.

    The preview is the act itself, so it can promise nothing that the act does not do; and what is
    kept was compared under the locks of the act. Raises what the act raises: its Problems are
    known before anybody confirms."""
    with transaction.atomic():
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        done = act()
        # Others may commit meanwhile: only what this request wrote is ours.
        mine = Entry.objects.filter(pk__gt=last, request_id=context().request_id)
        entries = list(mine.order_by("pk"))
        told = tell_all(entries, by)
        digest = _digest(entries, told, by)
        stays = constant_time_compare(digest, confirmed)
        if not stays:
            transaction.set_rollback(True)
    return Rehearsal(told, digest, done if stays else None)


def _digest(entries: Sequence[Entry], told: Sequence[Told], by: Actor) -> str:
    """By a key: it stands in a page, and is made of more than its reader may know."""
    new = {(e.subject_type, e.subject_id) for e in entries if e.data.get("whole")}
    about = [
        # A row that the act makes has another key each time.
        [e.kind, e.subject_type, None if (key := (e.subject_type, e.subject_id)) in new else key]
        for e in entries
    ]
    said = [[one.sentence, one.changes] for one in told]
    shown = [by.pk, about, said, _rows(entries, new)]
    return salted_hmac(__name__, json.dumps(shown), algorithm="sha256").hexdigest()


def _rows(entries: Sequence[Entry], new: Iterable[tuple[str, int]]) -> list[tuple[Any, ...]]:
    """The rows that entries are about or name, each with the last that the journal knew of it
    before: every change of a row has an entry, also of those that have no version."""
    keys = {(e.subject_type, e.subject_id) for e in entries} | named_in(entries)
    keys.difference_update(new)
    wanted: dict[str, set[int]] = {}
    for label, pk in keys:
        wanted.setdefault(label, set()).add(pk)
    asked = Q(pk=None)
    for label, ids in wanted.items():
        asked |= Q(subject_type=label, subject_id__in=ids)
    mine = [e.pk for e in entries]
    before = Entry.objects.filter(asked).exclude(pk__in=list(mine))
    rows = before.order_by().values_list("subject_type", "subject_id").annotate(Max("pk"))
    last = {(label, pk): entry for label, pk, entry in rows}
    return sorted((*key, last.get(key, 0)) for key in keys)
