"""A row of an award that is here: whether it is that one, or next year's by the same name, or by
nearly the same; and whether one that somebody put out of use is in use again."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funding.models import Award, UnitShare
from funding.rules.chronology import shown
from integrations.kinds.awards.row import AwardPlan
from integrations.kinds.labels import label
from integrations.kinds.rows.changes import change
from integrations.kinds.rows.questions import NONE, REOPEN, Question
from integrations.kinds.rows.since import again, taken_back
from integrations.words import fold

RENEWED = Question(
    "renewed",
    gettext_lazy("An award that pays for items, with another number or the days of another year"),
    {"correct": gettext_lazy("it is that award: what this file says of it is right")},
    of_people=False,
)
ALIKE = Question(
    "award",
    gettext_lazy("A new award looks like another, with other signs"),
    {
        "that": gettext_lazy("it is that one"),
        "another": gettext_lazy("it is another one"),
    },
    of_people=False,
    as_before=frozenset({"that"}),
)
#: In the order in which a page asks them.
ASKED = (ALIKE, NONE, RENEWED, REOPEN)
#: By these an award is known to others; those of another are another award's.
NUMBERS = ("fain", "subaward_number", "frn", "aln")
BEGINS = ("period_start", "federal_award_on", "issued_on")
ENDS = ("period_end", "obligate_by", "liquidate_by")
#: Days by which a day may be put right; what lies farther off is another year's.
NEAR = 183


def asks(plan: AwardPlan, award: Award) -> bool:
    """Whether the row waits until somebody says that it is that award, or in use again. The one of
    next year often has this year's name: what pays for things would be under other terms."""
    waits = _renewed(plan, award)
    if not award.active:
        waits = _closed(plan, award) or waits
    return waits


def _renewed(plan: AwardPlan, award: Award) -> bool:
    others = [*_numbers(plan, award), *_days(plan, award)]
    if not others or not UnitShare.objects.known().filter(award=award).exists():
        return False
    message = _(
        "%(name)s pays for items, or did. This file says otherwise: %(others)s. Another award "
        "needs a name of its own, as with its year: correct it; else say that it is that one."
    )
    said = "; ".join(_other(name, here, told) for name, here, told in others)
    words = {"name": award.name, "others": said}
    return not plan.ask(RENEWED, others[0][0], message % words)


def _other(name: str, here: object, told: object) -> str:
    words = {"field": label(name), "said": told, "here": here}
    return _("%(field)s %(said)s (here: %(here)s)") % words


def _numbers(plan: AwardPlan, award: Award) -> list[tuple[str, str, str]]:
    """The numbers that are another award's. One that is not known yet is no other."""
    pairs = ((n, getattr(award, n), getattr(plan.values, n)) for n in NUMBERS)
    return [
        (n, here, told) for n, here, told in pairs if here and told and fold(here) != fold(told)
    ]


def _days(plan: AwardPlan, award: Award) -> list[tuple[str, str, str]]:
    """The days that are another year's. An end may be put off by as much while the beginning
    stays; where the row does not say when it began, nobody knows."""
    begins = _far(plan, award, BEGINS)
    if not begins and any(getattr(plan.values, n) for n in BEGINS if getattr(award, n)):
        return []
    return begins + _far(plan, award, ENDS)


def _far(plan: AwardPlan, award: Award, names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    found = []
    for name in names:
        here: date | None = getattr(award, name)
        told: date | None = getattr(plan.values, name)
        if here and told and abs((told - here).days) > NEAR:
            found.append((name, shown(here), shown(told)))
    return found


def _closed(plan: AwardPlan, award: Award) -> bool:
    """What the undo of an import took out of use was the import's; what somebody did stays."""
    choice = "open"
    if not taken_back(award):
        choice = plan.ask(REOPEN, "name", again(award.name))
    if choice == "open":
        plan.changes.active = change(False, True, shown=(_("out of use"), _("in use")))
    return not choice
