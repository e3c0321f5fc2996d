"""How people and places read in sentences."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import NAMES, MaybeActor, inside, scope_of
from core.journal.reaching import came_from_unseen, people_named, reached
from core.models import Entry
from people.models import Person, Room, School, User

SENTENCES: dict[str, Any] = {
    "backup.made": gettext_lazy("A backup was made and read back"),
    "backup.restored": gettext_lazy("The register was put back from a backup"),
    "school.created": gettext_lazy("School {subject} was added"),
    "school.changed": gettext_lazy("School {subject} was changed"),
    "room.created": gettext_lazy("Room {subject} was added"),
    "room.changed": gettext_lazy("Room {subject} was changed"),
    "person.added": gettext_lazy("{subject} was added to the roster"),
    "person.changed": gettext_lazy("{subject} was changed in the roster"),
    "person.merged": gettext_lazy("{subject} was merged with another row of the same person"),
    "person.unmerged": gettext_lazy("{subject} stands alone again ({reason})"),
    "person.erased": gettext_lazy("{subject} was erased; the facts stay ({reason})"),
    "words.blanked": gettext_lazy("A reason was blanked, because it named somebody"),
    "note.blanked": gettext_lazy("A note of {subject} was blanked, because it named somebody"),
    "file.erased": gettext_lazy(
        "A file of {subject} was removed for good, because it named somebody"
    ),
    "user.person_erased": gettext_lazy("{subject} belongs to nobody of the roster any more"),
    "user.created": gettext_lazy("User {subject} was added[ with the role: {role}]"),
    "user.link_made": gettext_lazy("A one-time link was made for {subject} ({purpose})"),
    "user.password_set": gettext_lazy("{subject} set a password"),
    "user.membership_added": gettext_lazy("{subject} was given a role: {role}"),
    "user.membership_ended": gettext_lazy("{subject} lost a role: {role}"),
    "user.activated": gettext_lazy("{subject} was activated again"),
    "user.deactivated": gettext_lazy("{subject} was deactivated"),
    "token.created": gettext_lazy("An API token was made"),
    "token.revoked": gettext_lazy("An API token was revoked"),
    "district.set_up": gettext_lazy("The district was set up"),
    "district.changed": gettext_lazy("The district's settings were changed"),
    "journal.baselines_asked": gettext_lazy("An upgrade found rows that no entry tells of"),
    "journal.baselines_written": gettext_lazy("What an upgrade found was written down"),
    "setting.set": gettext_lazy("The setting {key} was set"),
    "file.stored": gettext_lazy("A file was stored"),
    "file.forgotten": gettext_lazy("A file was thrown away for good"),
    "file.attached": gettext_lazy("A file was attached to {subject}"),
    "file.removed": gettext_lazy("A file was taken off {subject}"),
}


def names_people(by: MaybeActor, obj: Any) -> bool:
    """Whether somebody sees the people of a thing, place or entry by their names: where a
    membership that names people reaches it. Everybody else sees pseudonyms."""
    return inside(scope_of(by, NAMES), [obj])[0]


def named_in(by: MaybeActor, rows: Sequence[Model]) -> set[int]:
    """Of some rows of one kind the keys of those whose people show by name, the others as
    pseudonyms: at most one query."""
    named = inside(scope_of(by, NAMES), rows)
    return {row.pk for row, shown in zip(rows, named, strict=True) if shown}


def called(person: Person | None, thing: Any, by: MaybeActor, how: str = "name") -> str:
    """How the person of a thing reads: by name (or another column, `how`) where the thing shows
    people by name, however the person shows elsewhere; blank for nobody."""
    if person is None:
        return ""
    return str(getattr(person, how)) if names_people(by, thing) else person.pseudonym


def people(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """People by themselves: names of those whom somebody sees by name, pseudonyms of the others."""
    if not ids:
        return {}
    found = list(Person.objects.filter(pk__in=ids))
    named = named_in(by, found)
    return {p.pk: p.called(p.pk in named) for p in found}


def in_entries(
    entries: Sequence[Entry], ids: Sequence[set[int]], by: MaybeActor
) -> list[dict[int, str]]:
    """How the people of each entry of a thing or place read: as that thing or place shows people.
    With whom it was at a school of others is not told at all."""
    rows = {p.pk: p for p in Person.objects.filter(pk__in=set().union(*ids))} if any(ids) else {}
    if not rows:
        return [{} for _some in ids]
    scope = scope_of(by)
    told, by_name = reached(entries, scope), people_named(entries, by)
    veiled = came_from_unseen(entries, scope)
    return [
        {pk: rows[pk].called(name) for pk in some if pk in rows}
        if seen and id(entry) not in veiled
        else {}
        for entry, some, seen, name in zip(entries, ids, told, by_name, strict=True)
    ]


def users(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Accounts, as subjects of entries and in them: by name to who may see accounts. Who did
    something is told with the entry."""
    if scope_of(by, "people.view_user").empty:
        return {pk: _("a user") for pk in ids}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def rooms(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Rooms of the schools that somebody sees."""
    seen = Room.objects.visible_to(by).filter(pk__in=ids).select_related("school")
    return {r.pk: f"{r.school.name}, {r}" for r in seen}


def schools(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """The schools that somebody sees."""
    return dict(School.objects.visible_to(by).filter(pk__in=ids).values_list("pk", "name"))
