"""Why somebody cannot be forgotten (yet), and until when."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from core.problems import Problem
from people.models import Person, Room, User
from people.retention import called, keepers


def rows_of(person: Person) -> list[Person]:
    """The rows that are one person: this one, and those that were merged into it."""
    found, new = [person], [person.pk]
    while new:
        losers = list(Person.objects.filter(merged_into__in=new).order_by("pk"))
        new = [row.pk for row in losers]
        found += losers
    return found


def standing(rows: Sequence[Person]) -> str:
    """The rows that are one person as they stand: which these are, and the version of each."""
    return ",".join(f"{row.pk}.{row.version}" for row in rows)


def erased_problems(person: Person) -> Iterator[Problem]:
    """Nothing becomes of somebody who was forgotten."""
    if person.erased_at is not None:
        yield Problem("erased", _("They were erased. Nothing more can be done with this row."))


def keeping_problems(rows: Sequence[Person], day: date) -> Iterator[Problem]:
    """What keeps somebody on a day, each with the last day of it where that is known."""
    person = rows[0]
    if person.merged_into is not None:
        message = _("This row was merged with another: erase the one that stays.")
        yield Problem("merged", message)
        return
    if problems := list(erased_problems(person)):
        yield from problems
        return
    for user in User.objects.filter(person__in=rows, is_active=True):
        message = _("They sign in here as %s. Deactivate that user first.")
        yield Problem("signs-in", message % user.email)
    rooms = Room.objects.filter(custodian__in=rows).select_related("school")[:5]
    if rooms:
        listed = ", ".join(f"{room.school.code} {room}" for room in rooms)
        message = _("They answer for rooms: %s. Name somebody else there first.")
        yield Problem("custodian", message % listed)
    for keeper in keepers():
        yield from keeper(rows, day)


def reason_problems(rows: Sequence[Person], reason: str) -> Iterator[Problem]:
    """The reason stays for ever: it is there, and it does not name whom it forgets."""
    if not reason.strip():
        yield Problem("reason-missing", _("Say why."), "reason")
    elif called(rows).perhaps_in(reason):
        message = _("The reason stays when the name is gone: say it without the name.")
        yield Problem("reason-names-them", message, "reason")
