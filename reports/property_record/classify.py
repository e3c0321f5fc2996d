"""Equipment or supply (UG-01 in the report). Three terms, the lowest decides (2 CFR 200.1)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from funding.models import Award, Parameter
from funding.models.award import CANNOT_TELL, UGVersion
from funding.models.parameter import levels_known_at
from funding.rules.text import Text, Texts
from reports.property_record.then import Then


@dataclass(frozen=True)
class Line:
    """The equipment line of an award: its amount and which term set it."""

    amount: Decimal
    term: str


Bounds = tuple[Decimal, Decimal]
#: A line of which nobody can tell where it was: anything is above it, or nothing.
UNTOLD: Bounds = (Decimal(0), Decimal("Infinity"))


@dataclass(frozen=True)
class Classifier:
    """Classifies units of one award by the levels in force on their acquisition date.

    `ug` has one line of the Uniform Guidance for each text that the award may be under: two where
    nobody can tell, and a verdict that hangs on it is *cannot tell*."""

    ug: Sequence[Decimal]
    own: Decimal | None
    levels: Sequence[tuple[str, date, Decimal]]
    #: The reasons that came of not knowing the text.
    doubts: set[str] = field(default_factory=set, compare=False)

    def line(self, asset_class: str, day: date | None, shared: Bounds | None = None) -> Line | None:
        """The lowest of the three terms, and of the line of the other awards that pay for the
        thing (`shared`: the lowest and the highest it may be); None where none is known. Where
        the text is in doubt, the lower of what it may be."""
        return self._lowest(self._level(asset_class, day), shared)[0]

    def _lowest(
        self, level: Decimal | None, shared: Bounds | None
    ) -> tuple[Line | None, Line | None]:
        """The line, at its lowest and at its highest."""
        ends = []
        for end in (min, max):
            terms = []
            if level is not None:
                terms.append(Line(level, _("the capitalization level")))
            if self.ug:
                terms.append(Line(end(self.ug), _("the Uniform Guidance line")))
            if self.own is not None:
                terms.append(Line(self.own, _("the award's own line")))
            if shared is not None:
                terms.append(Line(end(shared), _("another award's line")))
            ends.append(min(terms, key=lambda t: t.amount) if terms else None)
        return ends[0], ends[1]

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
        life_months: int | None,
        asset_class: str,
        day: date | None,
        shared: Bounds | None = None,
    ) -> tuple[str, str]:
        """(equipment, supply or cannot tell; the reason). `life_months` is None where nobody can
        tell of what category the thing was."""
        if life_months is None:
            return _("cannot tell"), _("its category was written down later")
        if life_months <= 12:
            return _("supply"), _("useful life of a year or less")
        if cost is None:
            return _("cannot tell"), _("unit cost unknown")
        if day is None and self._depends_on_the_day(cost, asset_class, shared):
            return _("cannot tell"), _("acquisition date unknown, and the level changed since")
        low, high = self._lowest(self._level(asset_class, day or date.max), shared)
        if low is None or high is None:
            return _("cannot tell"), _("no threshold in force")
        if low.amount <= cost < high.amount:
            return _("cannot tell"), self._doubt(low, high)
        words = {"line": f"${low.amount:,.2f}", "term": low.term}
        if cost >= low.amount:
            if high.amount != low.amount:  # at least the higher: the doubt changes nothing
                words = {"line": f"${high.amount:,.2f}", "term": high.term}
            return _("equipment"), _("at least %(line)s, %(term)s") % words
        return _("supply"), _("below %(line)s, %(term)s") % words

    def _doubt(self, low: Line, high: Line) -> str:
        if low.amount == UNTOLD[0]:
            return _("the terms of an award that pays for it were written down later")
        message = _(
            "equipment if the line is %(low)s, supply if it is %(high)s: which text of 2 "
            "CFR 200 holds cannot be told"
        )
        why = message % {"low": f"${low.amount:,.2f}", "high": f"${high.amount:,.2f}"}
        self.doubts.add(why)
        return why

    def _depends_on_the_day(self, cost: Decimal, asset_class: str, shared: Bounds | None) -> bool:
        """Whether the levels of the class disagree about a thing of this cost."""
        levels = {amount for klass, _start, amount in self.levels if klass in ("", asset_class)}
        lines = [line for x in (None, *levels) for line in self._lowest(x, shared)[:1]]
        return len({line is not None and cost >= line.amount for line in lines}) > 1


def classifier_for(award: Award, lines: "Lines") -> Classifier:
    """What classifies the things of an award (as known then)."""
    levels = levels_known_at(lines.then.known_at)
    return Classifier(lines.ug(award), lines.own(award), levels)


def lines_of(awards: Iterable[int], lines: "Lines") -> Callable[[tuple[int, ...]], Bounds | None]:
    """The lowest line that some of these awards (keys) set, at its lowest and at its highest, as
    known then: a thing that several pay for is equipment as soon as it is for one of them."""
    then = lines.then
    bounds: dict[int, Bounds] = {}
    for award in map(then.award, Award.objects.filter(pk__in=awards).select_related("program")):
        own = lines.own(award)
        both = [min(x, own) if own is not None else x for x in lines.ug(award)]
        if found := both or ([own] if own is not None else []):
            bounds[award.pk] = min(found), max(found)

    def lowest(some: tuple[int, ...]) -> Bounds | None:
        known = [bounds[pk] for pk in some if pk in bounds]
        return (min(x[0] for x in known), min(x[1] for x in known)) if known else None

    return lowest


class Lines:
    """The lines that law and award set, as known at an instant; of awards as known then."""

    def __init__(self, then: Then) -> None:
        self.then = then
        self.texts = Texts(then.known_at)
        self._parameters = Parameter.objects.known_at(then.known_at)

    def text(self, award: Award) -> Text:
        """The text of 2 CFR 200 that an award is under, with the reason."""
        if award.pk in self.then.awards.untold:
            return Text(CANNOT_TELL, _("its terms were written down later"))
        return self.texts.of(award)

    def ug(self, award: Award) -> list[Decimal]:
        """The line of the text of 2 CFR 200 that an award is under, by the parameter in force when
        it was issued, so that a later value changes no past verdict; both where nobody can
        tell, none where it is under neither; `UNTOLD` where its terms were written down later."""
        if award.pk in self.then.awards.untold:
            return [*UNTOLD]
        found = []
        for scope in SCOPES.get(self.text(award).version, ()):
            row = self._in_force("equip_threshold", scope, award)
            if row is not None:
                found.append(Decimal(row.value))
        return found

    def own(self, award: Award) -> Decimal | None:
        """The line that the award's own terms set, else the one of its program in this state."""
        if award.pk in self.then.awards.untold:
            return None
        if award.equipment_threshold is not None:
            return award.equipment_threshold
        row = self._in_force("award_equip_threshold", "ug", award)
        return Decimal(row.value) if row else None

    def _in_force(self, key: str, scope: str, award: Award) -> Parameter | None:
        issued = award.issued_on or award.period_start or date.min
        place = self.texts.place(award)
        return self._parameters.in_force_or_none(key, scope, issued, place)


#: The scope of the parameters of each text; both where nobody can tell.
SCOPES = {
    UGVersion.PRE_2024: ("ug pre2024",),
    UGVersion.V2024: ("ug 2024",),
    CANNOT_TELL: ("ug pre2024", "ug 2024"),
}
