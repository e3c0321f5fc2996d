"""Thresholds and deadlines with the dates between which they hold; never constants in code."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ParameterQuerySet(models.QuerySet["Parameter"]):
    def in_force(self, key: str, scope: str, day: date) -> "Parameter":
        """The parameter for a scope on a day. Raises DoesNotExist where none is in force."""
        return (
            self.filter(Q(starts_on=None) | Q(starts_on__lte=day), key=key, scope=scope)
            .filter(Q(ends_on=None) | Q(ends_on__gte=day))
            .order_by(F("starts_on").desc(nulls_last=True), "-pk")[:1]
            .get()
        )


class Parameter(models.Model):
    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    confidence = models.CharField(max_length=32)
    source = models.CharField(max_length=64)

    objects: ClassVar[ParameterQuerySet] = ParameterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["key", "scope"], name="parameter_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.scope})"


class CapitalizationLevel(models.Model):
    """From which unit cost the district capitalizes things of a class (blank: every class)."""

    asset_class = models.CharField(_("class"), max_length=32, blank=True)
    level = models.DecimalField(_("level"), max_digits=14, decimal_places=2)
    starts_on = models.DateField(_("from"))

    objects: ClassVar[models.Manager["CapitalizationLevel"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset_class", "starts_on"], name="level_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.asset_class or '*'} {self.level}"
