"""Which award paid how much of a unit, in two times."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from core.access import Scope
from core.db.managers import manager
from core.facts import columns
from core.two_times.as_of import SpanQuerySet
from core.two_times.spans import Span, guard_spans
from funding.models.award import Award
from funding.models.purchase import MONEY, Unit
from funding.reach import awards_of
from funding.things import of_schools, untagged


def told_q(scope: Scope, path: str = "") -> Q:
    """The shares that one membership tells, the unit with the award that pays: one for the award
    tells all that it pays, one of a school what pays for a thing there (or for what is still to be
    tagged, but not how much). That two of them reach the one and the other tells nothing of both.
    `path` leads to the share."""
    q = Q(**{f"{path}award__in": awards_of(scope)})
    if scope.schools:
        q |= of_schools(scope.schools, f"{path}unit__")
        if scope.permission != MONEY:
            q |= untagged(f"{path}unit__") & Q(**{f"{path}unit__voided_at": None})
    return q


class UnitShareQuerySet(SpanQuerySet["UnitShare"]):
    def paid_by(
        self, awards: Iterable[int], at: datetime | None = None, known_at: datetime | None = None
    ) -> Self:
        """What these awards (keys) pay, shares of $0.00 too: today, or at an instant as known now
        or then. Every count, list, filter and report of "paid by" begins here."""
        rows = self.filter(award__in=awards)
        if at is None:
            return rows.standing()
        return rows.as_of(at, known_at)

    def sums(self) -> dict[int, list[tuple[datetime, Decimal]]]:
        """Per unit (key) what these shares pay of it together, from each instant on at which one
        of them begins."""
        spans: dict[int, list[tuple[datetime, datetime | None, Decimal]]] = {}
        for pk, start, end, amount in self.values_list("unit", "valid_from", "valid_to", "amount"):
            spans.setdefault(pk, []).append((start, end, amount))
        return {
            pk: [
                (at, sum((m for s, e, m in rows if s <= at and (e is None or e > at)), Decimal(0)))
                for at in sorted({start for start, _end, _amount in rows})
            ]
            for pk, rows in spans.items()
        }

    def told(self, scope: Scope) -> Self:
        """Those that one membership of a scope tells, the unit with the award."""
        if scope.everything or scope.empty:
            return self if scope.everything else self.none()
        return self.filter(told_q(scope))

    def naming(self, scope: Scope) -> Any:  # Any: the type checker knows no column of `annotate`
        """With `named`: the award (key) where one membership of a scope tells that it pays for this
        unit; else none."""
        if scope.everything:
            return self.annotate(named=F("award"))
        told = When(told_q(scope), then=F("award"))
        return self.annotate(named=Case(told, output_field=models.BigIntegerField()))


class UnitShare(Span):
    """An amount of an award in a unit, exact to the cent. A reclassification adds rows."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shares")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="shares")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects: ClassVar[UnitShareQuerySet] = manager(UnitShareQuerySet)

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
