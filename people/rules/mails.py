"""One e-mail, one person: what is brought to an address that two have goes to the wrong one."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import SYSTEM, MaybeActor
from core.problems import Problem
from people.models import Person
from people.rules.ids import shown
from people.rules.merging import who_stay


class Mailed(NamedTuple):
    """An e-mail that somebody gets, who is here already (their key) or new."""

    email: str
    name: str
    local_id: str
    field: str
    person: int | None = None


def mail_problems(given: Sequence[Mailed], by: MaybeActor) -> Iterator[Problem]:
    """Why e-mails are not given: somebody else has them, here or earlier in the same list. Whose
    they are does not depend on who asks; what is told of them does."""
    keys = {one.email.lower() for one in given}
    if not keys:
        return
    everybody = Person.objects.visible_to(SYSTEM)
    rows = list(
        everybody.filter(erased_at=None)
        .annotate(key=Lower("email"))
        .filter(key__in=keys)
        .select_related("school")
        .order_by("pk")
    )
    stay = who_stay(rows, everybody.select_related("school"))
    here: dict[str, list[Person]] = {}
    for row in rows:
        here.setdefault(row.email.lower(), []).append(stay.get(row.pk, row))
    seen: dict[str, Mailed] = {}
    for one in given:
        key = one.email.lower()
        other = next((p for p in here.get(key, ()) if p.pk != one.person), None)
        first = seen.setdefault(key, one)
        if other is not None:
            yield _taken(one, shown(other, by))
        elif first is not one:
            yield _taken(one, f"{first.name} ({first.local_id})")


def _taken(one: Mailed, other: str) -> Problem:
    message = _(
        "%(name)s (%(id)s) would have the e-mail of %(other)s. Where they are one, use that id, "
        "or leave the e-mail out; else say that it is another person."
    )
    words = {"name": one.name, "id": one.local_id, "other": other}
    return Problem("email-taken", message % words, one.field)
