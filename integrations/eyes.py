"""Through whose eyes an import is looked at, and to whom what was seen is told.

What the plan of a row says of the register (which thing has its tag, who has it, where it is) is
kept as text beside the row. An import is its owner's: it is planned as they see the register,
whoever works on it, and what they may not see an administrator does not write into it for them.
The eyes are kept beside the plan, and whoever reads it must be shown no less now.
"""

from collections.abc import Iterable
from dataclasses import replace

import funding.eyes
from core.access import NAMES, Actor, MaybeActor
from integrations.models import ImportSession, StagedRow

#: What a plan's sentences hang on.
LOOKED_WITH = (
    "integrations.import",
    "assets.view_asset",
    "people.view_school",
    "people.view_person",
    NAMES,
    "funding.view_award",
    "funding.view_purchase",
    "funding.view_cost",
)


def planner(session: ImportSession, by: Actor) -> Actor:
    """Whoever an import is planned for: its owner, while they have an account; else `by`."""
    owner = session.owner
    if owner is None or owner.pk == by.pk or not owner.is_active:
        return by
    return owner


def eyes_of(by: MaybeActor) -> str:
    return funding.eyes.eyes_of(by, LOOKED_WITH)


def held(eyes: str, by: MaybeActor) -> bool:
    """Whether somebody is shown all that these eyes saw; of nothing that was seen, anybody."""
    return not eyes or bool(funding.eyes.held([eyes], by, LOOKED_WITH))


def veil(session: ImportSession) -> None:
    """Leave of an import, as it is in memory, what stands in its file."""
    session.plan_notes, session.unknown, session.words = [], {}, {}
    session.say(replace(session.said, reasons=None, refused={}))


def veil_rows(rows: Iterable[StagedRow]) -> None:
    """The same of its rows: what they would do, and why not, is of the register."""
    for row in rows:
        row.problems, row.warnings, row.changes, row.conflict = row.faults, [], {}, ""
