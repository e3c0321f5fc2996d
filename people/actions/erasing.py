"""Forgetting somebody. The facts stay under a number that leads to nobody."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import forgetting
from core.access import SYSTEM, Actor, require
from core.forgetting import erasures
from core.journal.writing import EntryDraft, changed, record_many, save_changes
from core.problems import Problem, Stale, fresh, refuse_if
from core.time import days
from people.models import AccessToken, OneTimeLink, Person, User
from people.retention import called, forget_elsewhere
from people.rules.erasing import keeping_problems, reason_problems, rows_of, standing
from people.rules.written import found_of, kept

#: What is blanked of a person; their school, their kind and what they held are facts.
VALUES = ("local_id", "first_name", "last_name", "email", "grade", "title", "salt")


def erase_person(
    person: Person,
    *,
    by: Actor,
    reason: str,
    version: int | None = None,
    seen: str | None = None,
) -> Person:
    """Forget somebody, in every row that was merged into theirs: values blanked, salt deleted; the
    facts and the chain stay. Raises Refused with what keeps them and until when; Stale where they
    are not of the `version`, or their rows do not stand as `seen` (people.rules.erasing)."""
    return _erase(person, by, reason, version, seen, everywhere=True)


def take_back_person(person: Person, *, by: Actor, reason: str) -> Person:
    """Forget somebody whom an import brought, when it is undone: nobody wrote of them since, so
    only what the import itself kept under their id is looked for. Who may bring people may take
    them back; to erase somebody whose account it is needs more."""
    return _erase(person, by, reason, None, None, everywhere=False)


def _erase(
    person: Person,
    by: Actor,
    reason: str,
    version: int | None,
    seen: str | None,
    *,
    everywhere: bool,
) -> Person:
    with transaction.atomic():
        # A desk may hand them something this moment: one of us waits for the other on this row.
        person = Person.objects.visible_to(by).for_change(person.pk)
        rows = rows_of(person)
        alone = not everywhere and not User.objects.filter(person__in=rows).exists()
        require(by, "people.change_person" if alone else "people.erase_person", person)
        fresh(person, version)
        if seen is not None and seen != standing(rows):
            # Somebody may have been merged into them: nobody looked at what would go of those.
            raise Stale(Problem("stale", _("Somebody changed it since you opened it. Look again.")))
        refuse_if(keeping_problems(rows, days.today()))
        refuse_if(reason_problems(rows, reason))
        _forget(rows, by, reason, everywhere=everywhere)
    return rows[0]


def _forget(rows: Sequence[Person], by: Actor, reason: str, *, everywhere: bool) -> None:
    """Blank locked rows that are one person, and what is kept of them elsewhere. The entry of the
    first holds where notes and files name them: that list is all that can find these later."""
    written = kept(found_of(rows)) if everywhere else {}
    forget_elsewhere(replace(called(rows), everywhere=everywhere))
    entries = _leave_users(rows, by)
    now = days.now()
    for row in rows:
        # A backup older than this brings them back: by the digest of their salt they are known
        # again, and forgotten again.
        check = digest_of(row.salt)
        blank: dict[str, Any] = dict.fromkeys(VALUES, "")
        row.version += 1
        changes = changed(row, **blank, active=False, erased_at=now)
        save_changes(row, [*changes, "version"])
        data = {"reason": reason, "check": check} | (written if row is rows[0] else {})
        entries.append(
            EntryDraft(
                "person.erased", row, by, school_id=row.school_id, changes=changes, data=data
            )
        )
    record_many(entries)
    forgetting.tidy()
    transaction.on_commit(erasures.note, robust=True)


def digest_of(salt: str) -> str:
    """By what an erased row is known again: nobody gets the salt from it."""
    return hashlib.sha256(salt.encode()).hexdigest()


def erase_again() -> list[Person]:
    """Forget once more whom a backup from before their erasure brought back: the rows whose salt's
    digest stands in the file of erasures. What keeps somebody is not asked: nothing kept them when
    they were erased."""
    gone = erasures.noted()
    again: list[Person] = []
    with transaction.atomic():
        # Nothing else runs while a district is put back; the rows are locked as for any erasure.
        salts = Person.objects.filter(erased_at=None).exclude(salt="")
        back = [pk for pk, salt in salts.values_list("pk", "salt") if digest_of(salt) in gone]
        for i in range(0, len(back), 500):
            again += Person.objects.filter(pk__in=back[i : i + 500]).locked()
        for person in again:
            _forget([person], SYSTEM, _("Erased before; a backup had them still."), everywhere=True)
    return again


def _leave_users(rows: Sequence[Person], by: Actor) -> list[EntryDraft]:
    """Their account is nobody's any more, and nothing opens it; who did what stays answerable."""
    entries = []
    # A link or a token may be made for the account this moment: it waits, or ends with the others.
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
