"""Programs and parameters that every district starts with, as data (funding/reference/*.csv).

The Uniform Guidance lines carry no days of their own: their scope is the text an award is under,
and an older award keeps the older text whatever today's date is.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from core.access import SYSTEM
from funding.actions import create_program, set_parameter
from funding.models import Parameter, Program

#: The confidence of a row that takes the value of an older row away.
WITHDRAWN = "withdrawn"
REFERENCE = Path(__file__).resolve().parent / "reference"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def seed_programs() -> int:
    """Add the programs that are not there yet; how many were added. What a district changed on a
    program of the same code stays."""
    there = set(Program.objects.values_list("code", flat=True))
    added = 0
    for row in _rows("programs.csv"):
        if row["code"] in there:
            continue
        create_program(
            by=SYSTEM,
            code=row["code"],
            name=row["name"],
            family=row["family"],
            aln=row["aln"],
            federal_agency=row["federal_agency"],
            cluster=row["cluster"],
            allowable_from=_day(row["allowable_from"]),
            obligate_by=_day(row["obligate_by"]),
        )
        added += 1
    return added


def seed_parameters() -> int:
    """Add the dated parameters that are not there yet; how many were added. A correction is another
    row (of a later first day or for a state or program), so no past verdict moves; one that only
    withdraws a row that an older release brought is added where that row is."""
    columns = ("key", "scope", "starts_on", "state", "program__code")
    there = set(Parameter.objects.values_list(*columns))
    named = {(key, scope) for key, scope, *_rest in there}
    programs = {p.code: p for p in Program.objects.all()}
    added = 0
    for row in _rows("parameters.csv"):
        starts_on, state, code = _day(row["from"]), row["state"] or None, row["program"] or None
        if (row["key"], row["scope"], starts_on, state, code) in there:
            continue
        if row["confidence"] == WITHDRAWN and (row["key"], row["scope"]) not in named:
            continue
        set_parameter(
            row["key"],
            row["scope"],
            row["value"],
            by=SYSTEM,
            starts_on=starts_on,
            ends_on=_day(row["to"]),
            confidence=row["confidence"],
            source=row["source"],
            state=state,
            program=programs[code] if code else None,
        )
        added += 1
    return added


def seed_reference() -> tuple[int, int]:
    """Programs and parameters added; (0, 0) when everything is there. Safe to repeat."""
    with transaction.atomic():
        return seed_programs(), seed_parameters()
