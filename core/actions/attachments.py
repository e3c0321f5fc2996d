"""Attaching files to records, and taking them off again (a fact, not a deletion)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, System, require
from core.files import kinds, store
from core.journal.writing import record, touched
from core.models import Attachment
from core.problems import Problem, invalid_if, refuse_if
from core.time import days


def attach_file(
    subject: Any, *, by: Actor, data: bytes, name: str, kind: str, note: str = ""
) -> Attachment:
    """Attach a file whose content is of an allowed kind, under a name that ends as such files do.
    Raises Invalid for anything else."""
    require(by, "core.attach", subject)
    if len(data) > kinds.LIMIT:
        invalid_if([Problem("too-large", _("A file has at most 20 MB."), "file")])
    content_type = kinds.sniff(data)
    if not data or content_type is None:
        message = _("Attach a PDF, PNG, JPEG, WebP, Word, Excel, CSV or text file.")
        invalid_if([Problem("file-kind", message, "file")])
    with transaction.atomic():
        file = store(data, content_type or "", by=by)
        attachment = Attachment.objects.create(
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            file=file,
            kind=kind,
            name=kinds.harmless(name, content_type or ""),
            note=note,
            attached_at=days.now(),
            attached_by_id=None if isinstance(by, System) else by.pk,
        )
        record(
            "file.attached",
            subject,
            by=by,
            rows=[attachment],
            data={"attachment": attachment.pk, "kind": kind, "sha256": file.sha256},
        )
    return attachment


def remove_attachment(attachment: Attachment, subject: Any, *, by: Actor, reason: str) -> None:
    """Take a file off a record; the bytes and the fact stay."""
    with transaction.atomic():
        require(by, "core.attach", subject)
        now = days.now()
        gone = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=now)
        if not gone:
            refuse_if([Problem("removed", _("It was removed already."))])
        record(
            "file.removed",
            subject,
            by=by,
            touched=[touched(attachment, removed_at=(None, now))],
            data={"attachment": attachment.pk, "reason": reason},
        )
