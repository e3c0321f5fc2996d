"""The second person: what one asked for, another decided."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt


class Decision(models.TextChoices):
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, subject: models.Model, step: str) -> Self:
        """The approval that was asked of a step on a row."""
        kind = subject._meta.label_lower
        return self.filter(subject_type=kind, subject_id=subject.pk, step=step)

    def waiting(self) -> Self:
        """Those that nobody decided or took back."""
        return self.filter(decided_at=None, taken_back_at=None)

    def standing(self) -> Self:
        """Those with which the step may be taken."""
        return self.filter(decision=Decision.APPROVED)


class Approval(models.Model):
    """Somebody asks for a step on a row that holds the whole proposal; somebody else decides.

    The row is frozen once asked, so that what was approved is what is done."""

    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    step = models.CharField(max_length=32)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals_asked"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="approvals_decided",
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, null=True)
    reason = models.CharField(_("reason"), max_length=300, null=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    taken_back_at = models.DateTimeField(null=True)

    objects: ClassVar[ApprovalQuerySet] = manager(ApprovalQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "step"], name="approval_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, decision=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, decision__isnull=False),
                name="approval_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="approval_second_person",
                violation_error_code="own-request",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(taken_back_at=None), name="approval_one_end"
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "decided_at"], name="approval_waiting")]

    def __str__(self) -> str:
        return f"{self.step} {self.subject_type}:{self.subject_id}"

    @property
    def waits(self) -> bool:
        return self.decided_at is None and self.taken_back_at is None


columns.part_of(Approval, "subject_type", "subject_id", key=["step"], masks=["reason"])
