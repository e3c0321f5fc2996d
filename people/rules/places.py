"""What no longer takes anything new: a school that is out of use."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.problems import Problem
from people.models import Person, School


def school_problems(school: School, field: str = "school") -> Iterator[Problem]:
    """Nothing and nobody goes to a school that is out of use."""
    if not school.active:
        message = _("%(school)s is no longer in use.")
        yield Problem("school-inactive", message % {"school": school.name}, field)


def is_new_there(person: Person | None, school: School | None, active: bool | None) -> bool:
    """Whether somebody comes to a school: who is not here yet, who goes to another one (`school`),
    and who left and is on the roster again (`active`)."""
    moves = person is None or (school is not None and school.pk != person.school_id)
    return moves or (person is not None and active is True and not person.active)


def new_there_problems(schools: Iterable[School], field: str = "school") -> Iterator[Problem]:
    """The same of schools to which somebody or something new goes, as they are now: one may be put
    out of use this moment, which waits for us, or we see it."""
    pks = {school.pk for school in schools}
    for school in School.objects.filter(pk__in=pks).staying() if pks else ():
        yield from school_problems(school, field)
