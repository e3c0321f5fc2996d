"""A row of a roster: what its cells say of a person."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from integrations.kinds.rows.changes import Change, Changes
from integrations.kinds.rows.planned import FACT, Planned, SchoolRow


@dataclass(slots=True, eq=False)
class PersonRow(SchoolRow):
    """What a row says of somebody."""

    local_id: str | None = None
    first_name: str | None = field(default=None, metadata=FACT)
    last_name: str | None = field(default=None, metadata=FACT)
    email: str | None = field(default=None, metadata=FACT)
    grade: str | None = field(default=None, metadata=FACT)
    title: str | None = field(default=None, metadata=FACT)
    kind: str | None = field(default=None, metadata=FACT)
    active: bool | None = field(default=None, metadata=FACT)
    #: Both names, where they stand in one cell.
    full_name: str | None = None
    #: Columns that say, too, whether they are on the roster.
    status: bool | None = None
    enroll_status: bool | None = None
    left_on: date | None = None
    #: The key of the school that it was found to name.
    school_id: int = field(init=False)
    #: The id of the person who is here, as it is written here.
    saved_id: str = ""

    @property
    def called(self) -> str:
        """Somebody as the row calls them."""
        name = f"{self.first_name or ''} {self.last_name or ''}".strip()
        return name or self.local_id or ""

    def persons(self) -> tuple[str, str]:
        return self.local_id or "", ""


class PersonChanges(Changes):
    """What a row may change of somebody."""

    first_name: Change[str] | None = None
    last_name: Change[str] | None = None
    email: Change[str] | None = None
    grade: Change[str] | None = None
    title: Change[str] | None = None
    kind: Change[str] | None = None
    active: Change[bool] | None = None
    school: Change[int] | None = None


PersonPlan: TypeAlias = Planned[PersonRow, PersonChanges]
