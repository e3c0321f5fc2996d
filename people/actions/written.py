"""Cleaning what was written of somebody: a note blanked, a file removed for good."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import forgetting
from core.access import Actor, require
from core.problems import Missing, Problem
from people.models import Person
from people.rules.written import places_of


def clean_written(
    person: Person, place: forgetting.Place, *, act: str, seen: str, by: Actor
) -> bool:
    """Blank a note that names (or named) somebody, or remove such a file for good. Only what stands
    on their list: who may forget people may not blank the notes of others. False where another
    record has the same file, so that its bytes stay."""
    with transaction.atomic():
        person = Person.objects.visible_to(by).get(pk=person.pk)
        require(by, "people.erase_person", person)
        if place not in places_of(person).all:
            raise Missing(Problem("not-listed", _("This is not on the list of what names them.")))
        return forgetting.clean(place, act, by=by, seen=seen)
