"""Through whose eyes a report was made, and who has them still.

A report is kept as its maker saw it: with the names, the money and the other awards that they were
shown then. Whoever opens it must be shown no less now; who lost a membership since is not, also where
it was themselves who made it.
"""

import json
from collections.abc import Iterable

from core.access import NAMES, MaybeActor, Scope, scope_of

#: What a report's content depends on.
LOOKED_WITH = (
    "reports.make_report", "assets.view_asset", "funding.view_award", "funding.view_cost", NAMES,
)  # fmt: skip


def eyes_of(by: MaybeActor) -> str:
    """Where somebody holds what a report is made with, as one text, alike for all who hold the same."""
    return json.dumps({p: _written(scope_of(by, p, token=False)) for p in LOOKED_WITH})


def _written(scope: Scope) -> list[object]:
    return [scope.everything, sorted(scope.schools), sorted(scope.awards)]


def everywhere(by: MaybeActor) -> bool:
    """Whether somebody is shown everything that any report tells."""
    return all(scope_of(by, p, token=False).everything for p in LOOKED_WITH)


def held(eyes: Iterable[str], by: MaybeActor) -> list[str]:
    """Those of some eyes that see nothing that `by` is not shown now. Unknown ones ('') are not."""
    now = {p: scope_of(by, p, token=False) for p in LOOKED_WITH}
    return [text for text in eyes if text and _within(json.loads(text), now)]


def _within(then: dict[str, tuple[bool, list[int], list[int]]], now: dict[str, Scope]) -> bool:
    return all(
        now[p].everything
        or not (everything or set(schools) - now[p].schools or set(awards) - now[p].awards)
        for p, (everything, schools, awards) in then.items()
    )
