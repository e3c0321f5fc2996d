"""Schools and rooms."""

from core.access import MaybeActor
from core.api.resource import Resource, Write
from people import actions
from people.api.shapes import RoomChange, RoomMade, RoomSerializer, SchoolSerializer
from people.codes import code_notices
from people.filters import RoomFilters, SchoolFilters
from people.models import Person, Room, School

SCHOOLS = Resource(
    name="School",
    plural="Schools",
    about="The schools and other sites that one sees.",
    about_one="One school.",
    shape=SchoolSerializer,
    rows=School.objects.visible_to,
    view="people.view_school",
    filters=SchoolFilters,
    create=Write(actions.create_school, "people.change_school"),
    change=Write(actions.change_school, "people.change_school"),
)


def _noted(room: Room, by: MaybeActor) -> Room:
    """With what else its code means."""
    room.notices = code_notices(room.code, by)
    return room


ROOMS = Resource(
    name="Room",
    plural="Rooms",
    about="The rooms of the schools that one sees.",
    about_one="One room.",
    shape=RoomSerializer,
    rows=Room.objects.visible_to,
    view="people.view_school",
    filters=RoomFilters,
    create=Write(actions.create_room, "people.change_room"),
    change=Write(actions.change_room, "people.change_room", RoomChange),
    doors={"school_id": School.objects.visible_to, "custodian_id": Person.objects.visible_to},
    made=RoomMade,
    noted=_noted,
)
