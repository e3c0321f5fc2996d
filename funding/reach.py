"""Along awards: who has a membership for one sees what it pays for, in whichever school it is."""

from dataclasses import replace

from core.access import Along, Scope

#: The way, and what a row that is reached so says of it.
AWARD, ATTRIBUTE = "award", "award_id"


def along(award: int) -> Along:
    """The way along one award."""
    return AWARD, award


def awards_of(scope: Scope) -> frozenset[int]:
    """The awards that a scope reaches by their memberships."""
    return scope.by(AWARD)


def of_award(scope: Scope, award: int) -> Scope:
    """What of a scope tells what one award pays for. A membership for another award reaches things
    that this one pays for, too, and does not tell that it does."""
    return replace(scope, along=scope.along & {along(award)})
