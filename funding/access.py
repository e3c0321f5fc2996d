"""What an award membership lets somebody see and do."""

from typing import Any

from core import days
from core.access import Scope
from funding.models import AwardMembership
from people.roles import allows


def award_memberships_of(user: Any) -> list[AwardMembership]:
    """The award memberships in force today; read once per request (cached on the object)."""
    cached: list[AwardMembership] | None = getattr(user, "_award_memberships", None)
    if cached is None:
        cached = list(AwardMembership.objects.in_force(days.today()).filter(user_id=user.pk))
        user._award_memberships = cached
    return cached


def scope_from_awards(user: Any) -> Scope:
    """Awards, with people as pseudonyms unless a membership says otherwise."""
    held = award_memberships_of(user)
    return Scope(
        awards=frozenset(m.award_id for m in held),
        pseudonyms=all(m.pseudonyms for m in held),
    )


def holds_by_award(user: Any, perm: str, obj: Any = None) -> bool:
    """A role held through an award: anything inside `visible_to` is already of that award."""
    award_id = getattr(obj, "award_id", None)
    return any(
        allows(m.role, perm) and (award_id is None or award_id == m.award_id)
        for m in award_memberships_of(user)
    )
