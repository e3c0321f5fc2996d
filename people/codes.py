"""Codes that mean two things: a person's id that is also a room's code, or a tag (assets say so).

Nothing forbids that, and a scan of such a code asks which is meant; it is said when either is
entered. What is not visible to whoever enters it is not told."""

from collections.abc import Callable, Collection, Mapping

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.access import MaybeActor, may
from people.models import Person, Room

Notices = Mapping[str, str]
#: Codes in lower case, and who asks -> a sentence for each of them that means something there.
Meanings = Callable[[Collection[str], MaybeActor], Notices]

_of_ids: list[Meanings] = []


def register_meanings(meanings: Meanings) -> None:
    """Upper apps say what else a person's id may be."""
    if meanings not in _of_ids:
        _of_ids.append(meanings)


def persons_with(codes: Collection[str], by: MaybeActor) -> Notices:
    """The codes that are also somebody's id."""
    if not codes or not may(by, "people.view_person"):
        return {}
    people = Person.objects.visible_to(by).filter(merged_into=None, erased_at=None)
    found = people.annotate(key=Lower("local_id")).filter(key__among=set(codes))
    message = _("%s is also the id of a person: a scan of it asks which is meant.")
    return {p.local_id.lower(): message % p.local_id for p in found}


def rooms_with(codes: Collection[str], by: MaybeActor) -> Notices:
    """The codes that are also a room's."""
    if not codes:
        return {}
    rooms = Room.objects.visible_to(by).filter(active=True, merged_into=None)
    found = rooms.annotate(key=Lower("code")).filter(key__in=set(codes))
    message = _("%(code)s is also the room %(room)s: a scan of it asks which is meant.")
    return {
        r.code.lower(): message % {"code": r.code, "room": r}
        for r in found.select_related("school")
    }


def id_notices(ids: Collection[str], by: MaybeActor) -> dict[str, list[str]]:
    """What else these persons' ids mean: sentences by the id in lower case."""
    keys = {i.strip().lower() for i in ids} - {""}
    found: dict[str, list[str]] = {}
    for meanings in (rooms_with, *_of_ids):
        for key, sentence in meanings(keys, by).items():
            found.setdefault(key, []).append(sentence)
    return found


def code_notices(code: str, by: MaybeActor) -> list[str]:
    """What else a room's code, a tag or an alias means: sentences."""
    return list(persons_with({code.strip().lower()} - {""}, by).values())
