"""From a card, an id or a name to somebody of the roster."""

from itertools import product

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access import MaybeActor, scope_of
from core.problems import Problem, Refused
from core.text.lookalikes import apostrophes, plain
from people.models import Person, Room, School


def person_of(code: str, by: MaybeActor) -> Person | None:
    """Whose id this is, among those visible to `by`. The id of a merged row leads to the row that
    stays."""
    people = Person.objects.visible_to(by)
    found: Person | None = people.filter(local_id__iexact=code).first() if code else None
    while found is not None and found.merged_into_id:  # the one that stayed may be merged later on
        found = people.filter(pk=found.merged_into_id).first()
    return found


def may_open(person: Person | None, by: MaybeActor) -> bool:
    """Whether there is somebody whose page opens: a room or a thing may name who works at another
    school, and a link to them would lead nowhere."""
    if person is None:
        return False
    return Person.objects.visible_to(by, "people.view_person").filter(pk=person.pk).exists()


def told_keys(keys: set[int], by: MaybeActor) -> set[int]:
    """Which of some people's keys somebody is told: of whom they may open. A thing or a room names
    its people also where they are of another school, and a key would be one to their record."""
    if not keys or scope_of(by, "people.view_person").everything:
        return keys
    people = Person.objects.visible_to(by, "people.view_person").filter(pk__in=keys)
    return set(people.values_list("pk", flat=True))


def told_rooms(keys: set[int], by: MaybeActor) -> set[int]:
    """Which of some rooms' keys somebody is told: of those that they may open."""
    return _told_places(Room, keys, by)


def told_schools(keys: set[int], by: MaybeActor) -> set[int]:
    """Which of some schools' keys somebody is told: of those that they may open."""
    return _told_places(School, keys, by)


def _told_places(model: type[Room] | type[School], keys: set[int], by: MaybeActor) -> set[int]:
    if not keys or scope_of(by, "people.view_school").everything:
        return keys
    seen = model.objects.visible_to(by).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


def named(text: str, by: MaybeActor) -> QuerySet[Person]:
    """Who is called so ("Maria Lopez", "Lopez, Maria") and on the roster now."""
    words = plain(text).replace(",", " , ").split()
    same = Q(pk=None)
    for i in range(1, len(words)):
        one, other = " ".join(words[:i]), " ".join(words[i:]).removeprefix(", ")
        if words[i] == ",":
            one, other = other, one
        for first, last in product(apostrophes(one), apostrophes(other)):
            same |= Q(first_name__iexact=first, last_name__iexact=last)
    people: QuerySet[Person] = Person.objects.visible_to(by)
    return people.filter(same, merged_into=None, active=True)


def person_typed(text: str, by: MaybeActor, field: str) -> Person:
    """Who is meant by an id or a full name that somebody typed. Raises Refused for nobody, and
    for a name that several have."""
    text = text.strip()
    if found := person_of(text, by):
        return found
    people = list(named(text, by)[:2])
    if len(people) == 1:
        return people[0]
    if people:
        message = _("Several people are called %s. Give the id.")
        raise Refused(Problem("several-people", message % text, field))
    message = _("Nobody of your schools has the id or name %s.")
    raise Refused(Problem("unknown-person", message % text, field))
