"""What no longer takes anything new: a school that is out of use."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.problems import Problem
from people.models import School


def school_problems(school: School, field: str = "school") -> Iterator[Problem]:
    """Nothing and nobody goes to a school that is out of use."""
    if not school.active:
        message = _("%(school)s is no longer in use.")
        yield Problem("school-inactive", message % {"school": school.name}, field)


def new_there_problems(schools: Iterable[School]) -> Iterator[Problem]:
    """The same of schools to which somebody or something new goes, as they are now: one may be put
    out of use this moment, which waits for us, or we see it."""
    pks = {school.pk for school in schools}
    for school in School.objects.filter(pk__in=pks).staying() if pks else ():
        yield from school_problems(school)
