"""What lists of people, schools and rooms are asked."""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Replace

from core.api.filters import Filters, QueryFilter
from core.api.parameters import BOOLEAN, ID, TEXT, choice
from core.db.folded import Folded, folded
from core.web.asked import Line
from people.models import Person

SPACE, HYPHEN = Value(" "), Value("-")


def _with_words(rows: QuerySet[Any], text: str, *columns: str) -> QuerySet[Any]:
    """Rows with a word that begins so, in one of the columns, for each word of the text: in any
    order, without regard to capitals and accents. A text without a word finds nothing."""
    parts = [part for column in columns for part in (SPACE, column)]
    rows = rows.alias(called=Folded(Replace(Concat(*parts), HYPHEN, SPACE)))
    words = folded(text).replace(",", " ").replace("-", " ").split()
    for word in words:
        rows = rows.filter(called__contains=f" {word}")
    return rows if words else rows.none()


def _called(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    return _with_words(people, text, "first_name", "last_name", "local_id")


def _rooms_called(rooms: QuerySet[Any], text: str) -> QuerySet[Any]:
    return _with_words(rooms, text, "building", "code", "name")


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
