"""What must hold of an award."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.problems import Problem
from funding.models import Award, Program
from funding.models.award import Family, UGVersion


def program_problems(program: Program) -> Iterator[Problem]:
    """Why a program cannot stand as it is."""
    if not program.code or not program.name:
        yield Problem("name-missing", _("Give the program a code and a name."), "name")
    if Program.objects.exclude(pk=program.pk).filter(code__iexact=program.code).exists():
        yield Problem(
            "program-code-taken",
            _("There is a program of this code already: use it, or give another code."),
            "code",
        )


def taken_in_register(award: Award) -> set[str]:
    """What of an award is another one's already: its name, FAIN, FRN."""
    others = Award.objects.exclude(pk=award.pk)
    same = {
        "name": award.name and Q(name__iexact=award.name),
        "fain": award.fain and Q(fain__iexact=award.fain, subaward_number=award.subaward_number),
        "frn": award.frn and Q(frn__iexact=award.frn),
    }
    return {name for name, is_same in same.items() if is_same and others.filter(is_same).exists()}


def award_of(program: Program, name: str, **values: Any) -> Award:
    """An award as it will be (not saved): what is not given is the program's."""
    start, until = values.get("period_start"), program.obligate_by
    by_default = {
        "aln": program.aln,
        "allowable_from": program.allowable_from or start,
        # What a program's first awards had to be spent by says nothing of one that begins later.
        "obligate_by": None if start and until and until < start else until,
    }
    values |= {name: value for name, value in by_default.items() if not values.get(name)}
    return Award(program=program, name=name.strip(), **values)


def award_problems(
    award: Award, taken_of: Callable[[Award], set[str]] = taken_in_register
) -> Iterator[Problem]:
    """Why an award cannot stand as it is. `taken_of`: what of it is another one's, where many are
    asked about at once."""
    taken = taken_of(award)
    if not award.name:
        yield Problem("name-missing", _("Give the award a name."), "name")
    elif "name" in taken:
        yield Problem(
            "award-name-taken",
            _("There is an award of this name already: give another, as with its year."),
            "name",
        )
    if "fain" in taken:
        yield Problem(
            "fain-taken",
            _("There is an award with this FAIN already; give the subaward number."),
            "fain",
        )
    if "frn" in taken:
        yield Problem(
            "frn-taken", _("There is an award with this FRN already: each has its own."), "frn"
        )
    yield from _date_problems(award)
    for field in ("amount", "equipment_threshold"):
        value = getattr(award, field)
        if value is not None and value < 0:
            yield Problem("amount-negative", _("An award's amount is not negative."), field)
    if award.federal_percent is not None and not 0 <= award.federal_percent <= 100:
        yield Problem("percent", _("Give a percentage between 0 and 100."), "federal_percent")
    first, letter = award.federal_award_on, award.issued_on
    if first and letter and letter < first:
        message = _("A sub-award is not dated before its federal award: put one of the days right.")
        yield Problem("federal-award-late", message, "federal_award_on")
    if first and award.supplement_on and award.supplement_on < first:
        message = _(
            "A supplement comes after the initial federal award: put one of the days right."
        )
        yield Problem("supplement-early", message, "supplement_on")
    if award.ug_version == UGVersion.NONE and award.program.family == Family.UNIFORM_GUIDANCE:
        message = _("The program is under 2 CFR 200: say by which text.")
        yield Problem("ug-version", message, "ug_version")


def _date_problems(award: Award) -> Iterator[Problem]:
    if award.period_start and award.period_end and award.period_end < award.period_start:
        yield Problem(
            "period-reversed",
            _("The period ends before it begins: put one of the days right."),
            "period_end",
        )
    if award.allowable_from and award.period_end and award.period_end < award.allowable_from:
        message = _(
            "Costs are allowable from a day after the period's end: put one of the days right."
        )
        yield Problem("allowable-late", message, "allowable_from")
    begins = (award.period_start, award.allowable_from)
    if award.obligate_by and any(day and award.obligate_by < day for day in begins):
        message = _(
            "Money is obligated from the day on which the award begins: put one of the days right."
        )
        yield Problem("obligated-early", message, "obligate_by")
    paid = award.liquidate_by
    if paid and award.obligate_by and paid < award.obligate_by:
        message = _(
            "Money is paid out after it is obligated, not before: put one of the days right."
        )
        yield Problem("liquidated-early", message, "liquidate_by")
    elif paid and any(day and paid < day for day in (*begins, award.period_end)):
        message = _(
            "What is bought until the period ends is paid out after it: put one of the days right."
        )
        yield Problem("paid-early", message, "liquidate_by")
