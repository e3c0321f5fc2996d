"""Where people type, and where they named somebody there: words of reasons, notes, names of files.

A place is kept by its table, row and column, never by what it says: so the list of an erasure can
stay after the name is gone.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from core.access import MaybeActor
from core.facts import columns
from core.forgetting.called import Called
from core.journal import guards, sentences
from core.models import Attachment, Entry, EntryWords

#: So many places that have a last name only, which may be somebody else's, are listed.
MOST_PERHAPS = 200
BLANK, REMOVE = "blank", "remove"


@dataclass(frozen=True, order=True)
class Place:
    """A column of a row in which somebody typed; of an old entry the reason in its data."""

    label: str
    pk: int
    column: str

    def as_json(self) -> list[Any]:
        return [self.label, self.pk, self.column]


@dataclass
class Found:
    """Places that name somebody, then those with their last name; `more` of these are not
    listed."""

    places: list[Place] = field(default_factory=list)
    perhaps: list[Place] = field(default_factory=list)
    more: int = 0

    @property
    def all(self) -> list[Place]:
        return [*self.places, *self.perhaps]


@dataclass(frozen=True)
class Written:
    """A place as it is shown: what it is, of which thing, what it says now and what may be done."""

    place: Place
    what: str
    where: str
    url: str
    text: str
    acts: tuple[str, ...]
    why_not: str = ""

    @property
    def seen(self) -> str:
        """What stands for the text, so that nobody blanks what they did not read."""
        return seen(self.text)


def seen(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find(called: Called, without: Collection[str]) -> Found:
    """Every place where somebody is named. `without`: tables whose columns are people's own."""
    found = Found()
    for model, names in _typed(without):
        rows = called.candidates(model._default_manager.all(), *names)
        for pk, *texts in rows.order_by("pk").values_list("pk", *names).iterator():
            for name, text in zip(names, texts, strict=True):
                _sort(found, called, Place(model._meta.label_lower, pk, name), text or "")
    old = called.candidates(_older(), "data").order_by("pk").values_list("pk", "data")
    for pk, data in old.iterator():
        if isinstance(reason := data.get("reason"), str):
            _sort(found, called, Place(Entry._meta.label_lower, pk, "reason"), reason)
    return found


def _sort(found: Found, called: Called, place: Place, text: str) -> None:
    if called.named_in(text):
        found.places.append(place)
    elif called.perhaps_in(text):
        if len(found.perhaps) < MOST_PERHAPS:
            found.perhaps.append(place)
        else:
            found.more += 1


def _typed(without: Collection[str]) -> Iterator[tuple[type[models.Model], Sequence[str]]]:
    yield EntryWords, ("words",)
    for table in columns.tables():
        if (names := (*table.masks, *table.names)) and table.label not in without:
            yield table.model, names


def _older() -> "models.QuerySet[Entry]":
    """Entries of a release that kept reasons in the clear: those before the first of this one."""
    first = (
        Entry.objects.filter(data__whole=True).order_by("pk").values_list("pk", flat=True).first()
    )
    return Entry.objects.all() if first is None else Entry.objects.filter(pk__lt=first)


def look(places: Sequence[Place], by: MaybeActor) -> list[Written]:
    """Places as they are now, in their order; those that are blank or gone are left out."""
    rows = _rows(places)
    subjects = {place: _subject(place, row) for place, row in rows.items()}
    subjects |= _of_words([p for p in rows if p.label == EntryWords._meta.label_lower], rows)
    names = sentences.names_of({s for s in subjects.values() if s}, by)
    told = []
    for place in places:
        if place in rows and (text := _text(place, rows[place])):
            subject = subjects.get(place)
            url = sentences.url_of(*subject) if subject else ""
            acts, why_not = _acts(place)
            where = names.get(subject, "") if subject else ""
            told.append(Written(place, _what(place), where, url, text, acts, why_not))
    return told


def _rows(places: Sequence[Place]) -> dict[Place, models.Model]:
    found: dict[Place, models.Model] = {}
    for label in {place.label for place in places}:
        here = [place for place in places if place.label == label]
        there = apps.get_model(label)._default_manager.in_bulk({place.pk for place in here})
        found |= {place: there[place.pk] for place in here if place.pk in there}
    return found


def _text(place: Place, row: models.Model) -> str:
    if isinstance(row, Entry):
        reason = row.data.get("reason")
        return reason if isinstance(reason, str) else ""
    return str(getattr(row, place.column) or "")


def subject_of(row: models.Model) -> tuple[str, int]:
    """The noun of which a row is, or is part: its table and key."""
    table = columns.table(row)
    if table is None or not table.of:
        return row._meta.label_lower, row.pk
    if len(table.of) == 2:
        return tuple(getattr(row, name) for name in table.of)
    of = row._meta.get_field(table.of[0])
    assert isinstance(of, models.ForeignKey)
    return of.related_model._meta.label_lower, getattr(row, of.attname)


def _subject(place: Place, row: models.Model) -> tuple[str, int] | None:
    if isinstance(row, EntryWords):
        return None
    return (row.subject_type, row.subject_id) if isinstance(row, Entry) else subject_of(row)


def _of_words(
    places: Sequence[Place], rows: dict[Place, models.Model]
) -> dict[Place, tuple[str, int] | None]:
    """The thing of the first entry that was made for a reason."""
    digests = {row.digest: place for place in places if isinstance(row := rows[place], EntryWords)}
    if not digests:
        return {}
    said = Entry.objects.filter(data__reason__words__in=list(digests)).order_by("-pk")
    names = ("data__reason__words", "subject_type", "subject_id")
    return {digests[d]: (type_, pk) for d, type_, pk in said.values_list(*names)}


def _what(place: Place) -> str:
    if place.label in (Entry._meta.label_lower, EntryWords._meta.label_lower):
        return _("reason")
    model = apps.get_model(place.label)
    named: Any = model._meta.get_field(place.column)
    return f"{model._meta.verbose_name}: {named.verbose_name}"


def _acts(place: Place) -> tuple[tuple[str, ...], str]:
    model = apps.get_model(place.label)
    table = columns.table(place.label)
    if table is not None and place.column in table.names:
        return (), _(
            "It is what the item is called: call it otherwise there. What it was called "
            "before stays in the journal."
        )
    if model is Entry:
        return (), _("An older release wrote it into the journal itself: it cannot be erased.")
    if model._meta.db_table in guards.guarded():
        return (), _("It is part of what a second person decided on: it cannot be erased.")
    return ((BLANK, REMOVE) if model is Attachment else (BLANK,)), ""
