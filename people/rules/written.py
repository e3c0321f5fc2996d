"""Notes, reasons and files that name somebody: before they are erased, and still afterwards."""

from collections.abc import Iterable, Sequence

from core import forgetting
from core.models import Entry
from people.models import Person
from people.retention import FORGETTERS, called
from people.rules.erasing import rows_of

#: Tables whose typed columns are somebody's own values: erasing blanks them, or keeps them by a
#: reason (people.retention.PERSONAL). So do the tables that have a forgetter of their own.
OWN = ("people.person", "people.user")


def found_of(rows: Sequence[Person]) -> forgetting.Found:
    """Every place that names somebody who is still known, in all the rows that are them."""
    return forgetting.find(called(rows), without={*OWN, *FORGETTERS})


def kept(found: forgetting.Found) -> dict[str, object]:
    """The places as the entry of an erasure keeps them: where, never what."""
    return {"written": [place.as_json() for place in found.all], "written_more": found.more}


def places_of(person: Person) -> forgetting.Found:
    """The places that name somebody; of who was erased those that did then."""
    if person.erased_at is None:
        return found_of(rows_of(person))
    entries = Entry.objects.of(person).filter(kind="person.erased").order_by("pk")
    datas = list(entries.values_list("data", flat=True))
    places = [forgetting.Place(*place) for data in datas for place in data.get("written", ())]
    more = max((data.get("written_more", 0) for data in datas), default=0)
    return forgetting.Found(list(dict.fromkeys(places)), more=more)


def as_links(places: Iterable[forgetting.Place]) -> list[dict[str, object]]:
    """Places as an answer that is kept for a while may hold them: no words, no names."""
    return [{"table": p.label, "id": p.pk, "column": p.column} for p in places]
