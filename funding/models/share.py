"""Which award paid how much of a unit, in two times."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import columns
from core.spans import Span, SpanQuerySet, guard_spans
from funding.models.award import Award
from funding.models.purchase import Unit


class UnitShare(Span):
    """An amount of an award in a unit, exact to the cent. A reclassification adds rows."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shares")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="shares")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects: ClassVar[SpanQuerySet["UnitShare"]] = SpanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["award", "valid_from"], name="share_award"),
            models.Index(fields=["unit"], name="share_unit"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="share_amount"),
            models.UniqueConstraint(
                fields=["unit", "award"], name="share_open",
                condition=models.Q(valid_to=None, known_to=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.award_id} {self.amount}"


guard_spans(UnitShare)
columns.part_of(UnitShare, "unit", key=["known_from", "valid_from", "number"])
