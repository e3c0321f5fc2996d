"""Thresholds and deadlines with the dates between which they hold; never constants in code."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.db.managers import manager
from core.facts import columns
from core.models import Entry
from funding.models.award import Award
from funding.parameter_names import PARAMETERS


class ParameterQuerySet(models.QuerySet["Parameter"]):
    def seen_by(self, by: MaybeActor) -> Self:
        """Those that hold for everybody, and those of the awards that somebody sees."""
        return self.filter(Q(award=None) | Q(award__in=list(Award.objects.visible_to(by))))

    def known_at(self, known_at: datetime) -> Self:
        """Without the values that the journal learned of later."""
        later = Entry.objects.filter(kind="parameter.set", recorded_at__gt=known_at)
        return self.filter(~Exists(later.filter(subject_id=OuterRef("pk"))))

    def in_force(
        self, key: str, scope: str, day: date, place: "Place | None" = None
    ) -> "Parameter":
        """The parameter for a scope on a day. Raises DoesNotExist where none is in force."""
        found = self.in_force_or_none(key, scope, day, place)
        if found is None:
            raise Parameter.DoesNotExist
        return found

    def in_force_or_none(
        self, key: str, scope: str, day: date, place: "Place | None" = None
    ) -> "Parameter | None":
        """The parameter for a scope on a day; None where none holds. The most specific wins: one
        of the award before one of the program in a state, before the program's, before the
        state's, before everybody's; of two that are alike the latest that began, then the one that
        was set last."""
        rows = self.filter(Q(starts_on=None) | Q(starts_on__lte=day), key=key, scope=scope).filter(
            Q(ends_on=None) | Q(ends_on__gte=day)
        )
        return max(rows.filter((place or Place()).q()), key=Parameter.precedence, default=None)


@dataclass(frozen=True)
class Place:
    """For what a parameter is asked: the district's state, an award and its program."""

    state: str = ""
    program: int | None = None
    award: int | None = None

    def q(self) -> Q:
        """The parameters that hold here or everywhere."""
        return (
            (Q(state=None) | Q(state=self.state or None))
            & (Q(program=None) | Q(program=self.program))
            & (Q(award=None) | Q(award=self.award))
        )


class Parameter(models.Model):
    """A value of law or policy between two days: everywhere, or in one state, of one program, of
    one award."""

    key = models.CharField(max_length=64)
    scope = models.CharField(max_length=64)
    value = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=2, null=True)
    program = models.ForeignKey(
        "funding.Program", on_delete=models.PROTECT, null=True, related_name="parameters"
    )
    award = models.ForeignKey(
        "funding.Award", on_delete=models.PROTECT, null=True, related_name="parameters"
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    confidence = models.CharField(max_length=32)
    source = models.CharField(max_length=64)

    objects: ClassVar[ParameterQuerySet] = manager(ParameterQuerySet)

    class Meta:
        indexes = [models.Index(fields=["key", "scope"], name="parameter_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.scope})"

    @property
    def words(self) -> str:
        """What it is, as people call it."""
        return str(PARAMETERS.get(self.key, self.key))

    def holds(self, day: date, place: Place) -> bool:
        """Whether it says something of a day and a place."""
        return (
            (self.starts_on or day) <= day <= (self.ends_on or day)
            and self.state in (None, place.state or None)
            and self.program_id in (None, place.program)
            and self.award_id in (None, place.award)
        )

    def precedence(self) -> tuple[bool, bool, bool, date, int]:
        """What decides between two that hold on the same day: the greater wins."""
        return (
            self.award_id is not None,
            self.program_id is not None,
            self.state is not None,
            self.starts_on or date.min,
            self.pk,
        )


columns.noun(Parameter)


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


columns.noun(CapitalizationLevel)


def levels_known_at(known_at: datetime) -> list[tuple[str, date, Decimal]]:
    """(class, first day, level) of each capitalization level as the journal knew it then: one
    that was put right since still has the amount that was believed."""
    told: dict[int, Decimal | None] = {}
    entries = Entry.objects.filter(kind="capitalization_level.set").order_by("pk")
    for pk, recorded_at, data in entries.values_list("subject_id", "recorded_at", "data"):
        if recorded_at <= known_at:
            told[pk] = Decimal(data["level"])
        else:
            told.setdefault(pk, None)
    found = []
    rows = CapitalizationLevel.objects.order_by("pk")
    for pk, klass, start, level in rows.values_list("pk", "asset_class", "starts_on", "level"):
        if (amount := told.get(pk, level)) is not None:
            found.append((klass, start, amount))
    return found
