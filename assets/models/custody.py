"""Hand-overs, sightings and disposals: facts about an asset."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.asset import Asset
from assets.models.status import DisposalMethod
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt
from people.models import Person, Room


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def were(self) -> Self:
        """Without those that never were: a mistake ends where it began."""
        return self.filter(Q(closed_at=None) | Q(closed_at__gt=F("opened_at")))


class Assignment(models.Model):
    """A person answers for an asset from `opened_at` until `closed_at`."""

    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    #: Among the assignments of its asset, by which an entry names it: the version of the asset that
    #: it began with. None on those from before there were numbers.
    number = models.PositiveIntegerField(null=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    due_on = models.DateField(_("due"), null=True)
    opened_by_id = models.BigIntegerField(null=True)
    closed_by_id = models.BigIntegerField(null=True)

    objects: ClassVar[AssignmentQuerySet] = manager(AssignmentQuerySet)

    class Meta:
        indexes = [models.Index(fields=["person", "opened_at"], name="assignment_person")]
        constraints = [
            # Whatever the code does: at most one open assignment.
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(closed_at=None),
                name="assignment_open",
                violation_error_code="assigned-already",
            ),
            models.UniqueConstraint(fields=["asset", "number"], name="assignment_number"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} to {self.person_id}"


columns.part_of(Assignment, "asset", key=["opened_at", "number"])


#: Months after which a thing that nobody saw is asked after (2 CFR 200.313(d)(2): every two years).
SEEN_WITHIN = 24


class Verification(models.Model):
    """Somebody saw the asset."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="verifications")
    seen_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True)
    method = models.CharField(max_length=16, default="scan")

    objects: ClassVar[models.Manager["Verification"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["asset", "seen_at"], name="verification_asset")]

    def __str__(self) -> str:
        return f"{self.asset_id} seen {self.seen_at}"


columns.part_of(Verification, "asset", key=["recorded_at"])


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def stood(self, day: date, known_at: datetime | None = None) -> Self:
        """What had left by a day, as known now or as was known: one that was reopened by then was
        a mistake on every day, and one of a later day is not told of it. At most one of a thing."""
        by_then = self.filter(Q(disposed_on=None) | Q(disposed_on__lte=day))
        if known_at is None:
            return by_then.filter(reopened_at=None)
        known = Q(reopened_at=None) | Q(reopened_at__gt=known_at)
        return by_then.filter(known, recorded_at__lte=known_at)


class Disposal(models.Model):
    """How an asset left. `sale_price` zero is a value, None is not known."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="disposals")
    disposed_on = models.DateField(_("disposed"), null=True)
    method = models.CharField(_("method"), max_length=12, choices=DisposalMethod.choices)
    sale_price = models.DecimalField(_("sale price"), max_digits=14, decimal_places=2, null=True)
    fair_market_value = models.DecimalField(
        _("fair market value"), max_digits=14, decimal_places=2, null=True
    )
    recipient = models.CharField(_("buyer or recipient"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    recorded_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    objects: ClassVar[DisposalQuerySet] = manager(DisposalQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(reopened_at=None), name="disposal_standing"
            ),
            models.CheckConstraint(
                condition=Q(sale_price=None) | Q(sale_price__gte=0), name="disposal_price"
            ),
            models.CheckConstraint(
                condition=Q(fair_market_value=None) | Q(fair_market_value__gte=0),
                name="disposal_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.method}"


columns.part_of(Disposal, "asset", key=["recorded_at"], masks=["recipient", "reason"])
