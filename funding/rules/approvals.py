"""When a second person decides on a reclassification, and who may."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.models import District
from core.problems import Problem
from funding.models import Award
from people.models import Membership, User
from people.roles import POLICY
from people.rules.behind import behind

APPROVE = "funding.approve_share"
#: District setting: from this amount on also money that is not federal needs a second person.
FROM_AMOUNT = "reclassification_approval_from"


def needs_second(awards: Iterable[Award], moved: Decimal, day: date) -> bool:
    """Federal money (Uniform Guidance with IDEA, E-Rate, ECF) always; other money from the amount
    that the district set for this day."""
    if any(award.program.federal for award in awards):
        return True
    district = District.current()
    limit = district.setting(FROM_AMOUNT, day) if district else None
    return limit is not None and moved >= Decimal(limit)


def approval_required(data: dict[str, Any] | None = None) -> Problem:
    """A second person decides on this, and has not."""
    message = _("Who pays for it changes only after a second person approved it. Ask for that.")
    return Problem("approval-required", message, data=data or {})


def deciders(asker: Any, at: datetime, day: date) -> list[User]:
    """The people who may decide on what `asker` asks for at an instant: never the same, nobody who
    is behind an asking service account, never a service account."""
    roles = [role for role, perms in POLICY.items() if APPROVE in perms]
    held = Membership.objects.in_force(day).filter(role__in=roles, school=None)
    users = User.objects.filter(
        pk__in=held.values("user"), is_active=True, kind=User.Kind.PERSON
    ).exclude(pk__in=list(behind(asker, at)))
    return list(users.order_by("name"))


def decision_problems(approval: Any, by: Any, day: date) -> Iterable[Problem]:
    """Why `by` cannot decide on it."""
    if not approval.waits:
        yield Problem("decided-already", _("It was decided or withdrawn already."))
    elif getattr(by, "kind", User.Kind.SERVICE) != User.Kind.PERSON:
        yield Problem("service-decides", _("A person decides on this, not a service account."))
    elif by.pk in behind(approval.asked_by, approval.asked_at):
        others = bool(deciders(approval.asked_by, approval.asked_at, day))
        if by.pk == approval.asked_by_id:
            yield Problem("own-request", _own(others))
        else:
            yield Problem("own-account", _own_account(others))


def _own(others: bool) -> str:
    if others:
        return _("Somebody else decides on what you asked for.")
    return _(
        "Somebody else decides on what you asked for, and nobody else may. Invite a second person "
        "as finance officer or administrator."
    )


def _own_account(others: bool) -> str:
    if others:
        return _(
            "It was asked through an account that you made, or of which you made a token: somebody "
            "else decides."
        )
    return _(
        "It was asked through an account that you made, or of which you made a token, and nobody "
        "else may decide. Invite a second person as finance officer or administrator."
    )
