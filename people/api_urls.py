"""REST addresses of people and places."""

from core.api.routes import route
from people.api import (
    persons,
    places,
    token_scheme,  # noqa: F401  # the document of the API learns it
    written,
)

urlpatterns = [
    *places.SCHOOLS.addresses(),
    *places.ROOMS.addresses(),
    *persons.PEOPLE.addresses(),
    route("people/bulk", persons.Roster, "people-bulk"),
    route("people/<int:pk>/erase", persons.PersonErase, "person-erase"),
    route("people/<int:pk>/written", written.PersonWritten, "person-written"),
    route("people/<int:pk>/unmerge", persons.PersonUnmerge, "person-unmerge"),
]
