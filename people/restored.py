"""Who was erased here, and erasing them again where a backup had them still
(core.forgetting.erasures)."""

from collections.abc import Iterable, Iterator

from core import forgetting
from core.models import Entry
from people.actions import erase_again as erase


def digests() -> Iterable[str]:
    """The digests of the salts that erased rows had."""
    said = Entry.objects.filter(kind="person.erased", data__check__isnull=False)
    return list(said.values_list("data__check", flat=True))


def erase_again() -> Iterator[str]:
    """A sentence for each whom a backup brought back and who is forgotten again."""
    if not (people := erase()):
        return
    forgetting.tidy_now()
    for person in people:
        yield (
            f"Person {person.pk} was erased after this backup was made: erased again. What names "
            f"them is listed on /people/{person.pk}/written/."
        )
