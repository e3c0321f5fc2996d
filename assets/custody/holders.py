"""Who is to have a thing, at whatever door."""

from collections.abc import Iterable

from core.access import Actor
from people.models import Person


def holders(pks: Iterable[int], by: Actor) -> dict[int, Person]:
    """The people by their keys, as they are now. One of them may be erased this moment: that waits
    until we are through, or we see it and refuse. Raises DoesNotExist for who is not yours to
    see."""
    wanted = set(pks)
    found = {p.pk: p for p in Person.objects.visible_to(by).filter(pk__in=wanted).staying()}
    if len(found) < len(wanted):
        raise Person.DoesNotExist
    return found
