"""What an award membership lets somebody see and do."""

from typing import Any

from core.access import Grant
from core.time import days
from funding.models import AwardMembership
from funding.reach import along
from people.roles import allowed_for_an_award


def grants_from_awards(user: Any) -> list[Grant]:
    """One grant for each award membership in force today."""
    held = AwardMembership.objects.in_force(days.today()).filter(user_id=user.pk)
    return [
        Grant(allowed_for_an_award(m.role, m.pseudonyms), along=along(m.award_id)) for m in held
    ]
