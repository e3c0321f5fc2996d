"""Programs, awards, who may see an award, dated parameters."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.access import Actor, require
from core.journal.writing import changed, record, save_changes
from core.problems import fresh, refuse_if
from core.time import days
from funding.models import Award, CapitalizationLevel, Parameter, Program
from funding.rules import awards as rules
from funding.rules.approvals import program_problems
from funding.rules.parameters import parameter_problems


def create_program(*, by: Actor, **values: Any) -> Program:
    """Add a program of money. Raises Refused for a code that is there already."""
    with transaction.atomic():
        require(by, "funding.change_award")
        program = Program(**values)
        refuse_if(rules.program_problems(program))
        program.save()
        record("program.created", program, by=by, created=True)
    return program


def create_award(*, by: Actor, program: Program, name: str, **values: Any) -> Award:
    """Add an award. The text of 2 CFR 200 that it is under is derived from its dates unless it is
    stated (rules/text.py); what else is not given is the program's. Raises Refused for a name, FAIN
    or FRN that is there already."""
    with transaction.atomic():
        require(by, "funding.change_award")
        award = rules.award_of(program, name, **values)
        refuse_if(rules.award_problems(award))
        award.save()
        record("award.created", award, by=by, created=True)
    return award


def change_award(award: Award, *, by: Actor, version: int | None = None, **values: Any) -> Award:
    """Change an award's own facts; shares are changed by reclassifying. Raises Stale where
    somebody changed it since `version`."""
    with transaction.atomic():
        # Two may have its page open: the second waits, and is told what became another since.
        award = Award.objects.visible_to(by).for_change(award.pk)
        require(by, "funding.change_award")
        fresh(award, version)
        if "program" in values:
            refuse_if(program_problems(award, values["program"], by=by, day=days.today()))
        changes = changed(award, **values)
        refuse_if(rules.award_problems(award))
        if changes:
            award.version += 1
            save_changes(award, [*changes, "version"])
            record("award.changed", award, by=by, changes=changes)
    return award


def set_parameter(
    key: str,
    scope: str,
    value: str,
    *,
    by: Actor,
    starts_on: date | None = None,
    ends_on: date | None = None,
    confidence: str = "district",
    source: str = "district",
    state: str | None = None,
    program: Program | None = None,
    award: Award | None = None,
) -> Parameter:
    """Add a parameter's value from a day on; what it was before stays. `state`, `program`
    and `award` narrow it: the most specific value wins. Raises Refused for a value of no use."""
    parameter = Parameter(
        key=key,
        scope=scope,
        value=value.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        confidence=confidence,
        source=source,
        state=(state or "").strip().upper() or None,
        program=program,
        award=award,
    )
    with transaction.atomic():
        require(by, "funding.change_parameter")
        refuse_if(parameter_problems(parameter))
        parameter.save()
        record(
            "parameter.set",
            parameter,
            by=by,
            created=True,
            data={
                "key": key,
                "scope": scope,
                "value": parameter.value,
                "state": parameter.state,
                "program": parameter.program_id,
                "award": parameter.award_id,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "confidence": confidence,
                "source": source,
            },
        )
    return parameter


def set_capitalization_level(
    level: Decimal, *, by: Actor, starts_on: date, asset_class: str = ""
) -> CapitalizationLevel:
    """From a day on, capitalize things of a class from this unit cost."""
    with transaction.atomic():
        require(by, "funding.change_parameter")
        row, created = CapitalizationLevel.objects.get_or_create(
            asset_class=asset_class, starts_on=starts_on, defaults={"level": level}
        )
        changes = {}
        if not created:  # two who put it right at once: each entry has what the other wrote
            row = CapitalizationLevel.objects.select_for_update().get(pk=row.pk)
            changes = changed(row, level=level)
            row.save(update_fields=["level"])
        record(
            "capitalization_level.set",
            row,
            by=by,
            changes=changes,
            created=created,
            data={"class": asset_class, "level": level},
        )
    return row
