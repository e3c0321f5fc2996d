"""Which memberships reach the same: they ask once between them what each of them would ask.

Whatever is opened asks `core.access.scope_of` alone: where somebody holds a permission. Two people
for whom that is the same for every permission get the same answers, also where the one reaches at
the first side what the other reaches at the second, for the sides are made alike. So a principal's
school stands for a viewer's, and what a technician sees is no more for being a viewer at the same
school, too. Each of such people opens a part, all together everything.
"""

from collections import defaultdict
from collections.abc import Iterable

from people.roles import Role, allowed_at_a_school, allowed_for_an_award
from tests.pairs.sides import MARKS, Held

Holders = tuple[Held, ...]
OTHER = dict(zip(MARKS, reversed(MARKS), strict=True))
#: Each permission with each place where it is held.
Reach = tuple[tuple[str, str, str], ...]


def reach(held: Holders, *, swapped: bool = False) -> Reach:
    """Where somebody with these memberships holds which permission (`swapped`: at the other
    side)."""
    found = set()
    for kind, at in held:
        side = OTHER[at] if swapped else at
        if kind.startswith("auditor"):
            place, given = "award", allowed_for_an_award(Role.AUDITOR, "by name" not in kind)
        else:
            place, given = "school", allowed_at_a_school(kind)
        found |= {(permission, side, place) for permission in given}
    return tuple(sorted(found))


def sides_of(held: Holders) -> tuple[str, ...]:
    """The sides in the order in which those who reach alike open them."""
    return tuple(MARKS) if reach(held) <= reach(held, swapped=True) else tuple(reversed(MARKS))


def alike(everybody: Iterable[Holders]) -> list[list[Holders]]:
    """Who reaches the same, but for which side is which."""
    groups: dict[Reach, list[Holders]] = defaultdict(list)
    for held in everybody:
        groups[min(reach(held), reach(held, swapped=True))].append(held)
    return list(groups.values())
