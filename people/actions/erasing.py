"""Forgetting somebody. The facts stay under a number that leads to nobody."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from core import days, forgetting
from core.access import Actor, require
from core.journal import EntryDraft, changed, record_many, save_changes
from core.problems import fresh, refuse_if
from people.models import AccessToken, OneTimeLink, Person, User
from people.retention import called, forget_elsewhere
from people.rules.erasing import keeping_problems, reason_problems, rows_of

#: What is blanked of a person; their school, their kind and what they held are facts.
VALUES = ("local_id", "first_name", "last_name", "email", "grade", "title", "salt")


def erase_person(person: Person, *, by: Actor, reason: str, version: int | None = None) -> Person:
    """Forget somebody, in every row that was merged into theirs: values blanked, salt deleted; the
    facts and the chain stay. Raises Refused with what keeps them and until when."""
    return _erase(person, by, reason, version, everywhere=True)


def take_back_person(person: Person, *, by: Actor, reason: str) -> Person:
    """Forget somebody whom an import brought, when it is undone: nobody wrote of them since, so
    only what the import itself kept under their id is looked for."""
    return _erase(person, by, reason, None, everywhere=False)


def _erase(
    person: Person, by: Actor, reason: str, version: int | None, *, everywhere: bool
) -> Person:
    with transaction.atomic():
        # A desk may hand them something this moment: one of us waits for the other on this row.
        person = Person.objects.visible_to(by).for_change(person.pk)
        require(by, "people.erase_person", person)
        fresh(person, version)
        rows = rows_of(person)
        refuse_if(keeping_problems(rows, days.today()))
        refuse_if(reason_problems(rows, reason))
        forget_elsewhere(replace(called(rows), everywhere=everywhere))
        entries = _leave_users(rows, by)
        now = days.now()
        for row in rows:
            # A backup older than this brings them back: by the digest of their salt they are
            # known again, and forgotten again.
            check = hashlib.sha256(row.salt.encode()).hexdigest()
            blank: dict[str, Any] = dict.fromkeys(VALUES, "")
            row.version += 1
            changes = changed(row, **blank, active=False, erased_at=now)
            save_changes(row, [*changes, "version"])
            data = {"reason": reason, "check": check}
            entries.append(
                EntryDraft(
                    "person.erased", row, by, school_id=row.school_id, changes=changes, data=data
                )
            )
        record_many(entries)
        forgetting.tidy()
    return rows[0]


def _leave_users(rows: Sequence[Person], by: Actor) -> list[EntryDraft]:
    """Their account is nobody's any more, and nothing opens it; who did what stays answerable."""
    entries = []
    for user in User.objects.filter(person__in=rows).locked():
        OneTimeLink.objects.filter(user=user).delete()
        now = days.now()
        tokens = AccessToken.objects.filter(user=user, revoked_at=None)
        entries += [
            EntryDraft("token.revoked", token, by, changes={"revoked_at": (None, now)})
            for token in tokens.order_by("pk")
        ]
        tokens.update(revoked_at=now)
        user.version += 1
        changes = changed(user, person=None)
        save_changes(user, [*changes, "version"])
        entries.append(EntryDraft("user.person_erased", user, by, changes=changes))
    return entries
