"""How people and places read in sentences."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, may, scope_of
from people.models import Person, Room, School, User

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
    "person.unmerged": _("{subject} stands alone again ({reason})"),
    "person.erased": _("{subject} was erased; the facts stay ({reason})"),
    "user.person_erased": _("{subject} belongs to nobody of the roster any more"),
    "user.created": _("User {subject} was added"),
    "user.link_made": _("A one-time link was made for {subject} ({purpose})"),
    "user.password_set": _("{subject} set a password"),
    "user.membership_added": _("{subject} was given a role: {role}"),
    "user.membership_ended": _("{subject} lost a role: {role}"),
    "user.activated": _("{subject} was activated again"),
    "user.deactivated": _("{subject} was deactivated"),
    "token.created": _("An API token was made"),
    "token.revoked": _("An API token was revoked"),
    "district.set_up": _("The district was set up"),
    "district.changed": _("The district's settings were changed"),
    "setting.set": _("The setting {key} was set"),
    "file.stored": _("A file was stored"),
    "file.forgotten": _("A file was thrown away for good"),
    "file.attached": _("A file was attached to {subject}"),
    "file.removed": _("A file was taken off {subject}"),
}


def names_people(by: MaybeActor) -> bool:
    """Whether somebody sees people by their names; everybody else sees pseudonyms."""
    return not scope_of(by).pseudonyms and may(by, "people.view_person")


def people(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Names for those who may see them, pseudonyms for the others."""
    if not ids:
        return {}
    named = names_people(by)
    return {p.pk: p.name if named else p.pseudonym for p in Person.objects.filter(pk__in=ids)}


def users(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Those who work here; an outsider does not learn their names."""
    if scope_of(by).pseudonyms:
        return {pk: str(_("a user")) for pk in ids}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def rooms(ids: set[int], by: MaybeActor) -> dict[int, str]:
    found = Room.objects.filter(pk__in=ids).select_related("school")
    return {r.pk: f"{r.school.name}, {r}" for r in found}


def schools(ids: set[int], by: MaybeActor) -> dict[int, str]:
    return dict(School.objects.filter(pk__in=ids).values_list("pk", "name"))
