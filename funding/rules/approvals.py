"""When a second person decides on a reclassification, and who may."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from core.access import System
from core.models import Entry
from core.problems import Problem
from funding.models import Award, Program, UnitShare
from funding.rules.limits import limit_for, moved_alone
from people.models import Membership, User
from people.roles import POLICY
from people.rules.behind import behind

APPROVE = "funding.approve_share"


def needs_second(
    awards: Iterable[Award], moved: Decimal, *, by: Any, units: list[int], day: date
) -> bool:
    """Federal money (Uniform Guidance with IDEA, E-Rate, ECF) always; other money from the amount
    that the district set for this day, with what moved before of the same purchases."""
    if ever_federal(awards):
        return True
    limit = limit_for(by, day)
    if limit is None:
        return False
    return moved >= limit.amount or moved + moved_alone(units, limit.since) >= limit.amount


def ever_federal(awards: Iterable[Award]) -> bool:
    """Whether one of them is federal, or was at any time: what decides about a move is no fact that
    is changed for a moment."""
    rows = list(awards)
    if any(award.program.federal for award in rows):
        return True
    told = Entry.objects.filter(
        kind="award.changed",
        subject_type=Award._meta.label_lower,
        subject_id__in={award.pk for award in rows},
        changes__has_key="program",
    )
    programs = {pk for pair in told.values_list("changes__program", flat=True) for pk in pair}
    return any(program.federal for program in Program.objects.filter(pk__in=programs))


def program_kept() -> str:
    """Why an award that pays keeps its program."""
    return _(
        "It pays for items, or did: what it pays comes under another program only by a "
        "reclassification to another award, which a second person approves."
    )


def keeps_program(award: Award) -> bool:
    """Whether it is told beforehand that no other program can be chosen."""
    return ever_federal([award]) and UnitShare.objects.known().filter(award=award).exists()


def program_problems(award: Award, to: Program, *, by: Any, day: date) -> Iterator[Problem]:
    """Why an award cannot come under another program: with it goes all that it pays or paid, which
    takes a second person where it is federal, or as much as the district says."""
    # The application itself puts right what nobody asked for: upgrades, the demonstration.
    if to.pk == award.program_id or isinstance(by, System):
        return
    paid = UnitShare.objects.known().filter(award=award)
    most = paid.values("unit").annotate(most=Max("amount")).aggregate(sum=Sum("most"))["sum"]
    if most is None:
        return
    if to.federal or needs_second([award], most, by=by, units=[], day=day):
        yield Problem("award-pays", program_kept(), "program")


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
