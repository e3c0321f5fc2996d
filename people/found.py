"""What the search of every page finds of people and rooms."""

from django.urls import reverse

from core.access import NAMES, MaybeActor
from core.web.finding import Hit
from people.filters import PersonFilters, RoomFilters
from people.models import Person, Room


def find_people(text: str, by: MaybeActor, most: int) -> list[Hit]:
    """People whom somebody sees by name: a name that is not shown is not found either."""
    people = Person.objects.visible_to(by, NAMES).filter(merged_into=None, erased_at=None)
    people = PersonFilters.applied({"q": text}, people.select_related("school"))
    return [
        Hit(p.name, f"{p.local_id} · {p.school.name}", reverse("person", args=[p.pk]))
        for p in people[:most]
    ]


def find_rooms(text: str, by: MaybeActor, most: int) -> list[Hit]:
    """Rooms that somebody sees, by building, number or name."""
    rooms = Room.objects.visible_to(by).filter(merged_into=None).select_related("school")
    return [
        Hit(
            str(room),
            " · ".join(filter(None, [room.name, room.school.name])),
            reverse("room", args=[room.pk]),
        )
        for room in RoomFilters.applied({"q": text}, rooms)[:most]
    ]
