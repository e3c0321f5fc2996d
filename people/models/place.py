"""Schools and their rooms."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns


class School(models.Model):
    """A school, or another site of the district (office, warehouse)."""

    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    entity_number = models.CharField(_("E-Rate entity number"), max_length=16, blank=True)
    nces_id = models.CharField(_("NCES id"), max_length=16, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedQuerySet["School"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("code"), name="school_code", violation_error_code="school-code-taken"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def school_id(self) -> int:
        return self.pk

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(pk__in=scope.schools)


columns.noun(School, names=["name", "address"])


class Room(models.Model):
    """A place in a school where things are kept."""

    notices: list[str]  # what else its code means, for the answer to who just gave it

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="rooms")
    building = models.CharField(_("building"), max_length=64, blank=True)
    code = models.CharField(_("room"), max_length=64)
    name = models.CharField(_("name"), max_length=200, blank=True)
    custodian = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms_kept",
        verbose_name=_("custodian"),
    )
    active = models.BooleanField(_("active"), default=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedQuerySet["Room"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["school", "building", "code"]
        constraints = [
            models.UniqueConstraint(
                models.F("school"),
                Lower("building"),
                Lower("code"),
                name="room_code",
                violation_error_code="room-code-taken",
            )
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.code}".strip()

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        return models.Q(school__in=scope.schools)


columns.noun(Room, names=["code", "name"])
