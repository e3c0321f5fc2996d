"""The rooms that a code leads to: a printed one goes on leading to its room after the school's code
or the room's number changed, as the old tag of a thing does."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import models
from django.db.models import Exists, OuterRef, Q

from assets.models import Asset
from assets.models.keys import code_key
from core.access import MaybeActor
from core.models import Entry
from people.models import Room, School

#: Parts between colons that a printed code is read in, at most.
PARTS = 12
#: School, building and number of a room, as they are compared.
Place = tuple[str, str, str]


def rooms_of(key: str, by: MaybeActor) -> list[Room]:
    """The rooms that a code means: `R:<school code>:<building>:<room>` as it is printed for one, or
    was before, or a room's code that is unique to you. One that is out of use is found while
    things stand in it: somebody sees them there, and carries them away."""
    if key.startswith("r:"):
        return _printed(places(key), by)
    found = list(_standing(by).filter(code__iexact=key).order_by("-active", "pk")[:2])
    used = [room for room in found if room.active] or found
    return used if len(used) == 1 else []


def places(key: str) -> set[Place]:
    """What a printed code may name; more than one place where a part of it has a colon itself."""
    parts = key.removeprefix("r:").split(":")
    if not 3 <= len(parts) <= PARTS:
        return set()
    return {
        (":".join(parts[:i]), ":".join(parts[i:j]), ":".join(parts[j:]))
        for i in range(1, len(parts) - 1)
        for j in range(i + 1, len(parts))
    }


def is_old(room: Room, key: str) -> bool:
    """Whether a printed code is one that the room had before."""
    return key.startswith("r:") and _now(room) not in places(key)


def _printed(wanted: Collection[Place], by: MaybeActor) -> list[Room]:
    """The rooms that have or had such a code, those that have it first. The journal knows what
    they had: the code of a school and the number of a room each by itself."""
    if not wanted:
        return []
    schools = _had(School.objects.visible_to(by), "school.changed", ("code",))
    names = {school for school, _building, _code in wanted}
    there = [pk for pk, had in schools.items() if any(code in names for (code,) in had)]
    rooms = {room.pk: room for room in _standing(by).filter(school__in=there)}
    found = [
        rooms[pk]
        for pk, had in _had(rooms.values(), "room.changed", ("building", "code")).items()
        if any((code, *at) in wanted for (code,) in schools[rooms[pk].school_id] for at in had)
    ]
    return sorted(found, key=lambda room: (_now(room) not in wanted, room.pk))


def _had(
    rows: Iterable[School | Room], kind: str, names: Sequence[str]
) -> dict[int, set[tuple[str, ...]]]:
    """What each of these rows has and had in these columns, as they stood together."""
    now = {row.pk: {name: str(getattr(row, name)) for name in names} for row in rows}
    had = {pk: {_keys(values)} for pk, values in now.items()}
    label = f"people.{kind.partition('.')[0]}"
    entries = Entry.objects.filter(subject_type=label, subject_id__in=now, kind=kind)
    for pk, changes in entries.order_by("-pk").values_list("subject_id", "changes"):
        before = {name: str(changes[name][0]) for name in names if name in changes}
        if before:
            now[pk] |= before
            had[pk].add(_keys(now[pk]))
    return had


def _keys(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(code_key(value) for value in values.values())


def _now(room: Room) -> Place:
    return code_key(room.school.code), code_key(room.building), code_key(room.code)


def _standing(by: MaybeActor) -> models.QuerySet[Room]:
    things = Asset.objects.active().filter(room=OuterRef("pk"))
    stands = Q(active=True) | Q(Exists(things), merged_into=None)
    return Room.objects.visible_to(by).filter(stands).select_related("school")
