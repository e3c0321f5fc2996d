"""How people and places read in sentences."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, may, scope_of
from people.models import Person, Room, School

SENTENCES: dict[str, Any] = {
    "backup.made": _("A backup was made and read back"),
    "backup.restored": _("The register was put back from a backup"),
    "school.created": _("School {subject} was added"),
    "school.changed": _("School {subject} was changed"),
    "room.created": _("Room {subject} was added"),
    "room.changed": _("Room {subject} was changed"),
    "person.added": _("{subject} was added to the roster"),
    "person.changed": _("{subject} was changed in the roster"),
    "person.merged": _("{subject} was merged with another row of the same person"),
    "person.erased": _("{subject} was erased; the facts stay"),
    "user.created": _("A user was added"),
    "user.link_made": _("A one-time link was made ({purpose})"),
    "user.password_set": _("A user set a password"),
    "user.membership_added": _("A role was given: {role}"),
    "user.membership_ended": _("A role was taken away: {role}"),
    "user.deactivated": _("A user was deactivated"),
    "token.created": _("An API token was made"),
    "token.revoked": _("An API token was revoked"),
    "district.set_up": _("The district was set up"),
    "district.changed": _("The district's settings were changed"),
    "file.attached": _("A file was attached to {subject}"),
    "file.removed": _("A file was taken off {subject}"),
}


def people(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Names for those who may see them, pseudonyms for the others."""
    if not ids:
        return {}
    named = not scope_of(by).pseudonyms and may(by, "people.view_person")
    return {p.pk: p.name if named else p.pseudonym for p in Person.objects.filter(pk__in=ids)}


def rooms(ids: set[int], by: MaybeActor) -> dict[int, str]:
    found = Room.objects.filter(pk__in=ids).select_related("school")
    return {r.pk: f"{r.school.name}, {r}" for r in found}


def schools(ids: set[int], by: MaybeActor) -> dict[int, str]:
    return dict(School.objects.filter(pk__in=ids).values_list("pk", "name"))
