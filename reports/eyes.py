"""Through whose eyes a report was made, and who has them still.

A report is kept as its maker saw it: with the names, the money and the other awards that they were
shown then. Whoever opens it must be shown no less now; who lost a membership since is not, also
where it was themselves who made it. Whoever computes it anew does so through these eyes, whatever
its maker may see since.
"""

import json
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

import funding.eyes
from core.access import NAMES, Grant, MaybeActor, scope_of
from core.problems import NotPermitted, Problem
from funding.reach import along

#: What a report's content depends on.
LOOKED_WITH = (
    "reports.make_report",
    "assets.view_asset",
    "funding.view_award",
    "funding.view_cost",
    NAMES,
)
#: What a report tells; to make reports is no part of it.
TELLS = LOOKED_WITH[1:]


def eyes_of(by: MaybeActor) -> str:
    """Where somebody holds what a report is made with, as one text, alike for all who hold the
    same."""
    return funding.eyes.eyes_of(by, LOOKED_WITH)


def everywhere(by: MaybeActor) -> bool:
    """Whether somebody is shown everything that any report tells."""
    return funding.eyes.everywhere(by, LOOKED_WITH)


def held(eyes: Iterable[str], by: MaybeActor) -> list[str]:
    """Those of some eyes that see nothing that `by` is not shown now. Unknown ones ('') are not."""
    return funding.eyes.held(filter(None, eyes), by, LOOKED_WITH)


def require_told(eyes: str, by: MaybeActor) -> None:
    """Raise NotPermitted (403) where a token holds not all that a report with these eyes tells (of
    unknown ones that is all that any report tells); `visible_to` asks its user's memberships."""
    told = json.loads(eyes) if eyes else {}
    for permission in TELLS:
        if any(told.get(permission, [True])) and scope_of(by, permission).empty:
            name = "people.view_person" if permission == NAMES else permission
            message = _("The report tells more than this token may read: it lacks %s.") % name
            raise NotPermitted(Problem("not-permitted", message, data={"permission": name}))


class Onlooker(AnonymousUser):
    """Nobody in particular, who is shown what a report was made with: to read, never to write."""

    is_authenticated = True  # type: ignore[assignment]  # theirs are of somebody who signs in
    is_active = True  # type: ignore[assignment]  # theirs are of somebody who signs in

    def __init__(self, grants: Iterable[Grant]) -> None:
        super().__init__()
        self._grants = tuple(grants)


def onlooker(eyes: str) -> Onlooker:
    """Somebody with the eyes that were kept. Every permission is asked by where it is held, so that
    one grant for each place is as good as the memberships that made them."""
    held: dict[tuple[int | None, int | None], set[str]] = {}
    for permission, (everything, schools, awards) in json.loads(eyes).items():
        places: list[tuple[int | None, int | None]] = [(None, None)] if everything else []
        places += [(pk, None) for pk in schools] + [(None, pk) for pk in awards]
        for place in places:
            held.setdefault(place, set()).add(permission)
    return Onlooker(
        Grant(frozenset(permissions), school=school, along=None if award is None else along(award))
        for (school, award), permissions in held.items()
    )


def of_award(award: int) -> str:
    """The eyes of who sees one award and no names, of which older releases kept no more than
    that."""
    return json.dumps({p: [False, [], [] if p == NAMES else [award]] for p in LOOKED_WITH})
