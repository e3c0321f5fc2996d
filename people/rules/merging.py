"""Rows that were merged: what is said of one is of the row that stays."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.problems import Problem
from people.models import Person


def who_stay(found: Iterable[Person], people: QuerySet[Person]) -> dict[int, Person]:
    """For the merged ones of these rows, by their keys: the row that stays, where it is among
    `people`. No query where none was merged."""
    rows = {p.pk: p for p in found}
    known = dict(rows)
    new = rows
    while wanted := {p.merged_into_id for p in new.values() if p.merged_into_id} - known.keys():
        new = people.in_bulk(wanted)
        known |= new
    stay: dict[int, Person] = {}
    for pk, row in rows.items():
        last: Person | None = row
        while last is not None and last.merged_into_id:  # it may be merged later on
            last = known.get(last.merged_into_id)
        if row.merged_into_id and last is not None:
            stay[pk] = last
    return stay


def merged_problems(person: Person) -> Iterator[Problem]:
    """Nothing is changed in a row that leads to another: it would come back as somebody."""
    if person.merged_into_id:
        message = _("This row was merged with another: change the one that stays.")
        yield Problem("merged", message)
