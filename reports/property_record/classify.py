"""UG-01: equipment or supply. Three terms, the lowest decides (compliance 0a #2; 2 CFR 200.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import Award, CapitalizationLevel, Parameter
from funding.models.award import UGVersion


@dataclass(frozen=True)
class Line:
    """The equipment line of an award: its amount and which term set it."""

    amount: Decimal
    term: str


@dataclass(frozen=True)
class Classifier:
    """Classifies units of one award by the levels in force on their acquisition date."""

    ug: Decimal | None
    own: Decimal | None
    levels: Sequence[tuple[str, date, Decimal]]

    def line(self, asset_class: str, day: date | None) -> Line | None:
        """The lowest of the three terms; None where none is known."""
        terms = []
        level = self._level(asset_class, day)
        if level is not None:
            terms.append(Line(level, _("the district's capitalization level")))
        if self.ug is not None:
            terms.append(Line(self.ug, _("the Uniform Guidance line")))
        if self.own is not None:
            terms.append(Line(self.own, _("the award's own line")))
        return min(terms, key=lambda t: t.amount) if terms else None

    def _level(self, asset_class: str, day: date | None) -> Decimal | None:
        if day is None:
            return None
        found = [
            (klass == asset_class, start, amount)
            for klass, start, amount in self.levels
            if klass in ("", asset_class) and start <= day
        ]
        return max(found)[2] if found else None

    def classify(
        self, cost: Decimal | None, life_months: int, asset_class: str, day: date | None
    ) -> tuple[str, str]:
        """(equipment, supply or cannot tell; the reason)."""
        if cost is None:
            return _("cannot tell"), _("unit cost unknown")
        if life_months <= 12:
            return _("supply"), _("useful life of a year or less")
        line = self.line(asset_class, day)
        if line is None:
            return _("cannot tell"), _("no threshold in force")
        words = {"cost": f"${cost:,.2f}", "line": f"${line.amount:,.2f}", "term": line.term}
        if cost >= line.amount:
            return _("equipment"), _("%(cost)s is at least %(line)s, %(term)s") % words
        return _("supply"), _("%(cost)s is below %(line)s, %(term)s") % words


def classifier_for(award: Award) -> Classifier:
    """What classifies an award's things: the text of 2 CFR 200 it is under, by parameter."""
    scope = {UGVersion.PRE_2024: "ug pre2024", UGVersion.V2024: "ug 2024"}.get(
        UGVersion(award.ug_version), ""
    )
    found = Parameter.objects.filter(key="equip_threshold", scope=scope).order_by("-pk").first()
    levels = CapitalizationLevel.objects.values_list("asset_class", "starts_on", "level")
    return Classifier(
        Decimal(found.value) if found else None, award.equipment_threshold, list(levels)
    )
