"""The grade of a row of people: a student has one, and a number alone may mean another."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from integrations.kinds.people.row import PersonPlan
from people.models import Person

LONGEST_GRADE = 16
#: PowerSchool counts the years before kindergarten down from zero.
_BELOW = re.compile(r"-\d+", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
#: A year after the twelfth; larger numbers are codes of a state or of a program.
_LAST = 13
_PARTS = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|to)\s+|(?<=\d)\s*-\s*(?=\d)")


def read_grade(plan: PersonPlan, mapping: Mapping[str, str]) -> None:
    """A list of grades (OneRoster's of a teacher) that is too long to be one is nobody's, and that
    is told. A student's one grade is refused."""
    v = plan.values
    grade = v.grade or ""
    several = _several(grade)
    if (several and v.kind == Person.Kind.STAFF) or len(grade) > LONGEST_GRADE:
        if several or ("," in grade and v.kind == Person.Kind.STAFF):
            v.grade = None
            plan.notes += [
                (header, "grades") for header, name in mapping.items() if name == "grade"
            ]
        else:
            plan.refuse("grade", _("It is longer than %s characters.") % LONGEST_GRADE)


def no_grade(plan: PersonPlan, person: Person | None) -> bool:
    """Whether a row is refused since nobody can say which grade it means; one that the person has
    here (`person`) came to them at another door, and comes back in our own list."""
    grade = (plan.values.grade or "").strip()
    if person is not None and grade == person.grade:
        return False
    if _several(grade):
        message = _(
            "%s are several grades: write one, or leave it empty for somebody who teaches them."
        )
    elif _BELOW.fullmatch(grade) or (_NUMBER.fullmatch(grade) and int(grade) > _LAST):
        message = _("%s may be a code of another program: write the grade as you say it, as in PK.")
    else:
        return False
    plan.refuse("grade", message % grade)
    return True


def _several(grade: str) -> bool:
    """Whether it is several: KG,01,02,03; 9-12."""
    parts = _PARTS.split(grade.strip())
    return len(parts) > 1 and all(0 < len(part) <= 4 for part in parts)
