"""What lists of people, schools and rooms are asked."""

from typing import Any

from django.db.models import Q, QuerySet

from core.api.filters import Filters, QueryFilter
from core.api.parameters import BOOLEAN, ID, TEXT, choice
from core.web.asked import Line
from people.models import Person


def _called(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    """How each part of a name begins, or the id."""
    for part in text.split():
        people = people.filter(
            Q(last_name__istartswith=part)
            | Q(first_name__istartswith=part)
            | Q(local_id__iexact=part)
        )
    return people


def _rooms_called(rooms: QuerySet[Any], text: str) -> QuerySet[Any]:
    """How code or building begin, or some of the name."""
    for part in text.split():
        rooms = rooms.filter(
            Q(code__istartswith=part) | Q(building__istartswith=part) | Q(name__icontains=part)
        )
    return rooms


class PersonFilters(Filters):
    school = QueryFilter(ID, "school")
    local_id = QueryFilter(TEXT, "local_id", "iexact")
    last_name = QueryFilter(TEXT, "last_name", "istartswith")
    active = QueryFilter(BOOLEAN, "active")
    kind = QueryFilter(choice(Person.Kind.values), "kind")
    q = QueryFilter(None, _called, page=Line())


class SchoolFilters(Filters):
    code = QueryFilter(TEXT, "code", "iexact")
    active = QueryFilter(BOOLEAN, "active")


class RoomFilters(Filters):
    school = QueryFilter(ID, "school")
    code = QueryFilter(TEXT, "code", "iexact")
    active = QueryFilter(BOOLEAN, "active")
    q = QueryFilter(None, _rooms_called, page=Line())
