"""Private files, addressed by their content, and what they are attached to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.facts import columns
from core.facts.salts import new_salt


class StoredFile(models.Model):
    """A file in the data folder under its SHA-256; never served without asking who wants it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    objects: ClassVar[models.Manager["StoredFile"]] = models.Manager()

    def __str__(self) -> str:
        return self.sha256


columns.noun(StoredFile)


class Attachment(models.Model):
    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        RECEIPT = "receipt", _("Receipt")
        PHOTO = "photo", _("Photo")
        POLICE_REPORT = "police", _("Police report")
        AGREEMENT = "agreement", _("Agreement")
        CERTIFICATE = "certificate", _("Certificate")
        OTHER = "other", _("Other")

    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Attachment"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.name


columns.part_of(Attachment, "subject_type", "subject_id", key=["id"], masks=["name", "note"])
