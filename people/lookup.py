"""From a card, an id or a name to somebody of the roster."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.access import MaybeActor
from core.problems import Problem, Refused
from people.models import Person


def person_of(code: str, by: MaybeActor) -> Person | None:
    """Whose id this is, among those visible to `by`. The id of a merged row leads to the row that
    stays."""
    people = Person.objects.visible_to(by)
    found: Person | None = people.filter(local_id__iexact=code).first() if code else None
    while found is not None and found.merged_into_id:  # the one that stayed may be merged later on
        found = people.filter(pk=found.merged_into_id).first()
    return found


def named(text: str, by: MaybeActor) -> QuerySet[Person]:
    """Who is called so ("Maria Lopez", "Lopez, Maria") and on the roster now."""
    words = text.replace(",", " , ").split()
    same = Q(pk=None)
    for i in range(1, len(words)):
        one, other = " ".join(words[:i]), " ".join(words[i:]).removeprefix(", ")
        if words[i] == ",":
            one, other = other, one
        same |= Q(first_name__iexact=one, last_name__iexact=other)
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
