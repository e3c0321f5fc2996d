"""UG-01: equipment or supply. Three terms, the lowest decides (compliance 0a #2; 2 CFR 200.1)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import Award, Parameter
from funding.models.award import UGVersion
from funding.models.parameter import levels_known_at


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

    def line(
        self, asset_class: str, day: date | None, shared: Decimal | None = None
    ) -> Line | None:
        """The lowest of the three terms, and of the line of the other awards that pay for the
        thing (`shared`); None where none is known."""
        return self._lowest(self._level(asset_class, day), shared)

    def _lowest(self, level: Decimal | None, shared: Decimal | None) -> Line | None:
        terms = []
        if level is not None:
            terms.append(Line(level, _("the capitalization level")))
        if self.ug is not None:
            terms.append(Line(self.ug, _("the Uniform Guidance line")))
        if self.own is not None:
            terms.append(Line(self.own, _("the award's own line")))
        if shared is not None:
            terms.append(Line(shared, _("another award's line")))
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
        self,
        cost: Decimal | None,
        life_months: int,
        asset_class: str,
        day: date | None,
        shared: Decimal | None = None,
    ) -> tuple[str, str]:
        """(equipment, supply or cannot tell; the reason)."""
        if life_months <= 12:
            return _("supply"), _("useful life of a year or less")
        if cost is None:
            return _("cannot tell"), _("unit cost unknown")
        if day is None and self._depends_on_the_day(cost, asset_class, shared):
            return _("cannot tell"), _("acquisition date unknown, and the level changed since")
        line = self.line(asset_class, day or date.max, shared)
        if line is None:
            return _("cannot tell"), _("no threshold in force")
        words = {"line": f"${line.amount:,.2f}", "term": line.term}
        if cost >= line.amount:
            return _("equipment"), _("at least %(line)s, %(term)s") % words
        return _("supply"), _("below %(line)s, %(term)s") % words

    def _depends_on_the_day(self, cost: Decimal, asset_class: str, shared: Decimal | None) -> bool:
        """Whether the levels of the class disagree about a thing of this cost."""
        levels = {amount for klass, _start, amount in self.levels if klass in ("", asset_class)}
        lines = [self._lowest(level, shared) for level in (None, *levels)]
        return len({line is not None and cost >= line.amount for line in lines}) > 1


def classifier_for(award: Award, known_at: datetime) -> Classifier:
    """What classifies an award's things, as known at an instant."""
    return Classifier(
        _ug_line(award, known_at), award.equipment_threshold, levels_known_at(known_at)
    )


def lines_of(
    awards: Iterable[int], known_at: datetime
) -> Callable[[tuple[int, ...]], Decimal | None]:
    """The lowest line that some of these awards (keys) set: a thing that several pay for is
    equipment as soon as it is for one of them."""
    lines: dict[int, list[Decimal]] = {}
    for award in Award.objects.filter(pk__in=awards):
        both = (_ug_line(award, known_at), award.equipment_threshold)
        lines[award.pk] = [line for line in both if line is not None]
    return lambda some: min((x for pk in some for x in lines[pk]), default=None)


def _ug_line(award: Award, known_at: datetime) -> Decimal | None:
    """The line of the text of 2 CFR 200 that an award is under, by the parameter in force when it
    was issued, so that a later value changes no past verdict (F-04)."""
    scope = {UGVersion.PRE_2024: "ug pre2024", UGVersion.V2024: "ug 2024"}.get(
        UGVersion(award.ug_version)
    )
    issued = award.issued_on or award.period_start or date.min
    if scope is None:
        return None
    found = Parameter.objects.known_at(known_at).in_force_or_none("equip_threshold", scope, issued)
    return Decimal(found.value) if found else None
