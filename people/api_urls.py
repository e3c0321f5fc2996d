"""REST addresses of people and places."""

from core.api.routes import route
from people.api import persons, places, written

urlpatterns = [
    route("schools", places.Schools, "schools"),
    route("schools/<int:pk>", places.SchoolDetail, "school"),
    route("rooms", places.Rooms, "rooms"),
    route("rooms/<int:pk>", places.RoomDetail, "room"),
    route("people", persons.People, "people"),
    route("people/bulk", persons.Roster, "people-bulk"),
    route("people/<int:pk>", persons.PersonDetail, "person"),
    route("people/<int:pk>/erase", persons.PersonErase, "person-erase"),
    route("people/<int:pk>/written", written.PersonWritten, "person-written"),
    route("people/<int:pk>/merge", persons.PersonMerge, "person-merge"),
    route("people/<int:pk>/unmerge", persons.PersonUnmerge, "person-unmerge"),
]
