"""Which text of 2 CFR 200 an award is under.

It hangs on the federal award and not on the letter of the sub-award, so most letters of the first
two years after the cut-over do not tell. The days are parameters: `ug_text_2024_from` for the
federal award, for the sub-award where a state says so, `ug_text_doubt_until` for the end of the
doubt.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.journal.remembered import earlier
from core.models import District
from funding.models import Award, Parameter, Place
from funding.models.award import CANNOT_TELL, Family, UGVersion

FROM, DOUBT = "ug_text_2024_from", "ug_text_doubt_until"
FEDERAL, SUBAWARD = "federal award", "sub-award"


@dataclass(frozen=True)
class Text:
    """The text an award is under (or `CANNOT_TELL`), and why."""

    version: str
    why: str

    @property
    def known(self) -> bool:
        return self.version != CANNOT_TELL

    def __str__(self) -> str:
        if not self.known:
            return _("cannot tell which text")
        return str(UGVersion(self.version).label)


class Texts:
    """Answers for many awards with a few queries, as known at an instant (now where none is
    given)."""

    def __init__(self, known_at: datetime | None = None) -> None:
        self._known_at = known_at

    @cached_property
    def _parameters(self) -> list[Parameter]:
        rows = Parameter.objects.filter(key__in=(FROM, DOUBT))
        return list(rows.known_at(self._known_at) if self._known_at else rows)

    @cached_property
    def state(self) -> str:
        """The district's state, as it was known."""
        district = District.current()
        if district is None:
            return ""
        if self._known_at:
            district = earlier(District, self._known_at, "state").of(district)
        return str(district.state or "")

    def of(self, award: Award) -> Text:
        """The text of one award, with the reason; of a past instant by its `FACTS` as known
        then."""
        if award.program.family != Family.UNIFORM_GUIDANCE:
            return Text(UGVersion.NONE, _("its program is not under 2 CFR 200"))
        facts = _Facts(**{name: getattr(award, name) for name in FACTS})
        if facts.ug_version:
            return Text(facts.ug_version, _("stated"))
        place = self.place(award)
        day = facts.day or facts.federal_award_on or date.max
        cut = self._day(FROM, FEDERAL, day, place)
        if cut is None:
            return Text(CANNOT_TELL, _("no parameter says from which federal award on"))
        theirs = self._day(FROM, SUBAWARD, day, place)
        return _derive(facts, cut, theirs, self._day(DOUBT, SUBAWARD, day, place))

    def place(self, award: Award) -> Place:
        """For what parameters of an award are asked."""
        return Place(self.state, award.program_id, award.pk)

    def _day(self, key: str, scope: str, day: date, place: Place) -> date | None:
        found = [
            p for p in self._parameters if (p.key, p.scope) == (key, scope) and p.holds(day, place)
        ]
        best = max(found, key=Parameter.precedence, default=None)
        return date.fromisoformat(best.value) if best else None


@dataclass(frozen=True)
class _Facts:
    ug_version: str
    federal_award_on: date | None
    supplement_on: date | None
    issued_on: date | None
    period_start: date | None
    period_end: date | None
    obligate_by: date | None

    @property
    def day(self) -> date | None:
        """The sub-award's day; the first of its period stands in."""
        return self.issued_on or self.period_start

    @property
    def last(self) -> date | None:
        """Nothing was awarded after this day."""
        return self.day or self.obligate_by or self.period_end


#: The columns of an award that the derivation reads.
FACTS = tuple(field.name for field in fields(_Facts))


def _told(day: date) -> str:
    return day.strftime("%m/%d/%Y")


def _derive(facts: _Facts, cut: date, theirs: date | None, doubt: date | None) -> Text:
    if facts.federal_award_on and facts.federal_award_on >= cut:
        words = {"day": _told(facts.federal_award_on), "cut": _told(cut)}
        return Text(
            UGVersion.V2024,
            _("federal award of %(day)s, the 2024 text holds from %(cut)s on") % words,
        )
    if facts.last and facts.last < cut:
        return Text(UGVersion.PRE_2024, _("awarded before %s") % _told(cut))
    if theirs and facts.day:
        words = {"day": _told(facts.day), "cut": _told(theirs)}
        if facts.day >= theirs:
            return Text(
                UGVersion.V2024,
                _("sub-award of %(day)s, the state applies the 2024 text from %(cut)s on") % words,
            )
        return Text(
            UGVersion.PRE_2024,
            _("sub-award of %(day)s, the state applies the 2024 text only from %(cut)s on") % words,
        )
    if facts.federal_award_on:
        return Text(
            UGVersion.PRE_2024,
            _("federal award of %(day)s, the 2024 text holds from %(cut)s on")
            % {"day": _told(facts.federal_award_on), "cut": _told(cut)},
        )
    if facts.supplement_on:
        if facts.supplement_on < cut:
            return Text(UGVersion.PRE_2024, _("awarded before %s") % _told(cut))
        return Text(
            CANNOT_TELL, _("only a supplement's day is known, not the federal award's initial one")
        )
    if facts.day and doubt and facts.day > doubt:
        return Text(
            UGVersion.V2024,
            _("sub-award after %s: no older federal award lasts as long") % _told(doubt),
        )
    return Text(
        CANNOT_TELL,
        _("the day of the federal award is not known, and the sub-award's does not say"),
    )
