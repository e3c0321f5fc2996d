"""Which award paid how much of a unit, in two times."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.journal import columns
from core.time.as_of import SpanQuerySet
from core.time.spans import Span, guard_spans
from funding.models.award import Award
from funding.models.purchase import Unit


class UnitShareQuerySet(SpanQuerySet["UnitShare"]):
    def paid_by(
        self, awards: Iterable[int], at: datetime | None = None, known_at: datetime | None = None
    ) -> Self:
        """What these awards (keys) pay, shares of $0.00 too: today, or at an instant as known now
        or then. Every count, list, filter and report of "paid by" begins here."""
        rows = self.filter(award__in=awards)
        if at is None:
            return rows.filter(known_to=None, valid_to=None)
        return rows.as_of(at, known_at)


class UnitShare(Span):
    """An amount of an award in a unit, exact to the cent. A reclassification adds rows."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shares")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="shares")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects: ClassVar[UnitShareQuerySet] = UnitShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["award", "valid_from"], name="share_award"),
            models.Index(fields=["unit"], name="share_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="share_amount"),
            models.UniqueConstraint(
                fields=["unit", "award"],
                name="share_open",
                condition=models.Q(valid_to=None, known_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.award_id} {self.amount}"


guard_spans(UnitShare)
columns.part_of(UnitShare, "unit", key=["known_from", "valid_from", "number"])
