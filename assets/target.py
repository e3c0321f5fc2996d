"""Where a thing is taken: whoever takes it into a school may do there what they do."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.access import MaybeActor, may_each
from core.problems import NotPermitted, Problem
from people.models import Room, School


def target_problems(
    by: MaybeActor,
    permission: str,
    targets: Iterable[Room] | Iterable[School],
    field: str = "room",
    sentence: str = "",
) -> Iterator[Problem]:
    """Why an act may not take a thing to these rooms or schools: the act's own permission is held
    in the school that the thing would go to, as in the one that it leaves. The sentence names
    neither, since who asks may see neither."""
    if not all(may_each(by, permission, list(targets))):
        told = sentence or _(
            "Your role does not allow this in the school that it would go to. Choose another."
        )
        yield Problem("not-permitted", told, field, data={"permission": permission})


def require_target(
    by: MaybeActor,
    permission: str,
    targets: Iterable[Room] | Iterable[School],
    field: str = "room",
    sentence: str = "",
) -> None:
    """Raise NotPermitted (403) unless `by` may take a thing to all of these."""
    problems = list(target_problems(by, permission, targets, field, sentence))
    if problems:
        raise NotPermitted(problems)
