"""Cleaning a place where somebody was named: its words blanked, or its file removed for good."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import files
from core.access import Actor
from core.facts import columns
from core.forgetting import typed
from core.forgetting.pages import tidy
from core.journal.writing import changed, record, removed, save_changes, touched
from core.models import Attachment, EntryWords
from core.problems import Problem, Refused, Stale
from core.time import days

#: What forgets the copies of words that are blanked: the apps above, which this one does not know.
_copies: list[Callable[[models.Model, str], None]] = []


def register_copies(forget: Callable[[models.Model, str], None]) -> None:
    """Add what takes words out of wherever else they were kept: called with the locked row and its
    column while they still stand there, inside the transaction that blanks them."""
    _copies.append(forget)


def clean(place: typed.Place, act: str, *, by: Actor, seen: str) -> bool:
    """Do what the place allows; `seen` stands for the text that was read. Raises Refused where it
    cannot be cleaned, Stale where it says something else now. False where the bytes of a file stay,
    because another record has the same file."""
    with transaction.atomic():
        # Somebody may change the note this moment: what nobody read is not blanked.
        row = _locked(place)
        shown = typed.look([place], by) if row is not None else []
        if row is None or not shown:
            raise Stale(Problem("stale", _("It is blank already, or gone.")))
        if act not in shown[0].acts:
            raise Refused(
                Problem("not-erasable", shown[0].why_not or _("This is no file: blank it."))
            )
        if shown[0].seen != seen:
            raise Stale(Problem("stale", _("Somebody changed it since you opened it. Look again.")))
        tidy()
        if act == typed.REMOVE:
            return _remove(row, by)
        _blank(row, place.column, by)
    return True


def _locked(place: typed.Place) -> models.Model | None:
    """The row, locked: who changes it this moment waits."""
    rows: Any = apps.get_model(place.label)._default_manager
    found: models.Model | None = rows.select_for_update(of=("self",)).filter(pk=place.pk).first()
    return found


def _blank(row: models.Model, column: str, by: Actor) -> None:
    if isinstance(row, EntryWords):
        row.words, row.salt, row.blanked_at = "", "", days.now()
        row.save(update_fields=["words", "salt", "blanked_at"])
        record("words.blanked", row, by=by, data={"digest": row.digest})
        return
    table = columns.table(row)
    assert table is not None
    for forget in _copies:
        forget(row, column)
    # With the last of its words the salt goes: then nobody can try what they may have been.
    last = not any(getattr(row, name) for name in table.masks if name != column)
    blank = {column: "", "salt": ""} if last else {column: ""}
    values = changed(row, **blank)
    changes = {column: values[column]}
    subject = _subject(row)
    if subject is row:
        if hasattr(row, "version"):
            row.version += 1
            values["version"] = changes[column]
        save_changes(row, values)
        record("note.blanked", row, by=by, changes=changes)
    else:
        save_changes(row, values)
        record("note.blanked", subject, by=by, touched=[touched(row, **changes)])


def _remove(row: models.Model, by: Actor) -> bool:
    """The record of a file goes with its names, then its bytes. That there was one stays a fact."""
    assert isinstance(row, Attachment)
    subject, file, pk = _subject(row), row.file, row.pk
    record(
        "file.erased",
        subject,
        by=by,
        touched=[removed(row)],
        data={"attachment": pk, "sha256": file.sha256},
    )
    row.delete()
    return files.forget(file, by=by)


def _subject(row: models.Model) -> models.Model:
    label, pk = typed.subject_of(row)
    if label == row._meta.label_lower:
        return row
    found: models.Model = apps.get_model(label)._default_manager.get(pk=pk)
    return found
