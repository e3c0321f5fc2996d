"""Who may look at what an award paid for: auditors and grant managers, until a day."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import Actor, require
from core.journal.writing import record, touched
from core.problems import Problem, invalid_if, refuse_if
from core.time import days
from funding.models import Award, AwardMembership
from people.actions.accounts import invite_user
from people.models import User
from people.roles import Role, names_people


def grant_award_access(
    award: Award,
    *,
    to: User,
    by: Actor,
    role: str = "auditor",
    ends_on: date | None = None,
    pseudonyms: bool = True,
) -> AwardMembership:
    """Let somebody see what an award paid for, until a day. Nobody lets themselves. Refused for a
    role that works with people by name, where people are to show as pseudonyms."""
    with transaction.atomic():
        award = Award.objects.visible_to(by).get(pk=award.pk)
        require(by, "people.change_user")
        if by == to:
            refuse_if([Problem("yourself", _("Somebody else changes your own roles."))])
        if ends_on is not None and ends_on < days.today():
            invalid_if([Problem("date", _("This day is over."), "ends_on")])
        if role not in Role.values:
            invalid_if([Problem("role", _("Choose a role."), "role")])
        if pseudonyms and names_people(role):
            message = _(
                "This role works with people by their names, and cannot be given with "
                "pseudonyms: choose the auditor's, or let people show by name."
            )
            refuse_if([Problem("role", message, "role")])
        membership = AwardMembership.objects.create(
            user=to,
            award=award,
            role=role,
            starts_on=days.today(),
            ends_on=ends_on,
            pseudonyms=pseudonyms,
        )
        record(
            "award.access_granted",
            award,
            by=by,
            rows=[membership],
            data={"user": to.pk, "role": role},
        )
    return membership


def end_award_access(membership: AwardMembership, *, by: Actor) -> None:
    """From now on they see this award no more."""
    with transaction.atomic():
        require(by, "people.change_user")
        award = Award.objects.visible_to(by).get(pk=membership.award_id)
        yesterday = days.today() - timedelta(days=1)
        # Two administrators may press the same button: the second finds it over, as meant.
        rows = AwardMembership.objects.in_force(days.today()).filter(pk=membership.pk)
        until = rows.values_list("ends_on", flat=True).first()
        if rows.update(ends_on=yesterday):
            record(
                "award.access_ended",
                award,
                by=by,
                touched=[touched(membership, ends_on=(until, yesterday))],
                data={"user": membership.user_id, "role": membership.role},
            )


def invite_auditor(
    email: str, name: str, *, award: Award, by: Actor, ends_on: date | None = None
) -> tuple[User, str]:
    """Add a user who sees one award and people as pseudonyms; returns their one-time link's
    secret."""
    with transaction.atomic():
        user, token = invite_user(email, name, by=by, role=None)
        grant_award_access(award, to=user, by=by, ends_on=ends_on)
    return user, token
