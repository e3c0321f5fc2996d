"""A row of awards: what its cells say of one."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from funding.models import Program
from integrations.kinds.rows.changes import Change, Changes
from integrations.kinds.rows.planned import FACT, Planned, Row


@dataclass(slots=True, eq=False)
class AwardRow(Row):
    """What a row says of an award."""

    name: str | None = None
    program: str | None = None
    fain: str | None = field(default=None, metadata=FACT)
    frn: str | None = field(default=None, metadata=FACT)
    aln: str | None = field(default=None, metadata=FACT)
    pass_through: str | None = field(default=None, metadata=FACT)
    subaward_number: str | None = field(default=None, metadata=FACT)
    amount: Decimal | None = field(default=None, metadata=FACT)
    issued_on: date | None = field(default=None, metadata=FACT)
    federal_award_on: date | None = field(default=None, metadata=FACT)
    period_start: date | None = field(default=None, metadata=FACT)
    period_end: date | None = field(default=None, metadata=FACT)
    obligate_by: date | None = field(default=None, metadata=FACT)
    liquidate_by: date | None = field(default=None, metadata=FACT)
    title_holder: str | None = field(default=None, metadata=FACT)
    #: The program that a new one was found to be under.
    program_row: Program = field(init=False)


class AwardChanges(Changes):
    """What a row may change of an award."""

    fain: Change[str] | None = None
    frn: Change[str] | None = None
    aln: Change[str] | None = None
    pass_through: Change[str] | None = None
    subaward_number: Change[str] | None = None
    amount: Change[Decimal | None] | None = None
    issued_on: Change[date | None] | None = None
    federal_award_on: Change[date | None] | None = None
    period_start: Change[date | None] | None = None
    period_end: Change[date | None] | None = None
    obligate_by: Change[date | None] | None = None
    liquidate_by: Change[date | None] | None = None
    title_holder: Change[str] | None = None
    active: Change[bool] | None = None


AwardPlan: TypeAlias = Planned[AwardRow, AwardChanges]
