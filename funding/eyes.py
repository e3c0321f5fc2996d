"""Through whose eyes something was written down that is kept as text, and who has them still.

A sentence about a thing, a person or an award is told as whoever it was made for may see it. Where
it is kept (a report, the plan of an import, the list of a desk), where they saw what is kept beside
it: whoever reads it must be shown no less now, its maker too.
"""

import json
from collections.abc import Iterable, Sequence

from core.access import MaybeActor, Scope, scope_of
from funding.reach import awards_of

#: Of a release that kept no eyes: only who is shown everything has them.
UNKNOWN = "unknown"


def eyes_of(by: MaybeActor, permissions: Iterable[str]) -> str:
    """Where somebody's memberships hold these permissions, as one text, alike for all who hold the
    same. A token is asked elsewhere."""
    return json.dumps({p: _written(scope_of(by, p, token=False)) for p in permissions})


def _written(scope: Scope) -> list[object]:
    return [scope.everything, sorted(scope.schools), sorted(awards_of(scope))]


def everywhere(by: MaybeActor, permissions: Iterable[str]) -> bool:
    """Whether somebody is shown all that these permissions show."""
    return all(scope_of(by, p, token=False).everything for p in permissions)


def held(eyes: Iterable[str], by: MaybeActor, permissions: Sequence[str]) -> list[str]:
    """Those of some eyes that see nothing that `by` is not shown now."""
    now = {p: scope_of(by, p, token=False) for p in permissions}
    everything = all(scope.everything for scope in now.values())
    return [text for text in eyes if everything or (text != UNKNOWN and _within(text, now))]


def _within(eyes: str, now: dict[str, Scope]) -> bool:
    then: dict[str, tuple[bool, list[int], list[int]]] = json.loads(eyes)
    return all(
        now[p].everything
        or not (everything or set(schools) - now[p].schools or set(awards) - awards_of(now[p]))
        for p, (everything, schools, awards) in then.items()
    )


def joined(one: str, other: str) -> str:
    """The eyes of what is partly of one and partly of the other; of nothing yet (''), the other."""
    if not one or not other:
        return one or other
    if UNKNOWN in (one, other):
        return UNKNOWN
    a, b = json.loads(one), json.loads(other)
    both = {p: (a.get(p, NONE), b.get(p, NONE)) for p in {**a, **b}}
    return json.dumps({p: _both(*pair) for p, pair in both.items()})


NONE: list[object] = [False, [], []]


def _both(a: list[list[int]], b: list[list[int]]) -> list[object]:
    return [bool(a[0] or b[0]), sorted({*a[1], *b[1]}), sorted({*a[2], *b[2]})]
