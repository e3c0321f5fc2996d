"""A proposal that other awards pay: whole, and frozen once somebody was asked."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt
from core.journal import guards
from core.models import Approval
from funding.models.purchase import PurchaseLine

#: The step for which a second person is asked.
STEP = "reclassify"


class Reclassification(models.Model):
    """From an instant on other awards pay for units of a line. `plan` has for each unit its cost,
    the shares that it would touch, and the amounts by award before and after; and from when, where
    that is not the same for all (`at` is the first then)."""

    line = models.ForeignKey(
        PurchaseLine, on_delete=models.PROTECT, related_name="reclassifications"
    )
    at = models.DateTimeField(_("true from"))
    reason = models.CharField(_("reason"), max_length=300)
    plan = models.JSONField(_("units with amounts before and after"))
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    asked_at = models.DateTimeField()
    #: When it was done. A trigger refuses it without a standing approval.
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedQuerySet["Reclassification"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.line_id} {self.at:%Y-%m-%d}"

    seen_with = "funding.change_share"

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        # It names every award that pays: whoever does not see the district does not see it.
        return models.Q(pk__in=[])

    @property
    def approval(self) -> Approval:
        return Approval.objects.select_related("asked_by", "decided_by").of(self, STEP).get()

    def ats(self) -> dict[int, datetime]:
        """From when it holds, by unit."""
        return {u["unit"]: self.at_of(u) for u in self.plan}

    def at_of(self, unit: dict[str, Any]) -> datetime:
        """From when it holds for a unit of the plan."""
        return datetime.fromisoformat(unit["at"]) if "at" in unit else self.at

    def sums(self) -> list[dict[str, Any]]:
        """Per award what it pays of all the units before and after, as decimal texts by award."""
        totals: dict[int, list[Decimal]] = {}
        for row in self.plan:
            for i, side in enumerate(("before", "after")):
                for award, amount in row[side].items():
                    totals.setdefault(int(award), [Decimal(0), Decimal(0)])[i] += Decimal(amount)
        return [{"award": pk, "before": b, "after": a} for pk, (b, a) in sorted(totals.items())]


columns.noun(Reclassification, masks=["reason"])
guards.guard("funding_reclassification", ("done_at",))
guards.need_approval("funding_reclassification", "done_at", "funding.reclassification", STEP)
