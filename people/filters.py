"""What lists of people, schools and rooms are asked."""

from core.api.filters import Filters, QueryFilter
from core.api.parameters import BOOLEAN, ID, TEXT, choice
from people.models import Person


class PersonFilters(Filters):
    school = QueryFilter(ID, "school")
    local_id = QueryFilter(TEXT, "local_id", "iexact")
    last_name = QueryFilter(TEXT, "last_name", "istartswith")
    active = QueryFilter(BOOLEAN, "active")
    kind = QueryFilter(choice(Person.Kind.values), "kind")


class SchoolFilters(Filters):
    code = QueryFilter(TEXT, "code", "iexact")
    active = QueryFilter(BOOLEAN, "active")


class RoomFilters(Filters):
    school = QueryFilter(ID, "school")
    code = QueryFilter(TEXT, "code", "iexact")
    active = QueryFilter(BOOLEAN, "active")
